"""Points for each full so much of the eligible amount."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, only_award
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


@table("""
    receipt         | gives
    A 3.33          | -
    A 3.34          | base 1       # 3.34 x 3 / 10
    A 6.66          | base 1
    A 6.67          | base 2
    A 9.99          | base 2
    A 10.00         | base 3
    A 1.67, B 1.67  | base 1       # one floor for the receipt
    A 0.00          | -
    -               | -
    A 9999999999.99 | base 2999999999
""")
def test_in_proportion(receipt: str, gives: str) -> None:
    assert awards(programme(per_amount(points=3, per_minor=1000, mode="proportional")), receipt) == gives


def test_in_proportion_the_figures_say_so() -> None:
    steps, said = per_amount(points=3, per_minor=1000), per_amount(points=3, per_minor=1000, mode="steps")
    assert programme(steps).rules == programme(said).rules
    plain = {"eligible_minor": 1000, "per_minor": 1000, "each": 3}
    assert only_award(programme(steps), "A 10.00").figures == plain
    in_proportion = programme(per_amount(points=3, per_minor=1000, mode="proportional"))
    assert only_award(in_proportion, "A 10.00").figures == plain | {"mode": "proportional"}


@table("""
    receipt                  | gives
    A 5.00, B 9.00           | base 5
    B 9.00                   | -
    A 0.60, A 0.60, B 9.00   | base 1
""")
def test_of_some_lines_alone(receipt: str, gives: str) -> None:
    under = programme(per_amount(lines={"items": ["A"]}))
    assert awards(under, receipt) == gives
