"""Points per amount: "1 point for each full 1.00 of the receipt's eligible amount"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Lacking
from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of

STEPS, PROPORTIONAL = MODES = ("steps", "proportional")


@dataclass(frozen=True, slots=True, kw_only=True)
class PerAmount(Rule):
    """`each` points for every full `per_minor` of the eligible amount, or in proportion; one floor for the receipt."""

    kind: ClassVar[str] = "per_amount"
    each: int
    per_minor: int
    mode: str = STEPS

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 1, "per_minor": 100}, and "mode": "proportional"."""
        return cls(
            each=fields.whole("points", least=1),
            per_minor=fields.whole("per_minor", least=1),
            mode=fields.one_of("mode", MODES) or STEPS if fields.has("mode") else STEPS,
            **common(fields),
        )

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """Full steps times points; in proportion: the amount times points by the step."""
        figures = {"eligible_minor": reading.eligible_minor, "per_minor": self.per_minor, "each": self.each}
        if self.mode == PROPORTIONAL:
            return self._of(reading.eligible_minor), figures | {"mode": PROPORTIONAL}
        return floor_of(reading.eligible_minor, self.per_minor) * self.each, figures

    def next_step(self, reading: Reading) -> tuple[Lacking, int]:
        """The next full step; in proportion: the next point."""
        amount = reading.eligible_minor
        if self.mode == STEPS:
            missing = self.per_minor - amount % self.per_minor
        else:
            next_amount = -(-(self._of(amount) + 1) * self.per_minor // self.each)
            missing = next_amount - amount
        return Lacking("amount", missing), self._of(amount + missing)

    def _of(self, minor: int) -> int:
        if self.mode == STEPS:
            return floor_of(minor, self.per_minor) * self.each
        return floor_of(minor * self.each, self.per_minor)
