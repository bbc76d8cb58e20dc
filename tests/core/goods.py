"""Goods, amounts and instants as stories write them."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from decimal import Decimal

from wafa.core.commands import Line


def instant(text: str, zone: tzinfo) -> datetime:
    """`2011-01-05` or `2011-01-05 10:30`, by the merchant's clock; noon where no hour is said."""
    return datetime.fromisoformat(text if ":" in text else f"{text} 12:00").replace(tzinfo=zone)


def times(text: str, zone: tzinfo) -> dict[str, datetime]:
    """`2011-01-05 at 2011-09-01`: when it happened, and when it is counted."""
    occurred, _, at = text.partition(" at ")
    return {"occurred_at": instant(occurred, zone), "at": instant(at or occurred, zone)}


def goods(text: str) -> tuple[Line, ...]:
    """`A×2 20.00, B 5.50`: two of A for 20.00 together and a B for 5.50; what comes back needs no amount.

    `B 5.50 reduced` had a discount.
    """
    return tuple(_goods_line(each) for each in text.split(", "))


def _goods_line(text: str) -> Line:
    text, reduced, _ = text.partition(" reduced")
    item, amount = text.rsplit(" ", 1) if re.search(r" -?\d", text) else (text, "0")
    code, _, quantity = item.partition("×")
    return Line(code, scaled(quantity or "1", 1000), scaled(amount, 100), discount_minor=1 if reduced else None)


def scaled(text: str, by: int) -> int:
    """`5.50` by 100: 550."""
    figure = Decimal(text) * by
    if figure != int(figure):
        raise ValueError(f"{text} has more places than it may")
    return int(figure)
