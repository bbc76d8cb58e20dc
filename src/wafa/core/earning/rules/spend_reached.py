"""A bonus once so much is spent: "500 points when 1,000.00 are reached in a month"."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.caps import Cap
from wafa.core.earning.conditions.base import Lacking
from wafa.core.earning.reading import Reading
from wafa.core.earning.rules.base import Rule, common
from wafa.core.values.calendar import SPANS
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendReached(Rule):
    """`each` points on the receipt with which the member's eligible spend of the period reaches `minor`.

    The rule is its own cap, over the same period: where returns let the spend fall and it is reached again, the points
    are not given twice as long as the first receipt holds them.
    """

    kind: ClassVar[str] = "spend_reached"
    each: int
    minor: int
    per: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 500, "minor": 100000, "per": "month"}"""
        each = fields.whole("points", least=1)
        per = fields.one_of("per", SPANS) or SPANS[0]
        own = common(fields, Cap(each, per), reads_lines=False)
        return cls(each=each, minor=fields.whole("minor", least=1), per=per, **own)

    def windows_read(self) -> frozenset[str]:
        """Its own, and those of its conditions."""
        return frozenset({self.per}).union(*(leaf.windows_read() for leaf in self.leaves()))

    def at_most(self, reading: Reading) -> int:
        """It may be reached."""
        return self.each

    def next_step(self, reading: Reading) -> tuple[Lacking, int] | None:
        """What is missing up to the sum."""
        missing = self.minor - reading.facts.spent[self.per] - reading.eligible_minor
        return (Lacking("spent", missing), self.each) if missing > 0 else None

    def points(self, reading: Reading) -> tuple[int, dict[str, Any]]:
        """All or nothing: below before this receipt, reached with it."""
        before = reading.facts.spent[self.per]
        reached = before < self.minor <= before + reading.eligible_minor
        return self.each if reached else 0, {
            "per": self.per,
            "minor": self.minor,
            "spent_before": before,
            "eligible_minor": reading.eligible_minor,
        }
