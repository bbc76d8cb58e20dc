"""Why a rule gave nothing, and what was near."""

from __future__ import annotations

import json as written
from typing import Any

import pytest

from tests.core.earning.evaluating import facts, lines
from tests.core.earning.trying import fixed, judged, knowing, sold
from tests.core.programmes import (
    Json,
    first_purchase,
    multiplier,
    per_amount,
    per_unit,
    programme,
    programme_with,
    rule,
    tier_percentage,
)
from tests.core.scenarios import table
from wafa.core.earning.conditions.tree import CONDITIONS
from wafa.core.earning.judged import REASONS, Miss, Near
from wafa.core.programme import Programme

COFFEE: Json = {"kind": "items", "lines": {"items": ["COFFEE"]}}
FROM_10: Json = {"kind": "amount", "at_least_minor": 1_000}


def missed(under: Programme, receipt: str, code: str, headroom: str = "", **more: Any) -> Miss | None:
    """Why the rule gave nothing."""
    return judged(under, knowing(facts(headroom=headroom), **more), receipt)[code].missed


def near(under: Programme, receipt: str, code: str = "base", headroom: str = "", **known: Any) -> Near | None:
    """What was near."""
    return judged(under, facts(headroom=headroom, **known), receipt)[code].near


def near_told(found: Near | None) -> str:
    """`amount 20 for 1`: the code, what is missing, and the points that it would bring."""
    return f"{found.code} {found.missing} for {found.figures['points']}" if found else "-"


LEAVES: list[tuple[Json, Json, Json]] = [
    (
        COFFEE,
        {},
        {
            "items": ["COFFEE"],
            "labels": [],
            "quantity_milli": None,
            "amount_minor": None,
            "has_milli": 0,
            "has_minor": 0,
        },
    ),
    (
        {"kind": "bundle", "of": [{"items": ["A"]}, {"brands": ["x"]}]},
        {"labels": {}},
        {"of": [{"items": ["A"], "labels": []}, {"items": [], "labels": ["brand:x"]}], "has_parts": 1},
    ),
    (
        FROM_10 | {"with_tax": False},
        {},
        {
            "at_least_minor": 1000,
            "at_most_minor": None,
            "amount_minor": 800,
            "with_tax": False,
            "before_discount": False,
        },
    ),
    (
        {"kind": "quantity", "at_least": "2.5"},
        {},
        {"at_least_milli": 2500, "at_most_milli": None, "quantity_milli": 1000},
    ),
    ({"kind": "branch", "of": ["olaya"]}, {"branch": "malaz"}, {"of": ["olaya"], "is": ["malaz"]}),
    ({"kind": "channel", "of": ["app", "online"]}, {"channel": "store"}, {"of": ["app", "online"], "is": ["store"]}),
    (
        {"kind": "payment", "of": ["mada"]},
        {"payments": {"cash": 8, "bank": 1}},
        {"of": ["mada"], "is": ["bank", "cash"]},
    ),
    ({"kind": "currency", "of": ["USD"]}, {"currency": "SAR"}, {"of": ["USD"], "is": ["SAR"]}),
    ({"kind": "tag", "of": ["staff"]}, {"tags": []}, {"of": ["staff"], "is": []}),
    ({"kind": "weekday", "of": ["friday"]}, {}, {"of": ["friday"], "is": ["wednesday"]}),
    ({"kind": "hours", "from": "16:00", "to": "24:00"}, {"minute": 9}, {"from": 960, "to": 1440, "minute": 9}),
    ({"kind": "dates", "from": "2011-11-01"}, {}, {"from": "2011-11-01", "to": None, "day": "2011-01-05"}),
    (
        {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]},
        {"hijri": [1432, 1, 30, 30]},
        {"calendar": "hijri", "from": [9, 1], "to": [9, 30], "day": [1, 30]},
    ),
    ({"kind": "tier", "of": ["gold"]}, {}, {"of": ["gold"], "is": ["bronze"]}),
    ({"kind": "member_tag", "of": ["vip"]}, {"member_tags": ["b", "a"]}, {"of": ["vip"], "is": ["a", "b"]}),
    ({"kind": "age", "at_most": 12}, {"age": None}, {"at_least": None, "at_most": 12, "age": None}),
    ({"kind": "birthday", "days_before": 3}, {"birthday_in": 9}, {"days_before": 3, "days_after": 0, "days_from": 9}),
    (
        {"kind": "anniversary", "of": "first_purchase"},
        {"first_purchase_in": None},
        {"of": "first_purchase", "days_before": 0, "days_after": 0, "days_from": None},
    ),
    ({"kind": "nth_purchase", "every": 5}, {}, {"n": None, "every": 5, "number": 1}),
    ({"kind": "first_at_branch"}, {"at_branch": 4}, {"before": 4}),
    ({"kind": "not_seen", "days": 60}, {"since_last": 7}, {"days": 60, "since": 7}),
    ({"kind": "new_member", "days": 30}, {"enrolled_days": 31}, {"days": 30, "since": 31}),
    (
        {"kind": "visits", "per": "month", "at_least": 3},
        {"visits:month": 1},
        {"per": "month", "n": 3, "or_more": True, "number": 2},
    ),
    (
        {"kind": "spent", "per": "year", "at_least_minor": 900},
        {},
        {"per": "year", "at_least_minor": 900, "spent_minor": 800},
    ),
    ({"kind": "referred", "n": 1}, {"referred_purchase": None}, {"n": 1, "number": None}),
]
"""A condition of each kind that does not hold for an A of 8.00, the facts that it reads, and what is told."""


@pytest.mark.parametrize(("condition", "more", "figures"), LEAVES, ids=[leaf["kind"] for leaf, _, _ in LEAVES])
def test_a_condition_that_does_not_hold_tells_what_it_wants_and_what_there_is(
    condition: Json, more: Json, figures: Json
) -> None:
    under = programme(fixed(when=condition), tiers="bronze 0, gold 9")
    known = knowing(facts(spent="year 8" if under.windows_read() else ""), **more)
    assert judged(under, known, "A 8.00")["visit"].missed == Miss(condition["kind"], figures)


def test_there_is_an_example_of_each_kind() -> None:
    assert [leaf["kind"] for leaf, _, _ in LEAVES] == list(CONDITIONS)


@table("""
    receipt                | first
    TEA 20.00              | items
    COFFEE 5.00            | amount
    COFFEE 10.00, CAKE 1.00 | items not
    TEA 5.00, CAKE 1.00    | items
""")
def test_the_first_condition_that_does_not_hold(receipt: str, first: str) -> None:
    cake = {"kind": "items", "lines": {"items": ["CAKE"]}}
    under = programme(fixed(when={"all": [{"any": [COFFEE]}, FROM_10, {"not": {"any": [{"all": [cake]}]}}]}))
    found = missed(under, receipt, "visit")
    assert found
    assert found.code + (" not" if found.figures.get("not") else "") == first
    if first == "items not":
        assert found.figures["items"] == ["CAKE"]


@table("""
    receipt                 | of
    COFFEE 5.00             | amount      # both hold and should not: the first
    COFFEE 5.00, TEA 1.00   | amount
""")
def test_what_should_not_hold(receipt: str, of: str) -> None:
    small = {"kind": "amount", "at_most_minor": 900}
    found = missed(programme(fixed(when={"not": {"all": [small, COFFEE]}})), receipt, "visit")
    assert found
    assert (found.code, found.figures["not"]) == (of, True)
    either = missed(programme(fixed(when={"not": {"any": [FROM_10, COFFEE]}})), receipt, "visit")
    assert either
    assert (either.code, either.figures["not"]) == ("items", True)


def test_outside_its_days() -> None:
    under = programme(fixed(during="2011-11-01 2011-11-30", cap={"points": 5, "per": "day"}))
    expected = Miss("during", {"from": "2011-11-01", "to": "2011-11-30", "day": "2011-01-05"})
    assert missed(under, "A 8.00", "visit") == expected


def test_what_keeps_it_from_giving() -> None:
    under = programme(fixed(unless={"items": ["B", "C"], "discounted": True}))
    expected = Miss("unless", {"items": ["A", "C"]})
    assert missed(under, "C 1.00, A 1.00 reduced, A 2.00 reduced, D 1.00", "visit") == expected


def test_lines_without_names_are_explained_too() -> None:
    under = programme(fixed(unless={"discounted": True}), per_amount(), per_unit("A"))
    told = {each.rule: each for each in under.explain(facts(), lines("A×1.5 8.20 reduced"))}
    assert told["visit"].missed == Miss("unless", {"items": ["A"]})
    assert [near_told(told[code].near) for code in ("base", "unit")] == ["amount 80 for 1", "quantity 500 for 5"]


@table("""
    code   | figures
    base   | eligible_minor 50, per_minor 100, each 1
    double | of base, of_points 0, factor 2
    tier   | of base, of_points 0, tier bronze, percent 0
    unit   | items ['B'], units 0, each 5, uncut 0, cap None
    first  | earlier_purchases 3, eligible_minor 50
    some   | eligible_minor 0
    big    | per day, minor 9000, spent_before 0, eligible_minor 50
""")
def test_nothing_to_count(code: str, figures: str) -> None:
    under = programme(
        per_amount(),
        multiplier("2"),
        tier_percentage({"silver": 5}),
        per_unit("B"),
        first_purchase(code="first"),
        fixed("some", lines={"items": ["B"]}),
        rule("spend_reached", "big", points=5, minor=9000, per="day"),
        tiers="bronze 0, silver 5",
    )
    known = facts("bronze, 3 earlier", headroom="big 5", spent="day 0")
    found = judged(under, known, "A 0.50")[code].missed
    assert found
    assert (found.code, ", ".join(f"{name} {value}" for name, value in found.figures.items())) == (
        "nothing_to_count",
        figures,
    )


@table("""
    headroom                          | why
    base 0, base/week 9, base/budget 9 | cap day 45 of 100
    base 9, base/week 0, base/budget 9 | cap week 45 of 300
    base 0, base/week 0, base/budget 0 | cap day 45 of 100
    base 9, base/week 9, base/budget 0 | budget None 45 of 1000
""")
def test_caps_and_budgets_that_are_used_up(headroom: str, why: str) -> None:
    under = programme(per_amount(cap={"points": 100, "per": "day"}, caps=[{"points": 300, "per": "week"}], budget=1000))
    found = missed(under, "A 45.00", "base", headroom)
    assert found
    figures = found.figures
    assert f"{found.code} {figures.get('per')} {figures['points']} of {figures['most']}" == why


def test_another_rule_of_its_group_gave_more() -> None:
    under = programme(fixed("a", 10, group="one"), fixed("b", 20, group="one"))
    assert missed(under, "A 1.00", "a") == Miss("group", {"points": 10, "best": "b", "best_points": 20})
    assert missed(under, "A 1.00", "b") is None


def test_below_its_least_for_a_receipt() -> None:
    under = programme(per_amount(per_receipt={"least": 5}))
    assert missed(under, "A 4.99", "base") == Miss("per_receipt", {"points": 4, "least": 5})
    nothing = missed(under, "A 0.99", "base")
    assert nothing
    assert nothing.code == "nothing_to_count"


@table("""
    limits                         | headroom       | why
    {"per_receipt": {"most": 10}}  | -              | limits
    {"per_receipt": {"least": 99}} | -              | limits
    {"caps": [{"points": 99, "per": "day"}]} | limits/day 10 | limits
""")
def test_the_limits_of_the_programme_are_used_up(limits: str, headroom: str, why: str) -> None:
    under = programme_with(fixed("a", 10), fixed("b", 7), limits=written.loads(limits))
    assert missed(under, "A 1.00", "b", headroom.strip("-")) == Miss(why, {"points": 7})


def test_switched_off_at_the_branch_and_in_the_order_of_the_rules() -> None:
    under = programme_with(
        fixed("a"),
        fixed("b"),
        fixed("c"),
        branch_rules=[{"branch": "olaya", "off": ["a"], "rules": [fixed("own")]}],
        branch_bounds={"may_switch_off": ["a"], "may_add": True},
    )
    told = judged(under, knowing(facts(), branch="olaya", branch_groups=[]), "A 1.00")
    assert list(told) == ["a", "b", "c", "own"]
    assert told["a"].missed == Miss("branch_rule", {"branch": "olaya"})
    assert [code for code, each in told.items() if each.award] == ["b", "c", "own"]
    elsewhere = judged(under, knowing(facts(), branch="malaz", branch_groups=[]), "A 1.00")
    assert list(elsewhere) == ["a", "b", "c"]


def test_reasons_and_kinds_of_conditions_are_never_mistaken_for_one_another() -> None:
    assert not set(REASONS) & CONDITIONS.keys()


@table("""
    receipt | told
    A 0.00  | amount 100 for 1
    A 0.01  | amount 99 for 1
    A 0.99  | amount 1 for 1
    A 1.00  | amount 100 for 1
    A 1.20  | amount 80 for 1
""")
def test_the_next_step(receipt: str, told: str) -> None:
    assert near_told(near(programme(per_amount()), receipt)) == told


@table("""
    receipt | told
    A 0.00  | amount 334 for 1
    A 3.33  | amount 1 for 1
    A 3.34  | amount 333 for 1
    A 6.67  | amount 333 for 1
    A 9.99  | amount 1 for 1
""")
def test_the_next_point_in_proportion(receipt: str, told: str) -> None:
    under = programme(per_amount(points=3, per_minor=1000, mode="proportional"))
    assert near_told(near(under, receipt)) == told


def test_ten_points_for_each_full_hundred_thousand() -> None:
    assert near_told(near(programme(per_amount(points=10, per_minor=10_000_000)), "A 99999.88")) == "amount 12 for 10"


@table("""
    receipt   | told
    A 1.00    | -                      # a whole unit: the next is another one
    A×1.5 1   | quantity 500 for 5
    A×2.25 1  | quantity 750 for 2     # as far as the cap of a receipt goes
    A×3.5 1   | -
    B×1.5 1   | -
""")
def test_the_rest_of_a_unit(receipt: str, told: str) -> None:
    assert near_told(near(programme(per_unit("A", points=5, cap_per_receipt=12)), receipt, "unit")) == told


@table("""
    spent | receipt | told
    0     | A 40.00 | spent 6000 for 500
    50    | A 49.99 | spent 1 for 500
    50    | A 50.00 | -                    # reached with this one
    100   | A 1.00  | -                    # reached before
""")
def test_what_is_missing_up_to_a_sum(spent: str, receipt: str, told: str) -> None:
    under = programme(rule("spend_reached", "big", points=500, minor=10_000, per="month"))
    assert near_told(near(under, receipt, "big", "big 500", spent=f"month {spent}")) == told


@table("""
    receipt                | told
    A 8.00                 | -                  # neither: coffee is missing too
    COFFEE 8.00            | amount 200 for 10
    COFFEE 9.99            | amount 1 for 10
    COFFEE 10.00           | -                  # it holds, and gives no more
    TEA 20.00              | -                  # another drink is no small step
""")
def test_the_one_condition_that_does_not_hold(receipt: str, told: str) -> None:
    assert near_told(near(programme(fixed(when={"all": [COFFEE, FROM_10]})), receipt, "visit")) == told


def test_the_points_that_an_amount_would_bring_are_those_of_that_amount() -> None:
    assert near_told(near(programme(per_amount(when=FROM_10)), "A 8.00")) == "amount 200 for 10"


@table("""
    condition                                                        | receipt | told
    {"kind": "quantity", "at_least": "3"}                            | A×1.5 8 | quantity 1500 for 10
    {"kind": "quantity", "at_most": "1"}                             | A×2 8   | -
    {"kind": "amount", "at_most_minor": 500}                         | A 8.00  | -
    {"kind": "items", "lines": {"items": ["A"]}, "quantity": "3"}    | A×2 8   | quantity 1000 for 10
    {"kind": "items", "lines": {"items": ["A"]}, "amount_minor": 900} | A 8.00 | amount 100 for 10
    {"kind": "items", "lines": {"items": ["A"]}, "quantity": "3"}    | B×2 8   | -
    {"kind": "items", "lines": {"items": ["A"]}, "quantity": "3", "amount_minor": 900} | A×2 8.00 | -
    {"kind": "nth_purchase", "n": 3}                                 | A 8.00  | nth_purchase 1 for 10
    {"kind": "nth_purchase", "n": 2}                                 | A 8.00  | -
    {"kind": "nth_purchase", "n": 1}                                 | A 8.00  | -
    {"kind": "nth_purchase", "every": 5}                             | A 8.00  | nth_purchase 3 for 10
    {"not": {"kind": "quantity", "at_least": "1"}}                   | A 8.00  | -
    {"any": [{"kind": "quantity", "at_least": "3"}, {"kind": "nth_purchase", "n": 9}]} | A 8 | quantity 2000 for 10
""")
def test_how_little_is_missing(condition: str, receipt: str, told: str) -> None:
    under = programme(fixed(when=written.loads(condition)))
    assert near_told(near(under, receipt, "visit", before="bronze, 1 earlier")) == told


@table("""
    before | told
    0      | visits 2 for 10
    1      | visits 1 for 10
    2      | -
    3      | -
""")
def test_visits_that_are_missing(before: str, told: str) -> None:
    under = programme(fixed(when={"kind": "visits", "per": "month", "n": 3}))
    found = judged(under, knowing(facts(), **{"visits:month": int(before)}), "A 8.00")["visit"].near
    assert near_told(found) == told


@table("""
    spent | told
    0     | spent 9200 for 10
    91.99 | spent 1 for 10
    92    | -                     # with this one it is reached: the next one has it
    100   | -
""")
def test_spending_that_is_missing(spent: str, told: str) -> None:
    under = programme(fixed(when={"kind": "spent", "per": "month", "at_least_minor": 10_000}))
    assert near_told(near(under, "A 8.00", "visit", spent=f"month {spent}")) == told


@table("""
    headroom            | told
    base 100, base/budget 100 | amount 50 for 7
    base 10, base/budget 100  | amount 50 for 3      # 7 are given; the cap leaves 3
    base 100, base/budget 9   | amount 50 for 2
    base 7, base/budget 100   | -
    base 0, base/budget 100   | -
""")
def test_nothing_is_near_beyond_caps_and_budgets(headroom: str, told: str) -> None:
    under = programme(per_amount(points=7, cap={"points": 100, "per": "day"}, budget=1000))
    assert near_told(near(under, "A 1.50", headroom=headroom)) == told


@table("""
    receipt  | told
    A 7.50   | amount 50 for 1
    A 8.50   | -                   # the most for a receipt is reached
    A 0.50   | -                   # the next step is below the least
    A 1.50   | amount 50 for 2
""")
def test_nothing_is_near_beyond_the_bounds_of_a_receipt(receipt: str, told: str) -> None:
    assert near_told(near(programme(per_amount(per_receipt={"least": 2, "most": 8})), receipt)) == told


def test_nothing_is_near_for_a_rule_that_another_outdoes_or_that_is_off_its_days() -> None:
    under = programme(
        per_amount("a", group="one"), fixed("b", 20, group="one"), per_amount("c", during="2010-01-01 2010-01-01")
    )
    told = judged(under, facts(), "A 1.50")
    assert told["a"].near is told["c"].near is None


def test_a_trial_gives_the_same_awards() -> None:
    under = programme(per_amount(), multiplier("2"), fixed(when=COFFEE))
    found = under.explain(facts(), sold("A 8.00"))
    assert [each.award for each in found if each.award] == under.evaluate(facts(), sold("A 8.00"))
