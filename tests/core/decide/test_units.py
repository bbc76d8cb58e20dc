"""Other units in the same ledger: stamps, and money in minor units."""

from __future__ import annotations

from tests.core.programmes import programme_with, unit
from tests.core.scenarios import play
from tests.core.world import World

RULES = programme_with(
    units=[unit("stamps", expiry={"kind": "days", "days": 30}), unit("credit", "money")],
    redemption={"restored": {"kind": "expire"}},
    transfers={},
)


def test_a_unit_has_wallets_and_a_last_day_of_its_own() -> None:
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann            A 30.00   -> +30
        adjust  J1  2011-01-05  ann in stamps  7         -> +7: lots -:7
        adjust  J2  2011-01-05  ann in credit  2500      -> +2500: lots -:2500
        see         ann in stamps                        -> available 7, days -:2011-02-04
        see         ann in credit                        -> available 2500, days -:never, tier none
        redeem  R1  2011-01-06  ann in stamps  8         -> refused insufficient_points    # points are no stamps
        redeem  R1  2011-01-06  ann in stamps  5         -> -5: lots -:5
        settle      2011-02-05                           -> -2
        see         ann                                  -> available 30, qualifying 30
        cancel  K1  2011-02-06  R1                       -> +0: lots -:5, lapsed 5
        """,
    )


def test_a_gift_card_is_held_captured_and_topped_up() -> None:
    play(
        World(RULES),
        """
        open     O1  2011-01-05        bob in credit         5000   -> +5000
        hold     H1  2011-01-06 12:00  bob in credit         1999   -> +0
        capture  P1  2011-01-06 12:01  H1  1500  -> -1500: lots -:1500, worth 1500, captured 1500, back 499
        give     T1  2011-01-06 12:02  bob to ann in credit  500    -> -500: lots -:500; +500: lots -:500
        see          bob in credit                                  -> available 3000, held 0
        see          ann in credit                                  -> available 500
        """,
    )
