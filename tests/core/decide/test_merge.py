"""Two cards of one person become one: wallets, history, tier and counters come together."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme, programme_with, tier_percentage, unit
from tests.core.scenarios import play
from tests.core.world import World

TIERS = programme(per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 100")
PLAIN = programme()


def test_wallets_tiers_counters_and_numbers() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann           A 60.00   -> +160
        buy     2   2011-01-06  bob           A 50.00   -> +150
        merge   M1  2011-01-07  bob into ann            -> -150; +150
        see         ann                                 -> available 310, qualifying 110, purchases 2, tier silver
        see         ann                                 -> days 1:2011-07-05 2:2011-07-06
        merge   M1  2011-01-07  bob into ann            -> again -150
        buy     3   2011-01-08  bob           A 10.00   -> +15: base 10, tier 5        # the old number still works
        redeem  R1  2011-01-08  bob           320       -> -320: lots 1:160 2:150 3:10
        see         ann                                 -> available 5
        back    C1  2011-01-09  ann           A×3       -> -325: own 5, owed 320
        """,
    )


def test_the_higher_tier_is_kept() -> None:
    for which in ("bob into ann", "ann into bob"):
        play(
            World(TIERS),
            f"""
            buy     1   2011-01-05  ann  A 100.00   -> +200
            buy     2   2011-01-06  bob  A 5.00     -> +105
            merge   M1  2011-01-07  {which}
            see         ann                         -> tier silver, qualifying 105
            """,
        )


def test_what_one_owed_the_others_points_pay() -> None:
    play(
        World(PLAIN),
        """
        buy     1   2011-01-05  bob           A 30.00   -> +30
        spend       2011-01-06  bob           30
        back    C1  2011-01-07  bob           A         -> -30: owed 30
        buy     2   2011-01-06  ann           A 20.00   -> +20
        merge   M1  2011-01-07  bob into ann            -> +30; -30: debt paid 20
        see         ann                                 -> available 0, debt 10, covers 1:debt:10 1:2:20
        """,
    )


def test_covers_and_open_holds_come_along() -> None:
    # 30 of lot 2 stand for what was held of lot 1. Released after the merge, all goes back where it was.
    play(
        World(PLAIN),
        """
        buy      1   2011-01-05        bob           A 50.00   -> +50
        buy      2   2011-01-05        bob           B 30.00   -> +30
        hold     H1  2011-01-06 12:00  bob           50        -> +0
        back     C1  2011-01-06 12:01  bob of 1      A         -> -50: others 30, owed 20
        merge    M1  2011-01-06 12:02  bob into ann            -> -30; +30
        see          ann                                       -> available 0, held 50, debt 20, holds 1:50
        release  L1  2011-01-06 12:03  H1                      -> +0: lots 1:50, debt paid 20
        see          ann                                       -> available 30, held 0, debt 0, lots 2:30
        hold     H2  2011-01-06 12:04  bob           20        -> +0
        capture  P2  2011-01-06 12:05  H2                      -> -20: lots 2:20, captured 20
        """,
    )


def test_a_redemption_of_before_is_cancelled_after() -> None:
    play(
        World(PLAIN),
        """
        buy     1   2011-01-05  bob           A 30.00   -> +30
        redeem  R1  2011-01-06  bob           20        -> -20
        merge   M1  2011-01-07  bob into ann            -> -10; +10
        cancel  K1  2011-01-08  R1                      -> +20: lots 1:20
        see         ann                                 -> available 30
        """,
    )


def test_a_cap_counts_both_cards() -> None:
    play(
        World(programme_with(per_amount(cap={"points": 50, "per": "day"}))),
        """
        buy     1   2011-01-05 09:00  ann           A 30.00   -> +30
        buy     2   2011-01-05 09:00  bob           A 15.00   -> +15
        merge   M1  2011-01-05 10:00  bob into ann            -> -15; +15
        buy     3   2011-01-05 11:00  ann           A 15.00   -> +5
        """,
    )


def test_every_unit_comes_along() -> None:
    play(
        World(programme_with(units=[unit("stamps")])),
        """
        adjust  J1  2011-01-05  bob in stamps  7   -> +7
        merge   M1  2011-01-07  bob into ann       -> +0; +0; -7; +7
        see         ann in stamps                  -> available 7
        see         bob in stamps                  -> available 7      # who is ann now
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(PLAIN),
        """
        merge   M1  2011-01-05  nobody into zoe   -> refused member_unknown
        merge   M1  2011-01-05  zoe into nobody   -> refused member_unknown
        merge   M1  2011-01-05  zoe into ann      -> refused member_not_active
        merge   M1  2011-01-05  ann into eve      -> refused member_not_active
        merge   M1  2011-01-05  eve into eve      -> refused member_not_active
        merge   M1  2011-01-05  ann into ann      -> refused member_the_same
        merge   M1  2011-01-05  bob into ann      -> +0; +0
        merge   M2  2011-01-05  bob into ann      -> refused member_the_same
        merge   M2  2011-01-05  ann into bob      -> refused member_the_same
        merge   M1  2011-01-05  cem into ann      -> refused key_reused_with_other_content
        """,
    )
