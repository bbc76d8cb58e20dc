"""A welcome: so many points on the first purchase."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPurchase(Rule):
    """`each` points when no earlier purchase still holds an eligible amount above zero, and this one has one."""

    kind: ClassVar[str] = "first_purchase"
    each: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 100}"""
        return cls(each=fields.whole("points", least=1), **common(fields))

    def at_most(self, reading: Reading) -> int:
        """It may be the first."""
        return self.each

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """All or nothing."""
        first = reading.facts.earlier_purchases == 0 and reading.eligible_minor > 0
        return self.each if first else 0, {}

    def why_nothing(self, reading: Reading) -> dict[str, Any]:
        """How many there were before."""
        return {"earlier_purchases": reading.facts.earlier_purchases, "eligible_minor": reading.eligible_minor}
