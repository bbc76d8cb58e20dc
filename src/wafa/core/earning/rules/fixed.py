"""So many points a receipt: "50 points for an order", "a stamp for a coffee"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed(Rule):
    """`each` points for a receipt with an eligible amount above zero, of the lines that the rule reads."""

    kind: ClassVar[str] = "fixed"
    each: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 50}"""
        return cls(each=fields.whole("points", least=1), **common(fields))

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """All or nothing."""
        return self.each if reading.eligible_minor > 0 else 0, {"eligible_minor": reading.eligible_minor}
