"""A receipt under a programme, told as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.core.scenarios import goods
from tests.core.telling import awards_told
from wafa.core.earning.reading import Award, Facts, ReceiptLine
from wafa.core.programme import Programme

_REDUCED = " reduced"


def awards(
    programme: Programme,
    receipt: str,
    before: str = "bronze",
    on: str = "2011-01-05",
    headroom: str = "",
    spent: str = "",
) -> str:
    """What the receipt is given; `before` is the tier held, and after it, if there are any, the earlier purchases."""
    return awards_told(programme.evaluate(facts(before, on, headroom, spent), lines(receipt)))


def only_award(programme: Programme, receipt: str, headroom: str = "", spent: str = "") -> Award:
    """The one award of a receipt, with its figures."""
    [award] = programme.evaluate(facts(headroom=headroom, spent=spent), lines(receipt))
    return award


def facts(before: str = "bronze", on: str = "2011-01-05", headroom: str = "", spent: str = "") -> Facts:
    """`headroom="base 5, unit 0"`: what caps leave; `spent="month 900.00"`: what was spent before."""
    tier, _, earlier = before.partition(", ")
    return Facts(
        date.fromisoformat(on),
        tier,
        int(earlier.removesuffix(" earlier") or 0),
        {code: int(points) for code, points in _pairs(headroom)},
        {per: int(Decimal(amount) * 100) for per, amount in _pairs(spent)},
    )


def lines(receipt: str) -> list[ReceiptLine]:
    """`A×2 8.00, B 5.00 reduced`: two of A, and a B with a discount; `-` is a receipt with nothing left on it."""
    return [_line(text) for text in receipt.split(", ")] if receipt != "-" else []


def _line(text: str) -> ReceiptLine:
    [line] = goods(text.removesuffix(_REDUCED))
    return line.item, line.quantity_milli, line.amount_minor, text.endswith(_REDUCED)


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (part.split() for part in text.split(", ") if part)]
