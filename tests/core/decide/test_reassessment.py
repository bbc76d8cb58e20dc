"""A return is a re-evaluation: of the receipt as though the goods had never been sold, in the context kept with it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from tests.core.programmes import first_purchase, multiplier, per_amount, per_unit, programme, tier_percentage
from tests.core.scenarios import commands, play
from tests.core.world import World

ALL_KINDS = programme(
    per_amount(),
    multiplier("1.5"),
    tier_percentage({"silver": 25, "gold": 50}),
    per_unit("A", points=5, cap_per_receipt=20),
    first_purchase(100),
    tiers="bronze 0, silver 50, gold 500",
    items=["POST"],
)


def test_thresholds_and_rounding_come_out_right() -> None:
    # 1 point for each full 10.00, so what 9.99 takes away depends on what is left: 25.00 -> 2, 15.01 -> 1, 5.02 -> 0.
    play(
        World(programme(per_amount(per_minor=1000))),
        """
        buy    1   2011-01-05  ann  A 9.99, B 9.99, C 5.02   -> +2: base 2
        back   C1  2011-01-06  ann  A                        -> -1: own 1
        back   C2  2011-01-06  ann  B                        -> -1: own 1
        back   C3  2011-01-06  ann  C                        -> +0
        """,
    )
    play(
        World(programme(per_amount(per_minor=1000))),
        """
        buy    1   2011-01-05  ann  A 9.99, B 5.00, C 15.01  -> +3: base 3      # 30.00
        back   C1  2011-01-06  ann  B                        -> -1: own 1       # 25.00
        back   C2  2011-01-06  ann  A                        -> -1: own 1       # 15.01
        """,
    )


def test_part_of_a_line_leaves_its_share_of_the_amount_rounded_half_even() -> None:
    # A×4 for 0.10: of what is left 0.075 -> 0.08 (even), 0.05, 0.025 -> 0.02 (even).
    play(
        World(programme(per_amount(per_minor=1))),
        """
        buy    1   2011-01-05  ann  A×4 0.10       -> +10
        back   C1  2011-01-06  ann  A              -> -2        # 8 left
        back   C2  2011-01-06  ann  A              -> -3        # 5
        back   C3  2011-01-06  ann  A              -> -3        # 2
        back   C4  2011-01-06  ann  A              -> -2
        holds  1                                   -> base 0 of 10
        """,
    )


def test_decimal_quantities_come_back_in_parts() -> None:
    # 0.750 kg for 12.00. A third comes back: 8.00 is left; then another third.
    play(
        World(programme()),
        """
        buy    1   2011-01-05  ann  A×0.75 12.00   -> +12
        back   C1  2011-01-06  ann  A×0.25         -> -4
        back   C2  2011-01-06  ann  A×0.25         -> -4
        holds  1                                   -> base 4 of 12
        """,
    )


def test_every_rule_is_evaluated_again() -> None:
    play(
        World(ALL_KINDS),
        """
        buy    1   2011-01-05  ann  A×6 31.00, B 30.00, POST 9.00  -> +211: base 61, double 30, unit 20, welcome 100
        back   C1  2011-01-06  ann  POST           -> +0                    # it had earned nothing
        back   C2  2011-01-06  ann  A              -> -9: own 9           # 55.83: 55, 27; five units reach the cap
        holds  1                                   -> base 55 of 61, double 27 of 30, unit 20 of 20, welcome 100 of 100
        back   C3  2011-01-06  ann  A×2            -> -20: own 20           # 45.50: 45, 22; three units 15
        holds  1                                   -> base 45 of 61, double 22 of 30, unit 15 of 20, welcome 100 of 100
        back   C4  2011-01-06  ann  B              -> -45: own 45           # 15.50: 15, 7
        back   C5  2011-01-06  ann  A×3            -> -137: own 137
        holds  1                                   -> base 0 of 61, double 0 of 30, unit 0 of 20, welcome 0 of 100
        see    ann                                 -> available 0, debt 0, qualifying 0, purchases 0, lots none
        """,
    )


PARTS = """
    back  C1  2011-01-06  ann  A×2
    back  C2  2011-01-06  ann  B
    back  C3  2011-01-06  ann  A, C×0.5
    back  C4  2011-01-06  ann  A×2
"""


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_partial_returns_does_not_matter(order: tuple[int, ...]) -> None:
    # Left at the end: one A of 6 for 61.99 (10.33), no B, half of C (2.50): 12.83, 12 points, half as much again 6.
    world = World(ALL_KINDS)
    play(world, "buy  1  2011-01-05  ann  A×6 61.99, B 19.99, C 5.01")
    parts = commands(PARTS, world.snapshot.zone)
    for place in order:
        world.post(parts[place])
    play(
        world,
        """
        holds  1    -> base 12 of 86, double 6 of 43, unit 5 of 20, welcome 100 of 100
        see    ann  -> available 123, debt 0, qualifying 12, purchases 1, tier bronze
        """,
    )


def test_everything_returned_leaves_nothing_whatever_came_between() -> None:
    play(
        World(ALL_KINDS),
        """
        buy    1   2011-01-05  ann  A×2 60.00      -> +200: base 60, double 30, unit 10, welcome 100
        buy    2   2011-01-06  ann  A×2 60.00      -> +115: base 60, double 30, tier 15, unit 10
        spend      2011-01-07  ann  150
        back   C1  2011-01-08  ann of 1  A×2       -> -200: own 50, others 115, owed 35
        back   C2  2011-01-08  ann of 2  A×2       -> -115: owed 115
        holds  1                                   -> base 0 of 60, double 0 of 30, unit 0 of 10, welcome 0 of 100
        holds  2                                   -> base 0 of 60, double 0 of 30, tier 0 of 15, unit 0 of 10
        see    ann                                 -> available 0, debt 150, qualifying 0, purchases 0, tier bronze
        """,
    )


def test_the_context_kept_wins_over_the_present_one() -> None:
    play(
        World(ALL_KINDS),
        """
        buy    1   2011-01-05  ann  B 60.00        -> +190: base 60, double 30, welcome 100
        see    ann                                 -> tier silver
        buy    2   2011-01-06  ann  B×2 40.00      -> +70: base 40, double 20, tier 10   # sold to silver
        back   C1  2011-01-07  ann of 1  B         -> -190: own 190
        see    ann                                 -> tier bronze, qualifying 40
        back   C2  2011-01-08  ann of 2  B         -> -35: own 35                        # and evaluated as silver's
        holds  2                                   -> base 20 of 40, double 10 of 20, tier 5 of 10
        """,
    )


def test_a_receipt_sold_to_bronze_stays_bronzes() -> None:
    play(
        World(ALL_KINDS),
        """
        buy    1   2011-01-05  ann  B×2 20.00      -> +130: base 20, double 10, welcome 100
        buy    2   2011-01-06  ann  B 600.00       -> +900: base 600, double 300
        see    ann                                 -> tier gold
        back   C1  2011-01-07  ann of 1  B         -> -15: own 15
        holds  1                                   -> base 10 of 20, double 5 of 10, welcome 100 of 100
        """,
    )


def test_whoever_was_the_first_stays_the_first() -> None:
    # When 1 comes back whole, 2 has no earlier purchase any more; its awards stay as they were (law 6).
    play(
        World(ALL_KINDS),
        """
        buy    1   2011-01-05  ann  B 10.00        -> +115: base 10, double 5, welcome 100
        buy    2   2011-01-06  ann  B×2 10.00      -> +15: base 10, double 5
        back   C1  2011-01-07  ann of 1  B         -> -115: own 115
        back   C2  2011-01-08  ann of 2  B         -> -8: own 8
        holds  2                                   -> base 5 of 10, double 2 of 5
        """,
    )


def test_the_days_of_a_rule_are_those_of_the_sale() -> None:
    november = programme(per_amount(), multiplier("2", "november", during="2011-11-01 2011-11-30"))
    play(
        World(november),
        """
        buy    1   2011-11-30  ann  A×2 20.00      -> +40: base 20, november 20
        back   C1  2011-12-01  ann  A              -> -20: own 20
        buy    2   2011-10-31  ann  A×2 20.00      -> +20: base 20
        back   C2  2011-11-01  ann of 2  A         -> -10: own 10
        """,
    )


def test_the_rules_are_those_of_the_sale() -> None:
    generous = programme(per_amount(points=10), items=["POST"])
    mean = programme(per_amount(points=1), items=["A"])
    world = World(generous, mean, since=[datetime(2011, 1, 1, tzinfo=UTC), datetime(2011, 2, 1, tzinfo=UTC)])
    play(
        world,
        """
        buy    1   2011-01-31  ann  A×2 20.00, POST 2.00   -> +200: base 200
        buy    2   2011-02-01  ann  A×2 20.00, POST 2.00   -> +2: base 2
        back   C1  2011-02-02  ann of 1  A, POST           -> -100: own 100
        back   C2  2011-02-02  ann of 2  A, POST           -> -2: own 2
        see    ann                                         -> available 100, purchases 1
        """,
    )


def test_an_award_never_rises_above_what_was_first_given() -> None:
    # Cut to 5 of the 20 that the rule alone would give.
    play(
        World(programme(per_amount(cap={"points": 5, "per": "day"}))),
        """
        buy    1   2011-01-05  ann  A×2 20.00    -> +5
        back   C1  2011-01-06  ann  A×0.5        -> +0             # 15.00 is left, for 15 points: still 5
        back   C2  2011-01-06  ann  A            -> +0             # 5.00
        back   C3  2011-01-06  ann  A×0.1        -> -1: own 1      # 4.00
        holds  1                                 -> base 4 of 5
        """,
    )


def test_a_return_says_award_by_award_what_it_took_and_why() -> None:
    world = World(ALL_KINDS)
    story = "buy  1  2011-01-05  ann  A×2 20.00\nback  C1  2011-01-06  ann  A"
    _, outcome = world.post(*commands(story, world.snapshot.zone))
    [receipt] = outcome.slip.explanation["receipts"]
    assert receipt["number"] == "1"
    assert receipt["awards"] == [
        {"rule": "base", "kind": "per_amount", "first": 20, "before": 20, "after": 10, "points": -10},
        {"rule": "double", "kind": "multiplier", "first": 10, "before": 10, "after": 5, "points": -5},
        {"rule": "unit", "kind": "per_unit", "first": 10, "before": 10, "after": 5, "points": -5},
    ]
    assert receipt["taken"] == {"own_lot": 20, "already_expired": 0, "other_lots": 0, "debt": 0}
    assert outcome.slip.points == -20
