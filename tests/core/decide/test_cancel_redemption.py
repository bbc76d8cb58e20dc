"""Cancelling a redemption: the very lots get back what was drawn, with their last day."""

from __future__ import annotations

from tests.core.programmes import programme, programme_with
from tests.core.scenarios import play
from tests.core.world import World

GRACE = programme_with(redemption={"restored": {"kind": "grace", "days": 30}})


def test_the_very_lots_get_it_back() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        buy     2   2011-02-05  ann  A 50.00   -> +50
        redeem  R1  2011-02-07  ann  40        -> -40: lots 1:30 2:10
        redeem  R2  2011-02-07  ann  40        -> -40: lots 2:40
        cancel  K1  2011-02-08  R1             -> +40: lots 1:30 2:10
        see         ann                        -> available 40, lots 1:30 2:10, days 1:2011-07-05 2:2011-08-05
        """,
    )


def test_what_has_run_out_since_expires_at_once() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        buy     2   2011-02-05  ann  A 50.00   -> +50
        redeem  R1  2011-02-07  ann  40        -> -40
        settle      2011-07-06                 -> +0
        cancel  K1  2011-07-06  R1             -> +10: lots 1:30 2:10, lapsed 30
        see         ann                        -> available 50, lots 2:50
        """,
    )


def test_or_lasts_for_the_days_of_grace() -> None:
    play(
        World(GRACE),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        buy     2   2011-02-05  ann  A 50.00   -> +50
        redeem  R1  2011-02-07  ann  40        -> -40
        cancel  K1  2011-07-06  R1             -> +40: lots 1:30 2:10
        see         ann                        -> lots 1:30 2:50, days 1:2011-08-05 2:2011-08-05
        settle      2011-08-05                 -> +0
        settle      2011-08-06                 -> -80
        """,
    )


def test_grace_shortens_nothing() -> None:
    play(
        World(GRACE),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  30        -> -30
        cancel  K1  2011-01-07  R1             -> +30
        see         ann                        -> days 1:2011-07-05
        """,
    )


def test_debt_is_paid_first() -> None:
    # Lot 1 is spent and owed. Lot 2 had been redeemed before; what comes back of it pays.
    play(
        World(programme()),
        """
        buy     2   2011-01-04  ann       B 60.00   -> +60
        redeem  R2  2011-01-04  ann       60        -> -60
        buy     1   2011-01-05  ann       A 100.00  -> +100
        spend       2011-01-06  ann       100
        back    C1  2011-01-07  ann of 1  A         -> -100: owed 100
        cancel  K2  2011-01-08  R2                  -> +60: lots 2:60, debt paid 60
        see         ann                             -> available 0, debt 40, lots none
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        hold    H1  2011-01-05  ann  5         -> +0
        redeem  R1  2011-01-06  ann  20        -> -20
        cancel  K1  2011-01-06  R9             -> refused redemption_unknown
        cancel  K1  2011-01-06  H1             -> refused redemption_unknown       # held, not redeemed
        cancel  K1  2011-01-06  R1             -> +20
        cancel  K1  2011-01-06  R1             -> again +20
        cancel  K2  2011-01-06  R1             -> refused redemption_cancelled_already
        cancel  R1  2011-01-06  R1             -> refused key_reused_with_other_content
        see         ann                        -> available 30, held 0
        """,
    )


def test_a_captured_hold_is_a_redemption() -> None:
    play(
        World(programme()),
        """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        hold     H1  2011-01-06 12:00  ann  20        -> +0
        capture  P1  2011-01-06 12:01  H1   15        -> -15: lots 1:15, captured 15, back 5
        cancel   K1  2011-01-07        P1             -> +15: lots 1:15
        cancel   K2  2011-01-07        P1             -> refused redemption_cancelled_already
        see          ann                              -> available 30, held 0
        """,
    )


def test_a_blocked_or_closed_member_gets_points_back_too() -> None:
    # Whoever has left has nothing to come back to: but the lot takes what it gave, as the books have to add up.
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  20        -> -20
        close   Z1  2011-01-07  ann            -> -10: forfeited 10
        cancel  K1  2011-01-08  R1             -> +20: lots 1:20
        see         ann                        -> status closed, available 20
        """,
    )
