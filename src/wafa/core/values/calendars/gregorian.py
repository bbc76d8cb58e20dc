"""The Gregorian calendar, as `date` counts it."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from wafa.core.values.calendars.base import Calendar

_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


@dataclass(frozen=True, slots=True)
class GregorianCalendar(Calendar):
    """Years begin on 1 January; every fourth is a leap year, but of the full centuries only every fourth."""

    def begins(self, month: int) -> int:
        """See `Calendar.begins`."""
        year, months_before = divmod(month, 12)
        full = year - 1
        leap_day = int(months_before > 1 and isleap(year))
        return 1 + full * 365 + full // 4 - full // 100 + full // 400 + _DAYS_BEFORE[months_before] + leap_day

    def near(self, day: date) -> int:
        """See `Calendar.near`; here it is that very month."""
        return day.year * 12 + day.month - 1


GREGORIAN = GregorianCalendar()
