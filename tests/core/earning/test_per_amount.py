"""Points for each full so much of the eligible amount."""

from __future__ import annotations

from tests.core.earning.evaluating import awards
from tests.core.programmes import per_amount, programme
from tests.core.scenarios import table

POUNDS = programme(per_amount())
TENS = programme(per_amount(points=3, per_minor=1000))
PENCE = programme(per_amount(points=7, per_minor=1))
HUGE = programme(per_amount(points=10**12, per_minor=1))


@table("""
    receipt                | gives
    A 0.00                 | -
    A 0.99                 | -
    A 1.00                 | base 1
    A 1.99                 | base 1
    A 2.00                 | base 2
    A 0.50, B 0.50         | base 1       # one floor for the receipt, not one a line
    A 0.99, B 0.99         | base 1
    A 1.60, B 1.60, C 1.80 | base 5
    A×0.125 3.00           | base 3       # the amount is the line's, whatever the quantity
    A×12 9.99              | base 9
    A 4.35                 | base 4       # 4.35 x 100 is 434.99999999999994 as floats
    A 9999999999.99        | base 9999999999
""")
def test_a_point_for_each_full_pound(receipt: str, gives: str) -> None:
    assert awards(POUNDS, receipt) == gives


@table("""
    receipt        | gives
    A 9.99         | -
    A 10.00        | base 3
    A 19.99        | base 3
    A 12.00, B 8.00 | base 6
""")
def test_full_steps_times_points(receipt: str, gives: str) -> None:
    assert awards(TENS, receipt) == gives


@table("""
    receipt | gives
    A 0.01  | base 7
    A 0.10  | base 70
""")
def test_every_penny(receipt: str, gives: str) -> None:
    assert awards(PENCE, receipt) == gives


def test_points_are_exact_whatever_their_size() -> None:
    assert awards(HUGE, "A 0.03") == f"base {3 * 10**12}"
    assert awards(HUGE, "A 10000000000000.00") == f"base {10**27}"
