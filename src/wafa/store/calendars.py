"""Calendars whose months are not arithmetic: the table of Umm al-Qura, as a library publishes it."""

from datetime import date
from functools import cache

from hijridate import ummalqura

from wafa.core.values.calendars import Calendars, HijriTable

FIRST_YEAR = 1343
REDUCED_JULIAN = 678_575
"""Ordinal of the day before the first of the reduced Julian days, in which the library counts."""


@cache
def calendars() -> Calendars:
    """The calendars that programmes count in; the table of Hijri months is read once a process."""
    firsts = tuple(date.fromordinal(day + REDUCED_JULIAN) for day in ummalqura.MONTH_STARTS)
    return Calendars(HijriTable(FIRST_YEAR, 1, firsts))
