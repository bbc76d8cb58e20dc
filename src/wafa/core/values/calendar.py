"""Days and months of the Gregorian calendar, as the rules count them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day (31 August + 6 = 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included; an end that is None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
