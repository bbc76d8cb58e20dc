"""What the tests of all calendars share: the calendars themselves, and a table of Umm al-Qura that is short enough."""

from __future__ import annotations

from datetime import date

from wafa.core.values.calendars import ARITHMETIC, CALENDARS, Calendar, Calendars, HijriTable

UMM_AL_QURA = HijriTable(
    1432,
    1,
    tuple(
        date.fromisoformat(first)
        for first in """
            2010-12-07 2011-01-05 2011-02-04 2011-03-06 2011-04-05 2011-05-04
            2011-06-03 2011-07-02 2011-08-01 2011-08-30 2011-09-29 2011-10-28
            2011-11-26 2011-12-26 2012-01-24 2012-02-23 2012-03-24 2012-04-22
            2012-05-22 2012-06-21 2012-07-20 2012-08-19 2012-09-17 2012-10-17
            2012-11-15 2012-12-14 2013-01-13 2013-02-11 2013-03-13 2013-04-11
            2013-05-11 2013-06-10 2013-07-09 2013-08-08 2013-09-07 2013-10-06
            2013-11-04
        """.split()
    ),
)
"""The months of 1432 to 1434 AH as published; the last day closes them."""

PUBLISHED = Calendars(UMM_AL_QURA)


def every_calendar() -> list[Calendar]:
    """Each kind, the Hijri one with a table and without."""
    return [ARITHMETIC.named(code) for code in CALENDARS] + [PUBLISHED.named("hijri")]


def in_calendar(calendar: Calendar, day: date) -> list[int]:
    """The day as the conditions of rules read it: year, month, day, and the month's last day."""
    month = calendar.month_of(day)
    first, following = calendar.begins(month), calendar.begins(month + 1)
    return [month // 12, month % 12 + 1, day.toordinal() - first + 1, following - first]
