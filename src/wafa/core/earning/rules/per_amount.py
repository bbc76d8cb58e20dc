"""Points per amount: "1 point for each full 1.00 of the receipt's eligible amount"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PerAmount(Rule):
    """`each` points for every full `per_minor` of the eligible amount; one floor for the receipt."""

    kind: ClassVar[str] = "per_amount"
    each: int
    per_minor: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 1, "per_minor": 100}"""
        return cls(
            each=fields.whole("points", least=1),
            per_minor=fields.whole("per_minor", least=1),
            **common(fields),
        )

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """Full steps times points."""
        figures = {"eligible_minor": reading.eligible_minor, "per_minor": self.per_minor, "each": self.each}
        return floor_of(reading.eligible_minor, self.per_minor) * self.each, figures
