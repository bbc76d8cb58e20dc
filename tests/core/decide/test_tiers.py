"""Tiers as receipts and returns move them."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.core.programmes import first_purchase, multiplier, per_amount, per_unit, programme, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World

BONUS = [per_amount(), tier_percentage({"silver": 25, "gold": 50})]
LADDER = "bronze 0, silver 100, gold 500"
START = datetime(2011, 1, 1, tzinfo=UTC)
LATER = datetime(2011, 2, 1, tzinfo=UTC)


def test_an_upgrade_holds_from_the_next_receipt_on() -> None:
    play(
        World(programme(*BONUS, tiers=LADDER)),
        """
        buy    1   2011-01-05  ann  A 99.00      -> +99: base 99
        see        ann                           -> tier bronze
        buy    2   2011-01-06  ann  A 1.00       -> +1: base 1                   # lifts, but is bronze's itself
        see        ann                           -> tier silver
        buy    3   2011-01-07  ann  A 400.00     -> +500: base 400, tier 100
        see        ann                           -> tier gold
        buy    4   2011-01-08  ann  A 10.00      -> +15: base 10, tier 5
        """,
    )


def test_two_steps_at_once() -> None:
    play(
        World(programme(*BONUS, tiers=LADDER)),
        """
        buy    1   2011-01-05  ann  A 500.00     -> +500: base 500
        see        ann                           -> tier gold
        back   C1  2011-01-06  ann  A            -> -500: own 500
        see        ann                           -> tier bronze
        """,
    )


def test_only_what_qualifies_lifts() -> None:
    rules = [*BONUS, multiplier("2"), per_unit("A"), first_purchase(1000)]
    play(
        World(programme(*rules, tiers=LADDER)),
        """
        buy    1   2011-01-05  ann  A 99.00      -> +1203: base 99, double 99, unit 5, welcome 1000
        see        ann                           -> qualifying 99, tier bronze
        """,
    )


def test_spending_and_expiry_lower_nothing() -> None:
    play(
        World(programme(*BONUS, tiers=LADDER)),
        """
        buy     1  2011-01-05  ann  A 300.00     -> +300
        spend      2011-01-06  ann  200
        settle     2011-07-06                    -> -100
        see        ann                           -> available 0, qualifying 300, tier silver
        buy     2  2011-07-07  ann  A 4.00       -> +5: base 4, tier 1
        """,
    )


def test_a_tier_that_the_returned_points_had_earned_falls_at_once() -> None:
    play(
        World(programme(*BONUS, tiers=LADDER)),
        """
        buy    1   2011-01-05  ann  A 60.00      -> +60
        buy    2   2011-01-06  ann  A×4 40.00    -> +40
        see        ann                           -> tier silver
        back   C1  2011-01-07  ann  A            -> -10: own 10
        see        ann                           -> qualifying 90, tier bronze
        buy    3   2011-01-08  ann  A 8.00       -> +8: base 8                   # the next receipt feels it
        buy    4   2011-01-09  ann  A 2.00       -> +2: base 2
        see        ann                           -> qualifying 100, tier silver
        """,
    )


def test_qualifying_points_go_back_though_the_points_had_expired() -> None:
    play(
        World(programme(*BONUS, tiers=LADDER)),
        """
        buy     1   2011-01-05  ann  A×2 120.00  -> +120
        settle      2011-07-06                   -> -120
        back    C1  2011-07-07  ann  A           -> +0: expired 60
        see         ann                          -> qualifying 60, tier bronze
        """,
    )


def test_a_return_that_takes_no_qualifying_points_moves_no_tier() -> None:
    # The ladder was raised: 150 points, silver of old, would be bronze now. Only a review may say so.
    lower, higher = (
        programme(*BONUS, tiers=f"bronze 0, silver {least}, gold 500", items=["POST"]) for least in (100, 200)
    )
    play(
        World(lower, higher, since=[START, LATER]),
        """
        buy    1   2011-01-05  ann  A 150.00, POST 5.00   -> +150: base 150
        back   C1  2011-02-05  ann  POST                  -> +0
        buy    2   2011-02-06  ann  A 20.00               -> +25: base 20, tier 5
        see        ann                                    -> tier silver
        """,
    )


def test_a_tier_that_the_returned_points_had_not_earned_does_not_fall() -> None:
    # 150 points, silver when 100 were enough. Now silver needs 200: with 150 or with 149 points the ladder supports
    # bronze, so the one point that goes back had not earned the tier. Only a review may lower it (law 9).
    lower, higher = (programme(*BONUS, tiers=f"bronze 0, silver {least}, gold 500") for least in (100, 200))
    play(
        World(lower, higher, since=[START, LATER]),
        """
        buy    1   2011-01-05  ann  A 149.00, B 1.00      -> +150: base 150
        back   C1  2011-02-05  ann  B                     -> -1: own 1
        see        ann                                    -> tier silver
        """,
    )


def test_a_new_ladder_keeps_a_code_that_it_knows_and_replaces_one_that_it_does_not() -> None:
    old = programme(*BONUS, tiers=LADDER)
    new = programme(per_amount(), tier_percentage({"red": 100, "silver": 10}), tiers="blue 0, silver 50, red 150")
    play(
        World(old, new, since=[START, LATER]),
        """
        buy    1   2011-01-05  ann  A 100.00     -> +100
        buy    2   2011-01-05  bob  A 60.00      -> +60
        buy    3   2011-02-05  ann  A 20.00      -> +22: base 20, tier 2         # silver in both
        buy    4   2011-02-05  bob  A 20.00      -> +20: base 20                 # bronze of old is nothing here ...
        see        bob                           -> tier silver                  # ... and 80 points are silver
        """,
    )


def test_a_tier_falls_though_the_programme_begins_only_in_a_minute() -> None:
    # A till's clock runs two minutes ahead: by it the programme has begun, by the merchant's it has not.
    play(
        World(programme(*BONUS, tiers=LADDER), since=[datetime(2011, 1, 5, 12, 1, tzinfo=UTC)]),
        """
        buy    1   2011-01-05 12:02 at 2011-01-05 12:00  ann  A 100.00   -> +100
        back   C1  2011-01-05 12:02 at 2011-01-05 12:00  ann  A          -> -100: own 100
        see        ann                                                   -> qualifying 0, tier bronze
        """,
    )
