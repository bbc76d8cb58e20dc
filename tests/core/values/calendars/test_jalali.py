"""The Jalali calendar: published days of Nowruz, leap years, and the months between them."""

from __future__ import annotations

from datetime import date

import jdatetime
import pytest

from tests.core.earning.trying import holds
from tests.core.scenarios import table
from tests.core.values.calendars.counting import in_calendar
from wafa.core.values.calendars.jalali import JALALI

NOWRUZ = """
    2011-03-21 2012-03-20 2013-03-21 2014-03-21 2015-03-21 2016-03-20 2017-03-21 2018-03-21 2019-03-21 2020-03-20
    2021-03-21 2022-03-21 2023-03-21 2024-03-20 2025-03-21 2026-03-21 2027-03-21 2028-03-20 2029-03-20 2030-03-21
    2031-03-21
""".split()
"""1 Farvardin of the years 1390 to 1410 AP, as Iran's calendar has it."""


def day_of(text: str) -> date:
    """`1390/06/31`, a day as the Jalali calendar writes it."""
    found: date = jdatetime.date(*(int(part) for part in text.split("/"))).togregorian()
    return found


def written(day: date) -> str:
    """The day as the Jalali calendar writes it."""
    return str(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))


@pytest.mark.parametrize(("year", "nowruz"), list(enumerate(NOWRUZ, start=1390)))
def test_nowruz(year: int, nowruz: str) -> None:
    day = date.fromisoformat(nowruz)
    assert JALALI.first_of_year(day) == day
    assert JALALI.year_of(day) == year
    assert JALALI.year_of(date.fromordinal(day.toordinal() - 1)) == year - 1


def test_leap_years() -> None:
    """From 1400 on as published: 1403, and after five years 1408."""
    days = {year: days_of_year(year) for year in range(1370, 1421)}
    leap = [year for year, length in days.items() if length == 366]
    assert leap == [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420]
    assert set(days.values()) == {365, 366}


def days_of_year(year: int) -> int:
    """Its days."""
    return JALALI.begins((year + 1) * 12) - JALALI.begins(year * 12)


def test_each_month_of_1178_to_1633_begins_when_another_library_says_so() -> None:
    for year in range(1178, 1634):
        for month in range(1, 13):
            first = jdatetime.date(year, month, 1).togregorian()
            assert JALALI.begins(year * 12 + month - 1) == first.toordinal(), (year, month)
            assert JALALI.month_of(first) == year * 12 + month - 1


@table("""
    day        | months | then
    1390/06/31 | 6      | 1390/12/29    # 31 Shahrivar, and Esfand of a common year
    1391/06/31 | 6      | 1391/12/30    # of a leap year
    1391/12/30 | 12     | 1392/12/29    # 30 Esfand comes every four years
    1391/12/30 | 48     | 1395/12/30
    1403/12/30 | 48     | 1407/12/29    # or after five
    1403/12/30 | 60     | 1408/12/30
    1391/12/30 | 1      | 1392/01/30
    1390/01/31 | 6      | 1390/07/30
    1390/10/11 | 3      | 1391/01/11
    1390/06/09 | 6      | 1390/12/09    # 31 August 2011, which is 28 February 2012 here
    1390/06/09 | 0      | 1390/06/09
    1390/01/01 | -1     | 1389/12/01
""")
def test_months_later(day: str, months: str, then: str) -> None:
    assert written(JALALI.months_later(day_of(day), int(months))) == then


@table("""
    day        | month      | quarter    | year
    1390/01/01 | 1390/01/31 | 1390/03/31 | 1390/12/29
    1390/06/31 | 1390/06/31 | 1390/06/31 | 1390/12/29
    1390/07/01 | 1390/07/30 | 1390/09/30 | 1390/12/29
    1391/10/01 | 1391/10/30 | 1391/12/30 | 1391/12/30    # a leap year
    1391/12/30 | 1391/12/30 | 1391/12/30 | 1391/12/30
    1408/12/01 | 1408/12/30 | 1408/12/30 | 1408/12/30
""")
def test_ends(day: str, month: str, quarter: str, year: str) -> None:
    ends = [JALALI.end_of(period, day_of(day)) for period in ("month", "quarter", "year")]
    assert [written(end) for end in ends] == [month, quarter, year]


@pytest.mark.parametrize("nowruz", NOWRUZ)
def test_a_season_of_nowruz_begins_on_that_day(nowruz: str) -> None:
    """The feast of thirteen days, and its eve, told by the days that conditions read."""
    first = date.fromisoformat(nowruz)
    feast = {"kind": "season", "calendar": "jalali", "from": [1, 1], "to": [1, 13]}
    days = [in_calendar(JALALI, date.fromordinal(first.toordinal() + each)) for each in (-1, 0, 12, 13)]
    assert [holds(feast, jalali=day) for day in days] == ["no", "yes", "yes", "no"]
    eve = {"kind": "season", "calendar": "jalali", "from": [12, 30], "to": [12, 30]}
    assert holds(eve, jalali=days[0]) == "yes"
