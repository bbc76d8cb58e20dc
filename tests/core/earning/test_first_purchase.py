"""Points for the first purchase."""

from __future__ import annotations

from tests.core.earning.evaluating import awards
from tests.core.programmes import first_purchase, programme
from tests.core.scenarios import play, table
from tests.core.world import World

WELCOME = programme(first_purchase(100), items=["VOUCHER"])


@table("""
    before            | receipt              | gives
    bronze            | A 0.01               | welcome 100     # a penny is an amount
    bronze, 1 earlier | A 99.00              | -
    bronze            | A 0.00               | -               # this one must have an eligible amount itself
    bronze            | VOUCHER 50.00        | -
    bronze            | VOUCHER 50.00, A 0.01 | welcome 100
    silver            | A 5.00               | welcome 100     # whatever else is known of the member
""")
def test_the_first_with_an_eligible_amount(before: str, receipt: str, gives: str) -> None:
    assert awards(WELCOME, receipt, before) == gives


def test_a_purchase_of_nothing_eligible_is_not_the_first() -> None:
    play(
        World(WELCOME),
        """
        buy  1  2011-01-05  ann  VOUCHER 50.00         -> +0
        buy  2  2011-01-06  ann  A 0.00                -> +0
        buy  3  2011-01-07  ann  A 5.00                -> +100: welcome 100
        buy  4  2011-01-08  ann  A 5.00                -> +0
        see     ann                                    -> purchases 2, available 100
        buy  5  2011-01-08  bob  A 5.00                -> +100: welcome 100    # everyone has a first
        """,
    )


def test_the_next_can_be_the_first_once_the_first_came_back() -> None:
    play(
        World(WELCOME),
        """
        buy   1   2011-01-05  ann  A×2 5.00            -> +100: welcome 100
        back  C1  2011-01-06  ann  A                   -> +0          # 2.50 of it is still eligible
        buy   2   2011-01-07  ann  A 5.00              -> +0
        back  C2  2011-01-08  ann of 1  A              -> -100: own 100
        buy   3   2011-01-09  ann  A 5.00              -> +0          # receipt 2 is an earlier one
        back  C3  2011-01-10  ann  A×2                 -> +0
        see       ann                                  -> purchases 0
        buy   4   2011-01-11  ann  A 5.00              -> +100: welcome 100
        """,
    )


def test_what_is_left_counts_only_if_it_is_eligible() -> None:
    play(
        World(WELCOME),
        """
        buy   1   2011-01-05  ann  A 5.00, VOUCHER 50.00, B 0.00   -> +100: welcome 100
        back  C1  2011-01-06  ann  A                               -> -100: own 100
        see       ann                                              -> purchases 0
        back  C2  2011-01-06  ann  VOUCHER                         -> +0
        see       ann                                              -> purchases 0
        buy   2   2011-01-07  ann  A 5.00                          -> +100: welcome 100
        """,
    )
