"""What a rule reads of a receipt, and what it answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

ReceiptLine = tuple[str, int, int]
"""(item, quantity in thousandths, amount in minor units), of what the customer still has."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The context of a receipt: all that its rules read besides its lines, kept with it for ever (law 6)."""

    occurred_on: date
    tier: str
    earlier_purchases: int

    def as_json(self) -> dict[str, object]:
        """For keeping with the entry."""
        return {
            "occurred_on": self.occurred_on.isoformat(),
            "tier": self.tier,
            "earlier_purchases": self.earlier_purchases,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Facts":
        """The facts as they were kept."""
        return cls(date.fromisoformat(kept["occurred_on"]), kept["tier"], kept["earlier_purchases"])


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
    """A receipt under evaluation: its facts, its eligible lines, and the points of the rules evaluated so far."""

    facts: Facts
    lines: list[ReceiptLine]
    eligible_minor: int
    points_of: dict[str, int]
