"""Points per unit of an item: "5 points for each unit, at most 100 a receipt"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Lacking
from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit(Rule):
    """`each` points for every full unit of the items, at most `most` a receipt where that is set.

    Without items: of all lines that it reads.
    """

    kind: ClassVar[str] = "per_unit"
    items: frozenset[str]
    each: int
    most: int | None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"items": ["85123A"], "points": 5, "cap_per_receipt": 100}; with "lines", items may be left out."""
        may_be_left_out = fields.has("lines") and not fields.has("items")
        return cls(
            items=frozenset() if may_be_left_out else frozenset(fields.texts("items", least=1)),
            each=fields.whole("points", least=1),
            most=fields.whole("cap_per_receipt", least=1) if fields.has("cap_per_receipt") else None,
            **common(fields),
        )

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """Full units times points, up to the receipt's cap."""
        units = floor_of(self._milli(reading), 1000)
        uncut = units * self.each
        figures = {"units": units, "each": self.each, "uncut": uncut, "cap": self.most}
        return self._up_to_most(uncut), {"items": sorted(self.items)} | figures if self.items else figures

    def next_step(self, reading: Reading) -> tuple[Lacking, int] | None:
        """The rest of a unit of which there is a part."""
        units, part = divmod(self._milli(reading), 1000)
        return (Lacking("quantity", 1000 - part), self._up_to_most((units + 1) * self.each)) if part else None

    def goods(self) -> frozenset[str] | None:
        """The items, where there are some; else the lines that it reads."""
        return frozenset(f"item:{item}" for item in self.items) if self.items else Rule.goods(self)

    def _milli(self, reading: Reading) -> int:
        if not self.items:
            return sum([line[1] for line in reading.lines])
        return sum([line[1] for line in reading.lines if line[0] in self.items])

    def _up_to_most(self, points: int) -> int:
        return points if self.most is None else min(points, self.most)
