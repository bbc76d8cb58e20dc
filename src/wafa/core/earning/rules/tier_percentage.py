"""A percentage of the base by the tier held before the receipt: "silver 25 % more, gold 50 % more"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPercentage(Rule):
    """Base x percentage of the tier, floor."""

    kind: ClassVar[str] = "tier_percentage"
    of: str
    percent: dict[str, int]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": "base", "percent": {"silver": 25, "gold": 50}}"""
        return cls(of=fields.text("of"), percent=fields.shares("percent"), **common(fields, reads_lines=False))

    def builds_on(self) -> str:
        """The base."""
        return self.of

    def tiers_named(self) -> frozenset[str]:
        """Those with a percentage."""
        return frozenset(self.percent)

    def at_most(self, reading: Reading) -> int:
        """The highest tier's share."""
        return floor_of(reading.points_of.get(self.of, 0) * max(self.percent.values(), default=0), 100)

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """The tier's share of the base."""
        percent = self.percent.get(reading.facts.tier, 0)
        base = reading.points_of.get(self.of, 0)
        figures = {"of": self.of, "of_points": base, "tier": reading.facts.tier, "percent": percent}
        return floor_of(base * percent, 100), figures
