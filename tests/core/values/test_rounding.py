"""Floor, and half-even as Decimal rounds it."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pytest

from tests.core.scenarios import table
from wafa.core.values.rounding import floor_of, half_even_of

BIG = 10**15


@table("""
    quotient | half_even | floor
    1/2      | 0         | 0
    3/2      | 2         | 1
    5/2      | 2         | 2
    7/2      | 4         | 3
    1/3      | 0         | 0
    2/3      | 1         | 0
    4/3      | 1         | 1
    125/1000 | 0         | 0
    6/4      | 2         | 1      # a half that is not written as one
    10/4     | 2         | 2
    0/7      | 0         | 0
    7/7      | 1         | 1
    14/7     | 2         | 2
""")
def test_worked_by_hand(quotient: str, half_even: str, floor: str) -> None:
    numerator, denominator = map(int, quotient.split("/"))
    assert half_even_of(numerator, denominator) == int(half_even)
    assert floor_of(numerator, denominator) == int(floor)


@pytest.mark.parametrize("denominator", [1, 2, 3, 4, 5, 7, 8, 100, 1000])
def test_as_decimal_does(denominator: int) -> None:
    for numerator in range(4 * denominator + 1):
        exact = Decimal(numerator) / Decimal(denominator)
        assert half_even_of(numerator, denominator) == int(exact.to_integral_value(ROUND_HALF_EVEN))
        assert floor_of(numerator, denominator) == int(exact.to_integral_value(ROUND_FLOOR))


def test_no_figure_is_too_large_to_be_exact() -> None:
    # As floats all four are one number: 10^15 x 10^15 has 31 digits, a float 16.
    product = BIG * BIG
    assert half_even_of(product + BIG // 2 - 1, BIG) == BIG
    assert half_even_of(product + BIG // 2, BIG) == BIG
    assert half_even_of(product + BIG // 2 + 1, BIG) == BIG + 1
    assert half_even_of(product + BIG + BIG // 2, BIG) == BIG + 2
