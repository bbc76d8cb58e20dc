"""A receipt under a programme, told as text."""

from __future__ import annotations

from datetime import date

from tests.core.scenarios import goods
from tests.core.telling import awards_told
from wafa.core.earning.reading import Facts
from wafa.core.programme import Programme


def awards(programme: Programme, receipt: str, before: str = "bronze", on: str = "2011-01-05") -> str:
    """What the receipt is given; `before` is the tier held, and after it, if there are any, the earlier purchases."""
    tier, _, earlier = before.partition(", ")
    facts = Facts(date.fromisoformat(on), tier, int(earlier.removesuffix(" earlier") or 0))
    lines = [(line.item, line.quantity_milli, line.amount_minor) for line in goods(receipt)]
    return awards_told(programme.evaluate(facts, lines))
