"""The least and the most for a receipt, of a rule and of all rules; and what all rules give in a period."""

from __future__ import annotations

from typing import Any

from tests.core.earning.evaluating import awards, facts, only_award
from tests.core.earning.trying import fixed
from tests.core.programmes import multiplier, per_amount, programme, programme_with, rule, unit
from tests.core.scenarios import table
from wafa.core.earning.reading import Award
from wafa.core.programme import Programme

LEAST_5 = programme(per_amount(per_receipt={"least": 5}))
MOST_100 = programme(per_amount(per_receipt={"most": 100}))
BUILT_ON = programme(per_amount(per_receipt={"least": 5, "most": 100}), multiplier("2"))


def limited(*rules: Any, **limits: Any) -> Programme:
    """A programme with limits of all its points."""
    return programme_with(*rules, limits=limits)


@table("""
    receipt  | least_5 | most_100
    A 4.99   | -       | base 4
    A 5.00   | base 5  | base 5
    A 100.00 | base 100 | base 100
    A 101.00 | base 101 | base 100
    A 0.00   | -       | -
""")
def test_the_bounds_of_one_rule(receipt: str, least_5: str, most_100: str) -> None:
    assert awards(LEAST_5, receipt) == least_5
    assert awards(MOST_100, receipt) == most_100


@table("""
    receipt  | gives
    A 4.00   | -                          # below the least it gives nothing, so there is nothing to double
    A 5.00   | base 5, double 5
    A 120.00 | base 100, double 120       # what builds on it builds on it uncut
""")
def test_what_builds_on_a_bounded_rule(receipt: str, gives: str) -> None:
    assert awards(BUILT_ON, receipt) == gives


def test_what_was_cut_says_so() -> None:
    figures = only_award(MOST_100, "A 101.00").figures
    assert {name: figures[name] for name in ("uncut", "headroom", "cut_by")} == {
        "uncut": 101,
        "headroom": 100,
        "cut_by": "receipt",
    }
    assert "cut_by" not in only_award(MOST_100, "A 100.00").figures


@table("""
    receipt  | gives
    A 4.00   | -                     # 4 and 5 are 9
    A 5.00   | base 5, visit 5
    A 6.00   | base 6, visit 5
""")
def test_the_least_of_all_points_together(receipt: str, gives: str) -> None:
    assert awards(limited(per_amount(), fixed(points=5), per_receipt={"least": 10}), receipt) == gives


@table("""
    receipt  | gives
    A 15.00  | base 15, visit 5
    A 16.00  | base 15, visit 5      # visit comes first by its priority
    A 99.00  | base 15, visit 5
    A 0.50   | visit 5
""")
def test_the_most_of_all_points_is_shared_by_priority(receipt: str, gives: str) -> None:
    rules = per_amount(priority=2), fixed(points=5, priority=1)
    assert awards(limited(*rules, per_receipt={"most": 20}), receipt) == gives


@table("""
    left | gives
    30   | c 10, a 10, b 10
    25   | c 10, a 10, b 5       # without priorities by code, whatever the order in which they are listed
    20   | c 10, a 10
    15   | c 10, a 5
    9    | c 9
    1    | c 1
    0    | -
""")
def test_a_limit_is_shared_in_the_order_of_priority_then_code(left: str, gives: str) -> None:
    rules = fixed("c", priority=-1), fixed("b"), fixed("a")
    under = limited(*rules, caps=[{"points": 100, "per": "month"}])
    told = awards(under, "A 1.00", headroom=f"limits/month {left}")
    assert sorted(told.split(", ")) == sorted(gives.split(", "))


@table("""
    receipt_most | day | lifetime | gives | cut_by
    50           | 60  | 70       | 50    | limits/receipt
    60           | 50  | 70       | 50    | limits/day
    60           | 70  | 50       | 50    | limits/lifetime
    50           | 50  | 50       | 50    | limits/receipt
    90           | 90  | 90       | 80    | -
""")
def test_of_several_limits_the_narrowest(receipt_most: str, day: str, lifetime: str, gives: str, cut_by: str) -> None:
    caps = [{"points": 1000, "per": "day"}, {"points": 1000, "per": "lifetime"}]
    under = limited(per_amount(), per_receipt={"most": int(receipt_most)}, caps=caps)
    award = only_award(under, "A 80.00", headroom=f"limits/day {day}, limits/lifetime {lifetime}")
    assert (award.points, award.figures.get("cut_by", "-")) == (int(gives), cut_by)


def test_the_keys_of_limits() -> None:
    every = [{"points": 9, "per": per} for per in ("day", "week", "month", "year", "lifetime")]
    under = limited(per_amount(), caps=every)
    assert [each.key for each in under.allowances()] == [
        "limits/day",
        "limits/week",
        "limits/month",
        "limits/year",
        "limits/lifetime",
    ]
    assert {each.rule for each in under.allowances()} == {None}


def test_of_points_alone() -> None:
    """Stamps and money neither take up what a limit leaves, nor are cut or dropped by it."""
    stamp = fixed("a_stamp", 7, unit="stamps")
    back = rule("cashback", "back", percent="10", unit="credit")
    units = [unit("stamps"), unit("credit", "money")]
    most = programme_with(stamp, back, fixed(), units=units, limits={"per_receipt": {"most": 3}})
    assert awards(most, "A 8.00") == "a_stamp 7, back 80, visit 3"
    least = programme_with(stamp, back, fixed(), units=units, limits={"per_receipt": {"least": 11}})
    assert awards(least, "A 8.00") == "a_stamp 7, back 80"


def test_after_the_caps_of_the_rules() -> None:
    under = limited(per_amount(cap={"points": 10, "per": "day"}), fixed(points=5), per_receipt={"most": 12})
    [base, visit] = under.evaluate(facts(headroom="base 8"), [("A", 1000, 3000, False)])
    assert (base.points, visit.points) == (8, 4)
    assert base.figures["uncut"] == 30


def test_a_limit_that_takes_all_of_an_award_leaves_none() -> None:
    found: list[Award] = limited(fixed("a"), fixed("b"), per_receipt={"most": 10}).evaluate(
        facts(), [("A", 1000, 100, False)]
    )
    assert [award.rule for award in found] == ["a"]
