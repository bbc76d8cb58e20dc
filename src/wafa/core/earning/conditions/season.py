"""A season of every year, by the calendar that it is counted in: Ramadan, Nowruz, the summer."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Leaf
from wafa.core.earning.facts import HIJRI, JALALI
from wafa.core.earning.lists import numbers
from wafa.core.earning.reading import Reading
from wafa.core.values.calendars import CALENDARS
from wafa.core.values.calendars.gregorian import GREGORIAN
from wafa.core.values.fields import Fields

MonthDay = tuple[int, int]

_DAYS = {
    "gregorian": (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31),
    "jalali": (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30),
    "hijri": (30,) * 12,
}
"""The days that each month has at most."""
_FACTS = {"jalali": JALALI, "hijri": HIJRI}


@dataclass(frozen=True, slots=True)
class Season(Leaf):
    """From a day of a month to another, both included, every year; past the new year where the second is the earlier.

    A day that a month lacks this year is its last one: 30 Ramadan is the 29th in a year that has no 30th.
    """

    kind: ClassVar[str] = "season"
    calendar: str
    first: MonthDay
    last: MonthDay

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"calendar": "hijri", "from": [9, 1], "to": [9, 30]} is Ramadan."""
        calendar = fields.one_of("calendar", CALENDARS) or CALENDARS[0]
        return cls(calendar, _month_day(fields, "from", calendar), _month_day(fields, "to", calendar))

    def holds(self, reading: Reading) -> bool:
        """By the day of the purchase."""
        month, day, is_last = self._today(reading)
        begun = (month, _DAYS[self.calendar][month - 1] if is_last else day) >= self.first
        not_over = (month, day) <= self.last
        return begun and not_over if self.first <= self.last else begun or not_over

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The season, and the day in its calendar."""
        month, day, _ = self._today(reading)
        return {"calendar": self.calendar, "from": list(self.first), "to": list(self.last), "day": [month, day]}

    def facts_read(self) -> frozenset[str]:
        """The day in a calendar other than the Gregorian."""
        return frozenset({_FACTS[self.calendar]} if self.calendar in _FACTS else ())

    def _today(self, reading: Reading) -> tuple[int, int, bool]:
        """Month, day, and whether it is the month's last."""
        if self.calendar == CALENDARS[0]:
            on = reading.facts.occurred_on
            return on.month, on.day, GREGORIAN.end_of_month(on) == on
        _, month, day, last = reading.facts.more[_FACTS[self.calendar]]
        return month, day, day == last


def _month_day(fields: Fields, name: str, calendar: str) -> MonthDay:
    found = numbers(fields, name)
    if len(found) == 2 and 1 <= found[0] <= 12 and 1 <= found[1] <= _DAYS[calendar][found[0] - 1]:
        return found[0], found[1]
    fields.problem(name, "not_a_month_and_day")
    return 1, 1
