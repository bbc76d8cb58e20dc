"""Caps of a day, of a campaign, of a lifetime: a rule gives a member no more than they leave."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.earning.evaluating import awards, facts, lines, only_award
from tests.core.programmes import (
    first_purchase,
    multiplier,
    per_amount,
    per_unit,
    programme,
    programme_with,
    tier_percentage,
    unit,
)
from tests.core.scenarios import table
from wafa.core.earning.caps import Cap, window_of

CAPPED = programme(per_amount(cap={"points": 100, "per": "day"}))
BUILT_ON = programme(per_amount(cap={"points": 100, "per": "day"}), multiplier("2"), tier_percentage({"bronze": 50}))
EACH_ITS_OWN = programme(
    per_amount(cap={"points": 100, "per": "month"}), multiplier("2", cap={"points": 30, "per": "day"})
)
TWO_CAPS = programme(per_unit("A", points=5, cap_per_receipt=12, cap={"points": 20, "per": "week"}))


@table("""
    headroom | receipt  | gives
    base 100 | A 99.00  | base 99
    base 100 | A 100.00 | base 100
    base 100 | A 101.00 | base 100     # the first receipt of the day may reach it by itself
    base 40  | A 45.00  | base 40      # 60 were given earlier that day
    base 40  | A 40.00  | base 40
    base 40  | A 39.00  | base 39
    base 1   | A 45.00  | base 1
    base 0   | A 45.00  | -            # nothing is left: no award, rather than one of 0 points
    base 0   | A 0.50   | -
""")
def test_at_most_what_is_left_for_the_day(headroom: str, receipt: str, gives: str) -> None:
    assert awards(CAPPED, receipt, headroom=headroom) == gives


@pytest.mark.parametrize("per", ["day", "week", "month"])
def test_the_same_for_a_day_a_week_and_a_month(per: str) -> None:
    rules = programme(per_amount(cap={"points": 100, "per": per}))
    assert awards(rules, "A 45.00", headroom="base 40") == "base 40"
    assert rules.rules[0].cap == Cap(100, per)


@table("""
    headroom | receipt  | gives
    base 100 | A 45.00  | base 45, double 45, tier 22
    base 40  | A 45.00  | base 40, double 45, tier 22   # multipliers are of the base before caps
    base 0   | A 45.00  | double 45, tier 22            # even where the base itself gives nothing any more
""")
def test_what_builds_on_a_base_builds_on_it_uncut(headroom: str, receipt: str, gives: str) -> None:
    assert awards(BUILT_ON, receipt, headroom=headroom) == gives


@table("""
    headroom            | gives
    base 100, double 30 | base 45, double 30
    base 40, double 30  | base 40, double 30
    base 100, double 0  | base 45
    base 0, double 0    | -
""")
def test_every_rule_has_its_own(headroom: str, gives: str) -> None:
    assert awards(EACH_ITS_OWN, "A 45.00", headroom=headroom) == gives


@table("""
    headroom | receipt | gives
    unit 20  | A×2 1   | unit 10
    unit 20  | A×3 1   | unit 12      # the receipt's cap cuts
    unit 7   | A×3 1   | unit 7       # then the week's
    unit 7   | A×1 1   | unit 5
""")
def test_the_caps_of_the_receipt_and_of_the_week_both_cut(headroom: str, receipt: str, gives: str) -> None:
    assert awards(TWO_CAPS, receipt, headroom=headroom) == gives


@table("""
    sold     | left    | gives
    A 45.00  | A 43.00 | base 40     # some came back, and what is left would still give more than there was room for
    A 45.00  | A 40.00 | base 40
    A 45.00  | A 30.00 | base 30
    A 45.00  | -       | -
""")
def test_a_return_leaves_the_headroom_of_the_sale(sold: str, left: str, gives: str) -> None:
    assert awards(CAPPED, sold, headroom="base 40") == "base 40"
    assert awards(CAPPED, left, headroom="base 40") == gives


def test_any_kind_of_rule_may_have_one() -> None:
    one = {"cap": {"points": 1, "per": "day"}}
    rules = [per_amount(**one), multiplier(**one), tier_percentage({"bronze": 50}, **one)]
    rules += [per_unit("A", **one), first_purchase(**one)]
    told = awards(programme(*rules), "A 8.00", headroom="base 1, double 1, tier 1, unit 1, welcome 1")
    assert told == "base 1, double 1, tier 1, unit 1, welcome 1"


def test_a_cut_award_says_what_it_would_have_been_and_what_was_left() -> None:
    assert only_award(CAPPED, "A 45.00", "base 40").figures == {
        "eligible_minor": 4500,
        "per_minor": 100,
        "each": 1,
        "uncut": 45,
        "headroom": 40,
        "per": "day",
    }


@pytest.mark.parametrize("headroom", ["base 45", "base 100"])
def test_one_that_is_not_cut_says_nothing_of_its_cap(headroom: str) -> None:
    assert only_award(CAPPED, "A 45.00", headroom).figures == only_award(programme(per_amount()), "A 45.00").figures


def test_where_two_caps_cut_uncut_is_before_both() -> None:
    figures = only_award(TWO_CAPS, "A×3 1", "unit 7").figures
    assert (figures["uncut"], figures["cap"], figures["headroom"], figures["per"]) == (15, 12, 7, "week")


def test_the_points_that_qualify_are_those_that_are_given() -> None:
    assert (only_award(CAPPED, "A 45.00", "base 40").qualifying, only_award(CAPPED, "A 45.00", "base 40").points) == (
        True,
        40,
    )


@table("""
    held | leaves
    0    | 100
    60   | 40
    100  | 0
    140  | 0        # the cap was higher when these were given
""")
def test_headroom_is_what_earlier_receipts_do_not_hold(held: str, leaves: str) -> None:
    assert Cap(100, "day").headroom(int(held)) == int(leaves)


def test_a_capped_rule_is_not_evaluated_without_its_headroom() -> None:
    with pytest.raises(KeyError, match="base"):
        CAPPED.evaluate(facts(), lines("A 45.00"))


def test_outside_its_days_a_rule_asks_for_no_headroom() -> None:
    rules = programme(per_amount(during="2011-11-01 2011-11-30", cap={"points": 100, "per": "day"}))
    assert awards(rules, "A 45.00") == "-"


SEVERAL = programme(
    per_amount(caps=[{"points": 50, "per": "day"}, {"points": 100, "per": "month"}, {"points": 500, "per": "lifetime"}])
)
CAMPAIGN = programme(per_amount(during="2011-11-01 2011-11-30", caps=[{"points": 100, "per": "campaign"}]))


@table("""
    day | month | lifetime | gives   | per
    50  | 100   | 500      | base 45 | -
    44  | 100   | 500      | base 44 | day
    50  | 44    | 500      | base 44 | month
    50  | 100   | 44       | base 44 | lifetime
    44  | 30    | 500      | base 30 | month         # the narrowest
    30  | 44    | 20       | base 20 | lifetime
    0   | 100   | 500      | -       | -
    50  | 0     | 500      | -       | -
    50  | 100   | 0        | -       | -
""")
def test_several_caps_all_hold(day: str, month: str, lifetime: str, gives: str, per: str) -> None:
    headroom = f"base/day {day}, base/month {month}, base/lifetime {lifetime}"
    assert awards(SEVERAL, "A 45.00", headroom=headroom) == gives
    if gives != "-":
        figures = only_award(SEVERAL, "A 45.00", headroom).figures
        assert (figures.get("per", "-"), figures.get("uncut", 45)) == (per, 45)


@table("""
    one | more | gives
    40  | 50   | base 40
    50  | 40   | base 40
    40  | 0    | -
    0   | 40   | -
""")
def test_one_and_the_list_both_hold(one: str, more: str, gives: str) -> None:
    under = programme(per_amount(cap={"points": 100, "per": "day"}, caps=[{"points": 100, "per": "year"}]))
    assert [each.key for each in under.allowances()] == ["base", "base/year"]
    assert awards(under, "A 45.00", headroom=f"base {one}, base/year {more}") == gives
    assert under.caps() == {"base": "day"}


@table("""
    per      | on         | first      | last
    day      | 2011-11-30 | 2011-11-30 | 2011-11-30
    week     | 2011-11-30 | 2011-11-28 | 2011-12-04
    month    | 2011-11-30 | 2011-11-01 | 2011-11-30
    year     | 2011-11-30 | 2011-01-01 | 2011-12-31
    year     | 2012-12-31 | 2012-01-01 | 2012-12-31
    year     | 9999-12-31 | 9999-01-01 | 9999-12-31
    campaign | 2011-11-30 | 2011-11-01 | 2011-11-30      # the days on which the rule holds
    lifetime | 2011-11-30 | None       | None
""")
def test_the_days_over_which_a_cap_counts(per: str, on: str, first: str, last: str) -> None:
    under = programme(per_amount(during="2011-11-01 2011-11-30", caps=[{"points": 9, "per": per}]))
    [allowance] = under.allowances()
    window = allowance.window(date.fromisoformat(on))
    assert (str(window.first), str(window.last)) == (first, last)


def test_a_campaign_with_one_end_counts_from_it_on() -> None:
    since = per_amount(caps=[{"points": 9, "per": "campaign"}]) | {"during": {"from": "2011-11-01"}}
    [allowance] = programme(since).allowances()
    window = allowance.window(date(2031, 1, 1))
    assert (window.first, window.last) == (date(2011, 11, 1), None)


def test_there_are_no_other_periods() -> None:
    with pytest.raises(ValueError, match="no period is named decade"):
        window_of(date(2011, 11, 30), "decade")


@table("""
    headroom | on         | gives
    100      | 2011-11-01 | base 45
    40       | 2011-11-30 | base 40
    0        | 2011-11-30 | -
    40       | 2011-12-01 | -
""")
def test_a_cap_of_a_campaign(headroom: str, on: str, gives: str) -> None:
    assert awards(CAMPAIGN, "A 45.00", on=on, headroom=f"base/campaign {headroom}") == gives


def test_a_cap_of_stamps_counts_stamps() -> None:
    stamp = per_unit("A", points=1, unit="stamps", caps=[{"points": 2, "per": "day"}])
    under = programme_with(stamp, units=[unit("stamps")])
    assert awards(under, "A×5 5.00", headroom="unit/day 2") == "unit 2"


@table("""
    held | leaves
    0    | 50
    49   | 1
    50   | 0
    60   | 0
""")
def test_what_an_allowance_leaves(held: str, leaves: str) -> None:
    assert SEVERAL.allowances()[0].headroom(int(held)) == int(leaves)
