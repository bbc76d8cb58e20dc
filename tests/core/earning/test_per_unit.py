"""Points for each full unit of some items."""

from __future__ import annotations

from tests.core.earning.evaluating import awards, facts, lines, only_award
from tests.core.programmes import per_unit, programme, programme_with, rule, unit
from tests.core.scenarios import table

FIVE_EACH = programme(per_unit("A", "B"))
CAPPED = programme(per_unit("A", points=5, cap_per_receipt=12))


@table("""
    receipt                   | gives
    A 1.00                    | unit 5
    A×3 1.00                  | unit 15
    A×2 1.00, B 1.00          | unit 15     # any of the items
    A 0.00                    | unit 5      # a price of 0 is a sale
    C×9 9.00                  | -
    a×9 9.00                  | -           # codes are case-sensitive
    A×0.999 1.00              | -           # full units alone ...
    A×1.999 1.00              | unit 5
    A×0.5 1.00, A×0.5 1.00    | unit 5      # ... of all lines together
    A×0.4 1.00, B×0.6 1.00    | unit 5
    A×0.333 1.00, A×2.667 1   | unit 15
    A×0.001 1.00              | -
    A×1000000000 1.00         | unit 5000000000
""")
def test_full_units_of_decimal_quantities(receipt: str, gives: str) -> None:
    assert awards(FIVE_EACH, receipt) == gives


@table("""
    receipt          | gives
    A 1.00           | unit 5
    A×2 1.00         | unit 10
    A×3 1.00         | unit 12        # the cap cuts points, not units
    A×100 1.00       | unit 12
    A×2 1, A×50 1.00 | unit 12        # and is the receipt's
""")
def test_the_cap_of_a_receipt(receipt: str, gives: str) -> None:
    assert awards(CAPPED, receipt) == gives


@table("""
    receipt                    | gives
    A 1.00                     | unit 5
    A×2 1.00, B×3 1.00         | unit 25     # all the lines that it reads
    A×0.5 1.00, B×0.5 1.00     | unit 5
    C×9 1.00                   | -
    A 1.00 reduced, B 1.00     | unit 5
""")
def test_without_items_it_counts_the_lines_that_it_reads(receipt: str, gives: str) -> None:
    fields = {"points": 5, "lines": {"items": ["A", "B"], "discounted": False}}
    assert awards(programme(rule("per_unit", "unit", **fields)), receipt) == gives


@table("""
    receipt                | gives
    A×2 1.00               | unit 10
    A×2 1.00 reduced       | -            # both must be so
    B×2 1.00               | -
    A 1.00, A 1.00 reduced | unit 5
""")
def test_with_items_it_counts_those_among_the_lines(receipt: str, gives: str) -> None:
    assert awards(programme(per_unit("A", lines={"discounted": False})), receipt) == gives


def test_an_empty_filter_is_every_line() -> None:
    assert awards(programme(rule("per_unit", "unit", points=5, lines={})), "A 1.00, B×2 1.00") == "unit 15"


def test_stamps_by_the_unit() -> None:
    under = programme_with(per_unit("COFFEE", points=1, unit="stamps"), units=[unit("stamps")])
    [award] = under.evaluate(facts(), lines("COFFEE×3 9.00, TEA 2.00"))
    assert (award.points, award.unit) == (3, "stamps")


def test_its_figures_name_the_items_where_there_are_some() -> None:
    counted = {"units": 3, "each": 5, "uncut": 15, "cap": 12}
    assert only_award(CAPPED, "A×3 1.00").figures == {"items": ["A"]} | counted
    by_lines = programme(rule("per_unit", "unit", points=5, cap_per_receipt=12, lines={"items": ["A"]}))
    assert only_award(by_lines, "A×3 1.00").figures == counted
