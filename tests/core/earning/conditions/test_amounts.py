"""How much is bought, of the lines that are not excluded."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, facts
from tests.core.earning.trying import fixed, holds, sold
from tests.core.programmes import programme
from tests.core.scenarios import table
from tests.core.telling import awards_told

FROM_100 = {"kind": "amount", "at_least_minor": 10_000}
UP_TO_50 = {"kind": "amount", "at_most_minor": 5_000}
BETWEEN = {"kind": "amount", "at_least_minor": 5_000, "at_most_minor": 10_000}
TWO_TO_THREE = {"kind": "quantity", "at_least": "2", "at_most": "3"}


@table("""
    receipt         | from_100 | up_to_50 | between
    -               | no       | yes      | no
    A 49.99         | no       | yes      | no
    A 50.00         | no       | yes      | yes
    A 50.01         | no       | no       | yes
    A 99.99         | no       | no       | yes
    A 100.00        | yes      | no       | yes
    A 100.01        | yes      | no       | no
    A 60.00, B 40.00 | yes     | no       | yes       # all lines together
""")
def test_the_amount_lies_within_its_bounds(receipt: str, from_100: str, up_to_50: str, between: str) -> None:
    assert holds(FROM_100, receipt) == from_100
    assert holds(UP_TO_50, receipt) == up_to_50
    assert holds(BETWEEN, receipt) == between


@table("""
    receipt                             | plain    | untaxed | before          | both
    A 99.99                             | no       | no      | no              | no
    A 100.00                            | yes      | yes     | yes             | yes
    A 100.00 tax 0.01                   | yes      | no      | yes             | no
    A 99.99 saved 0.01                  | no       | no      | yes             | yes
    A 99.98 saved 0.01                  | no       | no      | no              | no
    A 100.00 tax 5.00 saved 5.00        | yes      | no      | yes             | yes
    A 100.00 tax 5.00 saved 4.99        | yes      | no      | yes             | no
    A 60.00 tax 1.00, B 41.00 saved 1.00 | yes     | yes     | yes             | yes
""")
def test_with_and_without_tax_and_discounts(receipt: str, plain: str, untaxed: str, before: str, both: str) -> None:
    assert holds(FROM_100, receipt) == holds(FROM_100 | {"with_tax": True, "before_discount": False}, receipt) == plain
    assert holds(FROM_100 | {"with_tax": False}, receipt) == untaxed
    assert holds(FROM_100 | {"before_discount": True}, receipt) == before
    assert holds(FROM_100 | {"with_tax": False, "before_discount": True}, receipt) == both


@table("""
    receipt          | held
    A 9.00           | no
    A×1.999 9.00     | no
    A×2 9.00         | yes
    A 1.00, B 1.00   | yes       # of all lines together
    A×0.5 1, B×1.5 1 | yes
    A×3 9.00         | yes
    A×3.001 9.00     | no
""")
def test_the_quantity_lies_within_its_bounds(receipt: str, held: str) -> None:
    assert holds(TWO_TO_THREE, receipt) == held


@table("""
    at_least | receipt    | held
    2.5      | A×2.499 1  | no
    2.5      | A×2.5 1    | yes
    0.001    | A×0.001 1  | yes
    2.050    | A×2.05 1   | yes
    2.050    | A×2.049 1  | no
""")
def test_quantities_are_decimal(at_least: str, receipt: str, held: str) -> None:
    assert holds({"kind": "quantity", "at_least": at_least}, receipt) == held


@table("""
    receipt                | gives
    A 100.00               | visit 10
    A 99.99, POST 50.00    | -            # what is excluded does not count
    A 100.00, POST 50.00   | visit 10
""")
def test_of_what_is_not_excluded(receipt: str, gives: str) -> None:
    assert awards(programme(fixed(when=FROM_100), items=["POST"]), receipt) == gives


@table("""
    receipt           | gives
    A×2 9.00          | visit 10
    A 9.00, POST 1.00 | -
""")
def test_things_are_counted_without_the_excluded_ones(receipt: str, gives: str) -> None:
    assert awards(programme(fixed(when=TWO_TO_THREE), items=["POST"]), receipt) == gives


def test_the_condition_reads_the_whole_receipt_where_the_rule_reads_some_lines() -> None:
    under = programme(fixed(when=FROM_100, lines={"items": ["A"]}))
    assert awards_told(under.evaluate(facts(), sold("A 1.00, B 99.00"))) == "visit 10"
    assert awards_told(under.evaluate(facts(), sold("A 1.00, B 98.99"))) == "-"
