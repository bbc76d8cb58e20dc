"""Ramadan and its feast by Umm al-Qura, 1430 to 1450 AH, as published; and a season that is told by them.

Source: the lengths of months in .NET's System.Globalization.UmAlQuraCalendar (dotnet/runtime, s_hijriYearInfo), added
up from its first days of the years: another transcription of the calendar than the table that the product reads.
"""

from __future__ import annotations

from datetime import date, timedelta

from tests.core.earning.trying import holds
from tests.core.scenarios import table
from tests.core.values.calendars.counting import in_calendar
from wafa.store.calendars import calendars

HIJRI = calendars().named("hijri")
PUBLISHED = """
    year | ramadan    | feast
    1430 | 2009-08-22 | 2009-09-20
    1431 | 2010-08-11 | 2010-09-10
    1432 | 2011-08-01 | 2011-08-30
    1433 | 2012-07-20 | 2012-08-19
    1434 | 2013-07-09 | 2013-08-08
    1435 | 2014-06-28 | 2014-07-28
    1436 | 2015-06-18 | 2015-07-17
    1437 | 2016-06-06 | 2016-07-06
    1438 | 2017-05-27 | 2017-06-25
    1439 | 2018-05-16 | 2018-06-15
    1440 | 2019-05-06 | 2019-06-04
    1441 | 2020-04-24 | 2020-05-24
    1442 | 2021-04-13 | 2021-05-13
    1443 | 2022-04-02 | 2022-05-02
    1444 | 2023-03-23 | 2023-04-21
    1445 | 2024-03-11 | 2024-04-10
    1446 | 2025-03-01 | 2025-03-30
    1447 | 2026-02-18 | 2026-03-20
    1448 | 2027-02-08 | 2027-03-09
    1449 | 2028-01-28 | 2028-02-26
    1450 | 2029-01-16 | 2029-02-14
"""
"""The first days of Ramadan and of Shawwal."""
RAMADAN = {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]}


@table(PUBLISHED)
def test_the_table_in_use_is_the_published_one(year: str, ramadan: str, feast: str) -> None:
    assert date.fromordinal(HIJRI.begins(int(year) * 12 + 8)) == date.fromisoformat(ramadan)
    assert date.fromordinal(HIJRI.begins(int(year) * 12 + 9)) == date.fromisoformat(feast)


@table(PUBLISHED)
def test_a_season_of_ramadan_is_from_its_first_day_to_the_eve_of_the_feast(year: str, ramadan: str, feast: str) -> None:
    first, after = date.fromisoformat(ramadan), date.fromisoformat(feast)
    days = [first + timedelta(days=each) for each in range(-1, (after - first).days + 1)]
    held = [holds(RAMADAN, hijri=in_calendar(HIJRI, day)) for day in days]
    assert held == ["no", *["yes"] * (after - first).days, "no"]
    assert in_calendar(HIJRI, first)[0] == int(year)
