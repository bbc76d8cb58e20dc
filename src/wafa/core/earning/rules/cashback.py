"""A share of the amount as money: "2.5 % back as store credit"."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, as_written, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cashback(Rule):
    """The eligible amount x percent / 100, floor, in minor units of a wallet of money."""

    kind: ClassVar[str] = "cashback"
    percent: Fraction

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"percent": "2.5", "unit": "credit"}"""
        percent = fields.ratio("percent")
        if percent > 100:
            fields.problem("percent", "out_of_bounds")
        return cls(percent=percent, **common(fields, unit=None))

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """The share."""
        figures = {"eligible_minor": reading.eligible_minor, "percent": as_written(self.percent)}
        return floor_of(reading.eligible_minor * self.percent.numerator, 100 * self.percent.denominator), figures
