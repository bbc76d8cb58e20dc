"""The Jalali calendar (Solar Hijri, the civil calendar of Iran), by its cycle of 33 years.

The calendar itself is astronomical: its year begins with the first noon in Tehran after the equinox. Kazimierz M.
Borkowski ("The Persian calendar for 3000 years", Earth, Moon, and Planets 74, 1996, pp. 223-230) found that its leap
years come every fourth year, and once in 33 years only after five; and named the "break years" at which that cycle
starts afresh. The break at 1210 AP holds until 1635, so one formula gives all the years that a shop can have: those
from 1178 to 1633 AP (1799 to 2255). Outside of them the cycle is simply carried on.
"""

from dataclasses import dataclass
from datetime import date

from wafa.core.values.calendars.base import Calendar

_BREAK_YEAR = 1210
_BREAK_ORDINAL = date(1831, 3, 21).toordinal()
_CYCLE_YEARS = 33
_CYCLE_DAYS = 33 * 365 + 8


@dataclass(frozen=True, slots=True)
class JalaliCalendar(Calendar):
    """Six months of 31 days, five of 30, and Esfand of 29, or 30 in a leap year; the year begins at Nowruz."""

    def begins(self, month: int) -> int:
        """See `Calendar.begins`."""
        year, months_before = divmod(month, 12)
        return _nowruz(year) + months_before * 31 - max(months_before - 6, 0)

    def near(self, day: date) -> int:
        """See `Calendar.near`."""
        return _BREAK_YEAR * 12 + (day.toordinal() - _BREAK_ORDINAL) * _CYCLE_YEARS * 12 // _CYCLE_DAYS


def _nowruz(year: int) -> int:
    """The ordinal of 1 Farvardin. A cycle has its leap years at 0, 4, 8 ... 28; from there it is five to the next."""
    cycles, years = divmod(year - _BREAK_YEAR, _CYCLE_YEARS)
    leap_days = (years + 3) // 4
    return _BREAK_ORDINAL + cycles * _CYCLE_DAYS + years * 365 + leap_days


JALALI = JalaliCalendar()
