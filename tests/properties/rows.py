"""Rows as the demo's file has them, at random; and the commands that its page makes of such rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.core.world import goods_back, purchase
from wafa.core.commands import Command, Line, Settle

Row = dict[str, str]

LONDON = ZoneInfo("Europe/London")
CODES = ("85123A", "85123A", "85123a", "22423", "22423", "47566", "POST", "M", "gift_0001_20")
CUSTOMERS = ("12346", "17850", "17850", "13047", "")
PRICES = ("0", "0.01", "0.85", "2.55", "2.55", "12.75", "99.99", "330", "1000", "-5")
FIRST_DAY = datetime(2010, 12, 1, 8)  # noqa: DTZ001  as the file writes it: London's own
LAST_DAY = datetime(2011, 12, 10, tzinfo=LONDON)


@st.composite
def files(draw: st.DrawFn) -> list[Row]:
    """A few documents' rows, in any order."""
    documents = draw(st.lists(st.booleans(), min_size=1, max_size=12))
    rows = []
    for number, is_return in enumerate(documents, start=536365):
        day = draw(st.one_of(st.integers(0, 373), st.integers(335, 364)))
        customer = draw(st.sampled_from(CUSTOMERS))
        for _ in range(draw(st.integers(1, 4))):
            rows.append(
                {
                    "InvoiceNo": f"C{number}" if is_return else str(number),
                    "StockCode": draw(st.sampled_from(CODES)),
                    "Quantity": str(draw(st.integers(-12, 1) if is_return else st.integers(-1, 24))),
                    "InvoiceDate": str(FIRST_DAY + timedelta(days=day, minutes=draw(st.integers(0, 3)))),
                    "UnitPrice": draw(st.sampled_from(PRICES)),
                    "CustomerID": customer,
                }
            )
    return draw(st.permutations(rows))


def commands(rows: Iterable[Row]) -> list[Command]:
    """The documents in the order of their times, before the first of a day what runs out that day; and the last day."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(row["InvoiceNo"], []).append(row)
    documents = sorted((min(row["InvoiceDate"] for row in its_rows), number) for number, its_rows in together.items())
    made: list[Command] = []
    for written, number in documents:
        at = datetime.fromisoformat(written).replace(tzinfo=LONDON)
        morning = Settle(at=datetime.combine(at.date(), time(), LONDON))
        if morning not in made:
            made.append(morning)
        document = (goods_back if number.startswith("C") else purchase)(number, at=at)
        lines = tuple(line for row in together[number] if (line := _line(row, number.startswith("C"))))
        if lines:
            made.append(replace(document, lines=lines, member=together[number][0]["CustomerID"] or None))
    return [*made, Settle(at=LAST_DAY)]


def _line(row: Row, is_return: bool) -> Line | None:
    quantity, price = int(row["Quantity"]), Decimal(row["UnitPrice"])
    if is_return:
        return Line(row["StockCode"], -quantity * 1000, 0) if quantity < 0 else None
    if quantity <= 0 or price < 0:
        return None
    pence = (quantity * price * 100).quantize(Decimal(1), ROUND_HALF_EVEN)
    return Line(row["StockCode"], quantity * 1000, int(pence))
