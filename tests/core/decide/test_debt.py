"""What is missing the member owes, and any credit pays it first: never points and debt at once."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme
from tests.core.scenarios import play
from tests.core.world import World

SIX_MONTHS = programme()


def test_spent_points_that_must_go_back_are_owed_and_the_next_lots_pay() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy    1   2011-01-05  ann  A 100.00     -> +100
        spend      2011-01-06  ann  100
        back   C1  2011-01-07  ann  A            -> -100: owed 100
        see        ann                           -> available 0, debt 100
        buy    2   2011-01-08  ann  B 60.00      -> +60: base 60, debt paid 60
        see        ann                           -> available 0, debt 40, lots none
        buy    3   2011-01-09  ann  B 60.00      -> +60: base 60, debt paid 40
        see        ann                           -> available 20, debt 0, lots 3:20
        buy    4   2011-01-10  ann  B 60.00      -> +60: base 60
        """,
    )


def test_what_comes_back_is_taken_from_other_lots_before_it_is_owed() -> None:
    # The worked case of law 6 up to the debt: lot 1 of 100 is spent; 30 come from lot 2, 70 are owed, lot 3 pays 50.
    play(
        World(SIX_MONTHS),
        """
        buy    1   2011-01-05  ann  A 100.00     -> +100
        buy    2   2011-01-06  ann  B 30.00      -> +30
        spend      2011-01-07  ann  100
        back   C1  2011-01-08  ann  A            -> -100: others 30, owed 70
        buy    3   2011-01-09  ann  C 50.00      -> +50: base 50, debt paid 50
        see        ann                           -> available 0, debt 20
        """,
    )


def test_a_lot_that_paid_debt_is_short_when_its_own_goods_come_back() -> None:
    # Receipt 2 gave 60; all 60 paid debt. They go back: owed again.
    play(
        World(SIX_MONTHS),
        """
        buy    1   2011-01-05  ann  A 100.00     -> +100
        spend      2011-01-06  ann  100
        back   C1  2011-01-07  ann  A            -> -100: owed 100
        buy    2   2011-01-08  ann  B×2 60.00    -> +60: base 60, debt paid 60
        back   C2  2011-01-09  ann  B            -> -30: owed 30
        see        ann                           -> available 0, debt 70
        """,
    )


def test_a_lapsed_lot_pays_no_debt() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy    1   2011-01-05                ann  A 10.00   -> +10
        spend      2011-01-06                ann  10
        back   C1  2011-01-07                ann  A         -> -10: owed 10
        buy    2   2011-01-08 at 2011-07-09  ann  B 50.00   -> +0: base 50, lapsed 50
        see        ann                                      -> available 0, debt 10
        buy    3   2011-01-09 at 2011-07-09  ann  B 50.00   -> +50: base 50, debt paid 10     # its last day
        see        ann                                      -> available 40, debt 0
        """,
    )


def test_the_rest_of_a_lot_that_paid_debt_expires_and_answers() -> None:
    # Lot 2 of 60: 10 pay debt, 50 expire. When its goods come back, 50 answer; the 10 that paid are owed again.
    play(
        World(SIX_MONTHS),
        """
        buy     1   2011-01-05  ann       A 10.00   -> +10
        spend       2011-01-06  ann       10
        back    C1  2011-01-07  ann       A         -> -10: owed 10
        buy     2   2011-01-08  ann       B 60.00   -> +60: base 60, debt paid 10
        settle      2011-07-09                      -> -50
        back    C2  2011-07-10  ann of 2  B         -> -10: expired 50, owed 10
        see         ann                             -> available 0, debt 10, qualifying 0
        """,
    )


def test_a_purchase_of_nothing_pays_nothing() -> None:
    play(
        World(SIX_MONTHS),
        """
        buy    1   2011-01-05  ann  A 10.00      -> +10
        spend      2011-01-06  ann  10
        back   C1  2011-01-07  ann  A            -> -10: owed 10
        buy    2   2011-01-08  ann  B 0.99       -> +0
        see        ann                           -> available 0, debt 10
        """,
    )


def test_buying_and_returning_again_and_again_gains_nothing() -> None:
    rules = [per_amount(), first_purchase(100)]
    play(
        World(programme(*rules)),
        """
        buy    1   2011-01-05  ann  A 10.00      -> +110: base 10, welcome 100
        spend      2011-01-05  ann  110
        back   C1  2011-01-06  ann  A            -> -110: owed 110
        buy    2   2011-01-07  ann  A 10.00      -> +110: base 10, welcome 100, debt paid 110
        back   C2  2011-01-08  ann  A            -> -110: owed 110
        buy    3   2011-01-09  ann  A 10.00      -> +110: base 10, welcome 100, debt paid 110
        see        ann                           -> available 0, debt 0
        """,
    )
