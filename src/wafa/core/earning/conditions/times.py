"""When it happened, by the merchant's clock: days of the week, hours, days from and to."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Leaf
from wafa.core.earning.conditions.one_of import SingleOf
from wafa.core.earning.facts import MINUTE
from wafa.core.earning.reading import Reading
from wafa.core.values.calendar import Window
from wafa.core.values.fields import Fields

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
MIDNIGHT = 24 * 60


class Weekday(SingleOf):
    """It happened on one of the days of the week."""

    __slots__ = ()
    kind: ClassVar[str] = "weekday"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": ["friday", "saturday"]}"""
        days = frozenset(fields.texts("of", least=1))
        if not days <= set(WEEKDAYS):
            fields.problem("of", "not_a_weekday")
        return cls(days)

    def present(self, reading: Reading) -> list[str]:
        """The day of the week."""
        return [WEEKDAYS[reading.facts.occurred_on.weekday()]]


@dataclass(frozen=True, slots=True)
class Hours(Leaf):
    """It happened from one time of the day until before another; past midnight where the second is the earlier one."""

    kind: ClassVar[str] = "hours"
    first: int
    end: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"from": "16:00", "to": "18:00"}; the end of the day is 24:00."""
        hours = cls(_minute(fields, "from"), _minute(fields, "to", or_midnight=True))
        if hours.first == hours.end:
            fields.problem("to", "never_holds")
        return hours

    def holds(self, reading: Reading) -> bool:
        """The beginning included, the end not."""
        minute: int = reading.facts.more[MINUTE]
        if self.first < self.end:
            return self.first <= minute < self.end
        return minute >= self.first or minute < self.end

    def miss(self, reading: Reading) -> dict[str, Any]:
        """In minutes of the day."""
        return {"from": self.first, "to": self.end, "minute": reading.facts.more[MINUTE]}

    def facts_read(self) -> frozenset[str]:
        """The minute of the day."""
        return frozenset({MINUTE})


@dataclass(frozen=True, slots=True)
class Dates(Leaf):
    """It happened on one of these days, both ends included."""

    kind: ClassVar[str] = "dates"
    window: Window

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"from": "2026-11-01", "to": "2026-11-30"}, either of them or both."""
        if not fields.has("from") and not fields.has("to"):
            fields.problem("from", "missing")
        return cls(read_days(fields))

    def holds(self, reading: Reading) -> bool:
        """By the day of the purchase."""
        return self.window.holds(reading.facts.occurred_on)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The days, and the day."""
        return missed_days(self.window, reading)


def read_days(fields: Fields) -> Window:
    """{"from": "2026-11-01", "to": "2026-11-30"}"""
    window = Window(fields.day("from"), fields.day("to"))
    if window.first and window.last and window.first > window.last:
        fields.problem("to", "before_from")
    return window


def missed_days(window: Window, reading: Reading) -> dict[str, Any]:
    """The figures of days on which it did not happen."""
    ends = {"from": window.first, "to": window.last, "day": reading.facts.occurred_on}
    return {name: day.isoformat() if day else None for name, day in ends.items()}


def _minute(fields: Fields, name: str, *, or_midnight: bool = False) -> int:
    text = fields.text(name)
    if or_midnight and text == "24:00":
        return MIDNIGHT
    if _TIME.fullmatch(text):
        return int(text[:2]) * 60 + int(text[3:])
    if text:
        fields.problem(name, "not_a_time")
    return MIDNIGHT if or_midnight else 0
