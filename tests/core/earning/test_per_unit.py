"""Points for each full unit of some items."""

from __future__ import annotations

from tests.core.earning.evaluating import awards
from tests.core.programmes import per_unit, programme
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
