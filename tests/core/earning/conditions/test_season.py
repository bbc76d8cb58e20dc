"""Seasons of every year, in three calendars."""

from __future__ import annotations

from tests.core.earning.trying import holds
from tests.core.programmes import Json
from tests.core.scenarios import table


def season(calendar: str, ends: str) -> Json:
    """`9/1 9/30` of a calendar: from a month's day to another's."""
    first, last = ([int(part) for part in end.split("/")] for end in ends.split())
    return {"kind": "season", "calendar": calendar, "from": first, "to": last}


def day(text: str) -> list[int]:
    """`1432/9/29 of 29`: a day in a calendar, with the last day of its month."""
    written, _, last = text.partition(" of ")
    return [*(int(part) for part in written.split("/")), int(last)]


@table("""
    ends       | on         | held
    6/1 8/31   | 2011-05-31 | no
    6/1 8/31   | 2011-06-01 | yes
    6/1 8/31   | 2011-08-31 | yes
    6/1 8/31   | 2011-09-01 | no
    6/1 8/31   | 2027-07-15 | yes        # every year
    12/20 1/6  | 2011-12-19 | no
    12/20 1/6  | 2011-12-20 | yes
    12/20 1/6  | 2011-12-31 | yes
    12/20 1/6  | 2012-01-01 | yes        # past the new year
    12/20 1/6  | 2012-01-06 | yes
    12/20 1/6  | 2012-01-07 | no
    12/20 1/6  | 2012-07-01 | no
    11/11 11/11 | 2011-11-11 | yes       # a single day
    11/11 11/11 | 2011-11-10 | no
    11/11 11/11 | 2011-11-12 | no
""")
def test_by_the_gregorian_calendar(ends: str, on: str, held: str) -> None:
    assert holds(season("gregorian", ends), on=on) == held


@table("""
    ends      | on         | held
    2/29 3/2  | 2011-02-27 | no
    2/29 3/2  | 2011-02-28 | yes        # no 29th this year: its last day instead
    2/29 3/2  | 2012-02-28 | no
    2/29 3/2  | 2012-02-29 | yes
    2/1 2/29  | 2011-02-28 | yes
    2/1 2/29  | 2011-03-01 | no
    2/1 2/29  | 2012-02-29 | yes
    2/1 2/28  | 2012-02-29 | no         # it said the 28th
    2/29 2/29 | 2011-02-28 | yes
    2/29 2/29 | 2012-02-28 | no
    2/29 2/29 | 2012-02-29 | yes
""")
def test_29_february(ends: str, on: str, held: str) -> None:
    assert holds(season("gregorian", ends), on=on) == held


@table("""
    ends      | today            | held
    9/1 9/30  | 1432/8/29 of 29  | no         # Ramadan
    9/1 9/30  | 1432/9/1 of 29   | yes
    9/1 9/30  | 1432/9/29 of 29  | yes
    9/1 9/30  | 1434/9/30 of 30  | yes
    9/1 9/30  | 1432/10/1 of 29  | no
    9/30 10/3 | 1432/9/28 of 29  | no
    9/30 10/3 | 1432/9/29 of 29  | yes        # the 30th of a month that has 29
    9/30 10/3 | 1434/9/29 of 30  | no
    9/30 10/3 | 1434/9/30 of 30  | yes
    9/30 9/30 | 1432/9/29 of 29  | yes
    9/30 9/30 | 1434/9/29 of 30  | no
    9/30 9/30 | 1434/9/30 of 30  | yes
    9/1 9/29  | 1434/9/30 of 30  | no
    12/25 1/5 | 1432/12/24 of 29 | no
    12/25 1/5 | 1432/12/29 of 29 | yes
    12/25 1/5 | 1433/1/5 of 30   | yes        # past the new year
    12/25 1/5 | 1433/1/6 of 30   | no
    12/30 1/1 | 1432/12/29 of 29 | yes
    12/30 1/1 | 1433/1/1 of 30   | yes
    12/30 1/1 | 1433/1/2 of 30   | no
""")
def test_by_the_hijri_calendar(ends: str, today: str, held: str) -> None:
    assert holds(season("hijri", ends), hijri=day(today)) == held


@table("""
    ends      | today            | held
    1/1 1/13  | 1389/12/29 of 29 | no         # Nowruz
    1/1 1/13  | 1390/1/1 of 31   | yes
    1/1 1/13  | 1390/1/13 of 31  | yes
    1/1 1/13  | 1390/1/14 of 31  | no
    12/30 1/4 | 1390/12/28 of 29 | no
    12/30 1/4 | 1390/12/29 of 29 | yes        # of a common year
    12/30 1/4 | 1391/12/29 of 30 | no
    12/30 1/4 | 1391/12/30 of 30 | yes
    12/30 1/4 | 1392/1/4 of 31   | yes
    12/30 1/4 | 1392/1/5 of 31   | no
    6/31 7/1  | 1390/6/30 of 31  | no
    6/31 7/1  | 1390/6/31 of 31  | yes
""")
def test_by_the_jalali_calendar(ends: str, today: str, held: str) -> None:
    assert holds(season("jalali", ends), jalali=day(today)) == held
