"""Rules of one group: only the largest award of them counts."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, facts
from tests.core.earning.trying import fixed, sold
from tests.core.programmes import multiplier, per_amount, per_unit, programme, programme_with, unit
from tests.core.scenarios import table
from tests.core.telling import awards_told

BONUS = programme(
    per_amount(),
    fixed("visit", 10, group="bonus"),
    per_unit("A", group="bonus"),
    multiplier("2", group="bonus"),
)
TIE = programme(fixed("second", 10, group="one"), fixed("first", 10, group="one"), fixed("third", 9, group="one"))
TWO_GROUPS = programme(
    fixed("a", 10, group="one"), fixed("b", 20, group="one"), fixed("c", 5, group="two"), fixed("d", 4, group="two")
)


@table("""
    receipt            | gives
    B 4.00             | base 4, visit 10
    A×3 4.00           | base 4, unit 15
    B 12.00            | base 12, double 12
    A×2 4.00           | base 4, unit 10         # equal: the first by code
    A×2 10.00          | base 10, double 10
    A×3 20.00          | base 20, double 20
    B 0.50             | visit 10
""")
def test_only_the_largest_counts(receipt: str, gives: str) -> None:
    assert awards(BONUS, receipt) == gives


def test_of_equal_ones_it_is_the_first_by_code_however_they_are_listed_and_whatever_their_priority() -> None:
    assert awards(TIE, "A 1.00") == "first 10"
    urgent = programme(fixed("second", 10, group="one", priority=-5), fixed("first", 10, group="one", priority=5))
    assert awards(urgent, "A 1.00") == "first 10"


def test_each_group_by_itself() -> None:
    assert awards(TWO_GROUPS, "A 1.00") == "b 20, c 5"


@table("""
    headroom     | gives
    b 20         | b 20
    b 7          | b 7        # the largest is chosen before caps, so that a cap moves no other rule
    b 0          | -
""")
def test_it_is_chosen_before_caps(headroom: str, gives: str) -> None:
    cap = {"points": 20, "per": "day"}
    under = programme(fixed("a", 10, group="one"), fixed("b", 20, group="one", cap=cap))
    assert awards(under, "A 1.00", headroom=headroom) == gives


@table("""
    receipt  | gives
    A 5.00   | small 5
    A 9.00   | small 5           # what a receipt gives at most comes before the group
    B 9.00   | visit 4
    A 3.00   | visit 4
""")
def test_it_is_chosen_after_the_bounds_of_a_receipt(receipt: str, gives: str) -> None:
    small = per_amount("small", lines={"items": ["A"]}, per_receipt={"most": 5}, group="one")
    assert awards(programme(small, fixed("visit", 4, group="one")), receipt) == gives


def test_a_rule_that_does_not_hold_outdoes_nobody() -> None:
    never = {"kind": "items", "lines": {"items": ["nowhere"]}}
    under = programme(fixed("a", 10, group="one"), fixed("b", 99, group="one", when=never))
    assert awards(under, "A 1.00") == "a 10"


def test_a_group_may_be_of_stamps() -> None:
    stamps = {"unit": "stamps", "group": "card"}
    under = programme_with(fixed("a", 1, **stamps), fixed("b", 2, **stamps), fixed("c"), units=[unit("stamps")])
    assert awards(under, "A 1.00") == "b 2, c 10"


def test_evaluated_again_only_those_that_gave_are_compared() -> None:
    sale, left = sold("A×3 9.00"), sold("A 3.00")
    first = {award.rule for award in BONUS.evaluate(facts(), sale)}
    assert first == {"base", "unit"}
    assert awards_told(BONUS.evaluate(facts(), left, first)) == "base 3, unit 5"
    assert awards_told(BONUS.evaluate(facts(), left)) == "base 3, visit 10"
