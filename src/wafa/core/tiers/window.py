"""The windows that qualify: which days' progress counts for the tier on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from wafa.core.values.calendar import Window, months_later
from wafa.core.values.calendars import Calendars


class QualifyingWindow(Protocol):
    """Which days count. The best of its spans decides, so that each can support a tier by itself."""

    def spans(self, today: date, calendars: Calendars) -> tuple[Window, ...]:
        """The spans whose progress counts today, oldest first; the last one is still growing.

        It has no end: what a till's clock, a little ahead, dates tomorrow lifts at once.
        """


_EVERYTHING = (Window(),)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Everything ever."""

    def spans(self, today: date, calendars: Calendars) -> tuple[Window, ...]:
        """One span, open at both ends."""
        return _EVERYTHING


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of a calendar, by its code; what is earned in one year is held to the end of the next."""

    calendar: str

    def spans(self, today: date, calendars: Calendars) -> tuple[Window, ...]:
        """The year before and the year so far."""
        calendar = calendars.named(self.calendar)
        first = calendar.first_of_year(today)
        day_before = first - timedelta(days=1)
        return Window(calendar.first_of_year(day_before), day_before), Window(first)


@dataclass(frozen=True, slots=True)
class RollingMonths:
    """So many Gregorian months, today's included."""

    months: int

    def spans(self, today: date, calendars: Calendars) -> tuple[Window, ...]:
        """From the first day of the earliest of these months on."""
        return _since(today.replace(day=1), self.months)


@lru_cache(maxsize=1024)
def _since(month: date, months: int) -> tuple[Window, ...]:
    """The same for every member whose day lies in that month."""
    return (Window(months_later(month, 1 - months)),)
