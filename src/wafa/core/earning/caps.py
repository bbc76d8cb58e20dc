"""Caps: how many points a rule gives a member at most in a day, a week or a month."""

from dataclasses import dataclass
from typing import Any, Self

from wafa.core.values.calendar import SPANS
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `points` per member and period, counted by the day on which the purchases happened."""

    points: int
    per: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"points": 100, "per": "day"}"""
        cap = cls(fields.whole("points", least=1), fields.one_of("per", SPANS) or SPANS[0])
        fields.done()
        return cap

    def headroom(self, held: int) -> int:
        """Points that it leaves for a receipt, where earlier receipts of the period still hold so many of the rule.

        None where they hold more than the cap, as after a version that lowered it.
        """
        return max(0, self.points - held)

    def cut(self, points: int, headroom: int, figures: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The points down to the headroom; where that takes any, the figures say so.

        `uncut` is what the rule would give without any cap: a kind that has said so already is not overruled.
        """
        if points <= headroom:
            return points, figures
        return headroom, {"uncut": points} | figures | {"headroom": headroom, "per": self.per}
