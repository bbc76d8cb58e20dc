"""When points can be spent: at once, after the days in which goods may come back, or once something has happened."""

from dataclasses import dataclass
from typing import Self

from wafa.core.values.fields import Fields

AT_ONCE, AFTER_DAYS, ON_EVENT = KINDS = ("at_once", "after_days", "on_event")
DAYS_MOST = 3660


@dataclass(frozen=True, slots=True)
class Availability:
    """One of the three kinds; `days` is above 0 for after_days alone."""

    kind: str = AT_ONCE
    days: int = 0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"kind": "at_once"}, {"kind": "after_days", "days": 14} or {"kind": "on_event"}."""
        kind = fields.one_of("kind", KINDS)
        if kind is None:
            return cls()
        days = fields.whole("days", least=1, most=DAYS_MOST) if kind == AFTER_DAYS else 0
        fields.done()
        return cls(kind, days)
