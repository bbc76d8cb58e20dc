"""What a rule reads of a receipt, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

ReceiptLine = tuple[str, int, int, bool]
"""(item, quantity in thousandths, amount in minor units, whether it was discounted), of what the customer still has."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The context of a receipt: all that its rules read besides its lines, kept with it for ever (law 6).

    `headroom`: points that each capped rule, by its code, may still give for this receipt.
    `spent`: eligible amount in minor units of the member's earlier receipts, by period (day, week, month).
    Both name what the programme's rules read, and nothing else.
    """

    occurred_on: date
    tier: str
    earlier_purchases: int
    headroom: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """For keeping with the entry; what is empty is left out."""
        kept: dict[str, object] = {
            "occurred_on": self.occurred_on.isoformat(),
            "tier": self.tier,
            "earlier_purchases": self.earlier_purchases,
        }
        if self.headroom:
            kept["headroom"] = dict(self.headroom)
        if self.spent:
            kept["spent"] = dict(self.spent)
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Facts":
        """The facts as they were kept."""
        return cls(
            date.fromisoformat(kept["occurred_on"]),
            kept["tier"],
            kept["earlier_purchases"],
            kept.get("headroom", {}),
            kept.get("spent", {}),
        )


@dataclass(frozen=True, slots=True)
class Award:
    """A line of the slip: what one rule gave, with the figures it came from."""

    rule: str
    kind: str
    points: int
    qualifying: bool
    figures: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """For the entry's explanation."""
        return {"rule": self.rule, "kind": self.kind, "points": self.points, "figures": self.figures}


@dataclass(slots=True)
class Reading:
    """A receipt under evaluation: its facts, its lines, and the points of the rules evaluated so far.

    `lines` are the eligible ones, `all_lines` the excluded ones too; `points_of` holds points before caps.
    """

    facts: Facts
    all_lines: Sequence[ReceiptLine]
    lines: list[ReceiptLine]
    eligible_minor: int
    points_of: dict[str, int]
