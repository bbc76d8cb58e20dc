"""What becomes of clawed-back points that are nowhere to be found: forgiven, or the return is refused."""

from __future__ import annotations

from tests.core.programmes import programme_with
from tests.core.scenarios import commands, play
from tests.core.world import LONDON, World

FORGIVE = programme_with(debt="forgive")
REFUSE = programme_with(debt="refuse", redemption={"worth": {"points": 100, "minor": 150}})


def test_forgiven_is_forgotten() -> None:
    play(
        World(FORGIVE),
        """
        buy     1   2011-01-05  ann       A 30.00   -> +30
        buy     2   2011-01-06  ann       B 10.00   -> +10
        spend       2011-01-07  ann       35
        back    C1  2011-01-08  ann of 1  A         -> -5: others 5, forgiven 25
        see         ann                             -> available 0, debt 0
        buy     3   2011-01-09  ann       B 10.00   -> +10: base 10
        see         ann                             -> available 10
        """,
    )


def test_but_not_where_the_points_turn_up_again() -> None:
    # The redemption is cancelled: as though it had never been, lot 1 pays for what came back; lot 2 has its 5 again.
    play(
        World(FORGIVE),
        """
        buy     1   2011-01-05  ann       A 30.00   -> +30
        buy     2   2011-01-06  ann       B 10.00   -> +10
        redeem  R1  2011-01-07  ann       35        -> -35: lots 1:30 2:5
        back    C1  2011-01-08  ann of 1  A         -> -5: others 5, forgiven 25
        cancel  K1  2011-01-09  R1                  -> +10: lots 1:30 2:5
        see         ann                             -> available 10, lots 2:10, covers none
        """,
    )


def test_refused_with_what_to_withhold_and_accepted_with_it() -> None:
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann       A 30.00             -> +30
        buy     2   2011-01-06  ann       B 10.00             -> +10
        spend       2011-01-07  ann       35
        back    C1  2011-01-08  ann of 1  A                   -> refused return_not_covered     # 25 points: 0.375
        back    C1  2011-01-08  ann of 1  A  withheld 0.37    -> refused return_not_covered
        back    C1  2011-01-08  ann of 1  A  withheld 0.38    -> -5: others 5, withheld 25
        back    C1  2011-01-08  ann of 1  A  withheld 0.38    -> again -5
        see         ann                                       -> available 0, debt 0, covers 1:2:5 1:withheld:25
        """,
    )


def test_it_says_how_much() -> None:
    world = World(REFUSE)
    play(world, "buy  1  2011-01-05  ann  A 30.00\nspend  2011-01-07  ann  25")
    [refused] = world.post(*commands("back  C1  2011-01-08  ann  A", LONDON))
    assert refused.detail == {"points": 25, "withhold_minor": 38}


def test_what_points_cover_is_not_refused() -> None:
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann       A 30.00             -> +30
        buy     2   2011-01-06  ann       B 30.00             -> +30
        redeem  R1  2011-01-07  ann       25                  -> -25: lots 1:25, worth 37
        back    C1  2011-01-08  ann of 1  A  withheld 9.00    -> -30: own 5, others 25     # more than need be
        """,
    )


def test_what_expired_needs_no_cover() -> None:
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann       A 30.00   -> +30
        redeem  R1  2011-01-07  ann       25        -> -25
        back    C1  2011-07-06  ann of 1  A         -> refused return_not_covered     # 5 expired, 25 are missing
        cancel  K1  2011-07-06  R1                  -> +0: lots 1:25, lapsed 25
        back    C1  2011-07-06  ann of 1  A         -> +0: expired 30
        """,
    )


def test_what_two_receipts_cover_for_each_other_counts_once() -> None:
    # 1 and 2 come back on one slip: 60 go, 10 of lot 2 are there (they go for lot 1, the first), 50 are missing.
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann  A 30.00                   -> +30
        buy     2   2011-01-06  ann  B 30.00                   -> +30
        spend       2011-01-07  ann  50
        back    C1  2011-01-08  ann  A, B  withheld 0.74       -> refused return_not_covered
        back    C1  2011-01-08  ann  A, B  withheld 0.75       -> -10: others 10, withheld 50
        """,
    )


def test_an_exchange_and_a_void_are_asked_too() -> None:
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann       A×2 30.00                        -> +30
        spend       2011-01-07  ann       30
        swap    X1  2011-01-08  ann of 1  B 20.00 for A                    -> refused return_not_covered
        swap    X1  2011-01-08  ann of 1  B 20.00 for A    withheld 0.23   -> +0: withheld 15; +20: base 20
        spend       2011-01-08  ann       20
        void    V1  2011-01-09  1                                          -> refused return_not_covered
        void    V1  2011-01-09  1         withheld 0.23                    -> +0: withheld 15
        see         ann                                                    -> available 0, debt 0
        """,
    )


def test_a_return_that_came_early_and_a_receipt_that_is_moved_leave_a_debt() -> None:
    # There is no till to withhold anything.
    play(
        World(REFUSE),
        """
        buy     1   2011-01-05  ann         A 30.00   -> +30
        spend       2011-01-06  ann         30
        move    W1  2011-01-07  1 to bob              -> -30: owed 30; +30: base 30
        """,
    )
