"""The Hijri calendar (Islamic, lunar): by a table where one is given, and by the tabular calendar around it.

The months of Umm al-Qura, Saudi Arabia's civil calendar, follow the computed moon over Mecca and are published, so they
enter as a value. Where the table is silent, the arithmetic ("civil" or "tabular") calendar counts: 11 leap years in 30
(2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29), from Friday 16 July 622 Julian; as in Reingold and Dershowitz, *Calendrical
Calculations* (4th edition, 2018), chapter 7. The two differ by up to two days, so the months that meet at an end of
the table may be some days shorter or longer than a moon; no day is left out or counted twice.
"""

from dataclasses import dataclass
from datetime import date

from wafa.core.values.calendars.base import Calendar

_EPOCH_ORDINAL = 227_015
_CYCLE_MONTHS = 30 * 12
_CYCLE_DAYS = 30 * 354 + 11
_MOST_DAYS_APART = 3


@dataclass(frozen=True, slots=True)
class HijriTable:
    """The first days of consecutive months, from a month of a year (AH) on; the last one only closes the month before.

    Raises ValueError where one is more than three days away from the tabular calendar's, so that none can be left out,
    doubled or numbered as another. (How many days a month has proves nothing: the published ones have 28 to 31.)
    """

    year: int = 1
    month: int = 1
    firsts: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is no month")
        for month, first in enumerate(self.firsts, start=self._month):
            if abs(first.toordinal() - _tabular(month)) > _MOST_DAYS_APART:
                raise ValueError(f"month {month % 12 + 1} of {month // 12} cannot begin on {first}")

    def begins(self, month: int) -> int | None:
        """The ordinal of a month's first day (see `Calendar` for its number); None: the table does not say."""
        index = month - self._month
        return self.firsts[index].toordinal() if 0 <= index < len(self.firsts) else None

    @property
    def _month(self) -> int:
        """The number of the first month, as `Calendar` counts them."""
        return self.year * 12 + self.month - 1


NO_TABLE = HijriTable()
"""All months by the tabular calendar."""


@dataclass(frozen=True, slots=True)
class HijriCalendar(Calendar):
    """Twelve moons a year, of 29 or 30 days; quarters begin with Muharram, Rabi II, Rajab and Shawwal."""

    table: HijriTable

    def begins(self, month: int) -> int:
        """See `Calendar.begins`."""
        published = self.table.begins(month)
        return _tabular(month) if published is None else published

    def near(self, day: date) -> int:
        """See `Calendar.near`."""
        return 12 + (day.toordinal() - _EPOCH_ORDINAL) * _CYCLE_MONTHS // _CYCLE_DAYS


def _tabular(month: int) -> int:
    """The ordinal of a month's first day by the tabular calendar: months of 30 and 29 days in turn, and leap days."""
    year, months_before = divmod(month, 12)
    leap_days = (11 * year + 3) // 30
    return _EPOCH_ORDINAL + (year - 1) * 354 + leap_days + months_before * 29 + (months_before + 1) // 2
