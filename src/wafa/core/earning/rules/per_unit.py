"""Points per unit of an item: "5 points for each unit, at most 100 a receipt"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit(Rule):
    """`each` points for every full unit of the items, at most `most` a receipt where that is set."""

    kind: ClassVar[str] = "per_unit"
    items: frozenset[str]
    each: int
    most: int | None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"items": ["85123A"], "points": 5, "cap_per_receipt": 100}"""
        return cls(
            items=frozenset(fields.texts("items", least=1)),
            each=fields.whole("points", least=1),
            most=fields.whole("cap_per_receipt", least=1) if fields.has("cap_per_receipt") else None,
            **common(fields),
        )

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """Full units times points, up to the receipt's cap."""
        milli = sum(quantity for item, quantity, _, _ in reading.lines if item in self.items)
        units = floor_of(milli, 1000)
        uncut = units * self.each
        points = uncut if self.most is None else min(uncut, self.most)
        return points, {
            "items": sorted(self.items),
            "units": units,
            "each": self.each,
            "uncut": uncut,
            "cap": self.most,
        }
