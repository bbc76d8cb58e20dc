"""Spans of days, and the Gregorian ones that rules count in; other calendars: `wafa.core.values.calendars`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from wafa.core.values.calendars.base import day_at
from wafa.core.values.calendars.gregorian import GREGORIAN

SPANS = ("day", "week", "month")
"""The spans over which caps and spending count."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included; an end that is None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@lru_cache(maxsize=4096)
def months_later(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day (31 August + 6 = 28 February)."""
    return GREGORIAN.months_later(day, months)


def week_of(day: date) -> date:
    """The Monday of the week that holds the day."""
    return day - timedelta(days=day.weekday())


def period_of(day: date, span: str) -> Window:
    """The day itself, or the week (from Monday) or Gregorian month that holds it; `span` is one of SPANS."""
    match span:
        case "day":
            return Window(day, day)
        case "week":
            monday = week_of(day)
            return Window(monday, day_at(monday.toordinal() + 6))
        case "month":
            return Window(GREGORIAN.first_of_month(day), GREGORIAN.end_of_month(day))
    raise ValueError(f"no span is named {span}")
