"""A multiplier: "double points in November" is the base once more."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, as_written, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplier(Rule):
    """Base x (factor - 1), floor, as an award of its own (law 5)."""

    kind: ClassVar[str] = "multiplier"
    of: str
    factor: Fraction

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": "base", "factor": "2"}"""
        factor = fields.ratio("factor")
        if factor < 1:
            fields.problem("factor", "below_one")
            factor = Fraction(1)
        return cls(of=fields.text("of"), factor=factor, **common(fields, reads_lines=False))

    def builds_on(self) -> str:
        """The base."""
        return self.of

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """What the factor adds to the base."""
        base = reading.points_of.get(self.of, 0)
        extra = self.factor - 1
        figures = {"of": self.of, "of_points": base, "factor": as_written(self.factor)}
        return floor_of(base * extra.numerator, extra.denominator), figures
