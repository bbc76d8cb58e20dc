"""A budget: all points that a rule may ever give to anybody."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, facts, lines, only_award
from tests.core.earning.trying import fixed
from tests.core.programmes import multiplier, per_amount, programme
from tests.core.scenarios import table

UNDER = programme(per_amount(budget=1_000), multiplier("2"))
BOTH = programme(per_amount(budget=1_000, cap={"points": 100, "per": "day"}))


@table("""
    left  | gives
    1000  | base 45, double 45
    45    | base 45, double 45
    44    | base 44, double 45       # what builds on it builds on it uncut
    1     | base 1, double 45
    0     | double 45
""")
def test_no_more_than_the_budget_leaves(left: str, gives: str) -> None:
    assert awards(UNDER, "A 45.00", headroom=f"base/budget {left}") == gives


@table("""
    headroom                | points | figures
    base 100, base/budget 9 | 9      | headroom 9, cut_by budget
    base 9, base/budget 100 | 9      | headroom 9, per day
    base 9, base/budget 5   | 5      | headroom 5, per day, cut_by budget
    base 5, base/budget 9   | 5      | headroom 5, per day
""")
def test_a_cap_and_a_budget_both_cut(headroom: str, points: str, figures: str) -> None:
    award = only_award(BOTH, "A 45.00", headroom=headroom)
    assert award.points == int(points)
    plain = {"eligible_minor": 4500, "per_minor": 100, "each": 1}
    told = dict(part.split() for part in figures.split(", "))
    assert {name: str(value) for name, value in award.figures.items() if name not in plain} == {"uncut": "45"} | told


def test_the_budgets_of_a_programme_and_their_keys() -> None:
    under = programme(per_amount(budget=1_000), fixed(budget=7), fixed("free"))
    assert under.budgets() == {"base": 1_000, "visit": 7}
    assert [each.budget_key() for each in under.rules] == ["base/budget", "visit/budget", "free/budget"]
    assert under.allowances() == ()


def test_only_a_rule_that_would_give_something_asks_what_its_budget_leaves() -> None:
    assert awards(programme(per_amount(budget=9)), "A 0.99") == "-"
    assert awards(programme(per_amount(budget=9), fixed(group="x"), fixed("y", 9, budget=9, group="x")), "-") == "-"
    assert facts().headroom == {}


def test_a_rule_in_a_group_is_cut_by_its_budget_after_the_group() -> None:
    under = programme(fixed("a", 10, group="one"), fixed("b", 20, group="one", budget=500))
    found = under.evaluate(facts(headroom="b/budget 3"), lines("A 1.00"))
    assert [(award.rule, award.points) for award in found] == [("b", 3)]
