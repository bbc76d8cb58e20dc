"""Cancelling a redemption: the very lots get back what was drawn, with their last day."""

from __future__ import annotations

from dataclasses import replace

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


def test_a_blocked_members_lots_get_their_points_back_too() -> None:
    world = World(programme())
    play(
        world,
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  20        -> -20
        """,
    )
    world.snapshot.members["ann"] = replace(world.snapshot.members["ann"], status="blocked")
    play(
        world,
        """
        cancel  K1  2011-01-08  R1             -> +20: lots 1:20
        see         ann                        -> status blocked, available 30
        """,
    )


def test_who_has_left_forfeits_what_comes_back_as_they_forfeited_the_rest() -> None:
    # As though it had never been made: then all 30 would have been forfeited on leaving.
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  20        -> -20
        close   Z1  2011-01-07  ann            -> -10: forfeited 10
        cancel  K1  2011-01-08  R1             -> +0: lots 1:20, forfeited 20
        cancel  K2  2011-01-08  R1             -> refused redemption_cancelled_already
        see         ann                        -> status closed, available 0
        """,
    )


def test_what_was_given_in_its_place_is_forfeited_with_it() -> None:
    # Lot 1 was redeemed, and its receipt came back: 10 of lot 2 stood for it, 20 were owed, and forgiven on leaving.
    # Without the redemption lot 1 would have gone back whole, and lot 2 would have been forfeited whole.
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  30        -> -30
        buy     2   2011-01-07  ann  B 10.00   -> +10
        back    C1  2011-01-08  ann  A         -> -30: others 10, owed 20
        close   Z1  2011-01-09  ann            -> +20: forgiven 20
        cancel  K1  2011-01-10  R1             -> +0: lots 1:30, forfeited 10
        see         ann                        -> available 0, debt 0, covers none
        """,
    )


def test_what_has_passed_its_last_day_by_then_expires() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        redeem  R1  2011-01-06  ann  20        -> -20
        close   Z1  2011-01-07  ann            -> -10: forfeited 10
        cancel  K1  2011-07-06  R1             -> +0: lots 1:20, lapsed 20
        """,
    )
