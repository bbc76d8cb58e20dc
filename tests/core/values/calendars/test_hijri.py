"""The Hijri calendar: by the table of Umm al-Qura, by arithmetic around it, and where the two meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.core.scenarios import table
from tests.core.values.calendars.counting import PUBLISHED, UMM_AL_QURA
from wafa.core.values.calendars import ARITHMETIC, HijriTable

TABULAR = ARITHMETIC.named("hijri")
HIJRI = PUBLISHED.named("hijri")


def day_of(text: str) -> date:
    """`1432/09/29`, a day as the Hijri calendar writes it."""
    year, month, day = (int(part) for part in text.split("/"))
    return date.fromordinal(HIJRI.begins(year * 12 + month - 1) + day - 1)


def written(day: date) -> str:
    """The day as the Hijri calendar writes it."""
    year, months_before = divmod(HIJRI.month_of(day), 12)
    return f"{year}/{months_before + 1:02}/{(day - HIJRI.first_of_month(day)).days + 1:02}"


@table("""
    day        | tabular    | published
    2011-08-01 | 1432/09/01 | 1432/09/01    # Ramadan
    2011-08-30 | 1432/09/30 | 1432/10/01    # its feast
    2011-11-26 | 1432/12/29 | 1433/01/01    # the new year
    2012-07-20 | 1433/09/01 | 1433/09/01
    2012-08-19 | 1433/10/01 | 1433/10/01
    2012-11-15 | 1434/01/01 | 1434/01/01
""")
def test_the_table_goes_before_arithmetic(day: str, tabular: str, published: str) -> None:
    there = date.fromisoformat(day)
    assert written(there) == published
    month = TABULAR.month_of(there)
    number = (there - TABULAR.first_of_month(there)).days + 1
    assert f"{month // 12}/{month % 12 + 1:02}/{number:02}" == tabular


@table("""
    year | first
    1    | 0622-07-19    # Friday 16 July 622 by the Julian calendar
    1400 | 1979-11-21
    1421 | 2000-04-06
    1445 | 2023-07-19
""")
def test_years_of_the_tabular_calendar(year: str, first: str) -> None:
    day = date.fromisoformat(first)
    assert TABULAR.first_of_year(day) == day
    assert TABULAR.year_of(day) == int(year)
    assert TABULAR.year_of(day - timedelta(days=1)) == int(year) - 1


def test_leap_years_of_the_tabular_calendar() -> None:
    leap = [year for year in range(1, 31) if TABULAR.begins((year + 1) * 12) - TABULAR.begins(year * 12) == 355]
    assert leap == [2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29]
    assert TABULAR.begins((1 + 30) * 12) - TABULAR.begins(1 * 12) == 10_631


@table("""
    day        | months | then
    1432/04/30 | 1      | 1432/05/29    # a moon of 29 days
    1432/08/30 | 12     | 1433/08/29
    1432/04/30 | 2      | 1432/06/30
    1432/12/29 | 12     | 1433/12/29
    1432/09/15 | 12     | 1433/09/15
    1433/01/30 | 0      | 1433/01/30
""")
def test_months_later(day: str, months: str, then: str) -> None:
    if day.endswith("30"):
        assert written(HIJRI.end_of_month(day_of(day))) == day
    assert written(HIJRI.months_later(day_of(day), int(months))) == then


@table("""
    day        | month      | quarter    | year
    1432/01/01 | 1432/01/29 | 1432/03/30 | 1432/12/29
    1432/06/05 | 1432/06/30 | 1432/06/30 | 1432/12/29
    1433/12/29 | 1433/12/29 | 1433/12/29 | 1433/12/29
    1434/09/30 | 1434/09/30 | 1434/09/30 | 1434/12/29
""")
def test_ends(day: str, month: str, quarter: str, year: str) -> None:
    ends = [HIJRI.end_of(period, day_of(day)) for period in ("month", "quarter", "year")]
    assert [written(end) for end in ends] == [month, quarter, year]


def test_around_the_table_no_day_is_left_out_or_counted_twice() -> None:
    day, before = date(2010, 9, 1), HIJRI.month_of(date(2010, 8, 31))
    first = HIJRI.first_of_month(day)
    while day < date(2014, 3, 1):
        month = HIJRI.month_of(day)
        assert month - before in (0, 1)
        if month != before:
            assert 27 <= (day - first).days <= 32 or first == HIJRI.first_of_month(day)
            first = day
        assert HIJRI.first_of_month(day) == first
        day, before = day + timedelta(days=1), month


@table("""
    year | month | firsts                           | fault
    1432 | 13    | 2011-11-26                       | 13 is no month
    1432 | 0     | 2010-11-07                       | 0 is no month
    1433 | 1     | 2011-11-26 2011-12-31            | month 2 of 1433 cannot begin on 2011-12-31
    1433 | 1     | 2011-11-26 2011-11-26            | month 2 of 1433    # counted twice
    1433 | 1     | 2011-11-26 2012-01-24            | month 2 of 1433    # one left out
    1433 | 12    | 2012-10-17 2012-12-14            | month 1 of 1434
    1433 | 2     | 2011-11-26 2011-12-26            | month 2 of 1433    # numbered as another
    1434 | 1     | 2011-11-26 2011-12-26            | month 1 of 1434
""")
def test_a_table_that_cannot_be_is_a_mistake(year: str, month: str, firsts: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        HijriTable(int(year), int(month), tuple(date.fromisoformat(first) for first in firsts.split()))


def test_a_table_is_silent_about_the_months_around_it() -> None:
    first, last = 1432 * 12, 1432 * 12 + len(UMM_AL_QURA.firsts) - 1
    assert UMM_AL_QURA.begins(first) == date(2010, 12, 7).toordinal()
    assert UMM_AL_QURA.begins(last) == date(2013, 11, 4).toordinal()
    assert UMM_AL_QURA.begins(first - 1) is UMM_AL_QURA.begins(last + 1) is None
    assert HijriTable().begins(first) is None


def test_the_months_are_those_of_another_library() -> None:
    hijridate = pytest.importorskip("hijridate")
    for month in range(1432 * 12, 1435 * 12 + 1):
        first = hijridate.Hijri(month // 12, month % 12 + 1, 1).to_gregorian()
        assert HIJRI.begins(month) == first.toordinal(), month
