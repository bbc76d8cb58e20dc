"""The Gregorian calendar is the one that `date` keeps."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from wafa.core.values.calendars.gregorian import GREGORIAN


@given(day=st.dates())
def test_months_and_years_are_those_of_date(day: date) -> None:
    assert GREGORIAN.year_of(day) == day.year
    assert GREGORIAN.first_of_year(day) == day.replace(month=1, day=1)
    assert GREGORIAN.first_of_month(day) == day.replace(day=1)
    assert GREGORIAN.end_of_year(day) == day.replace(month=12, day=31)


@table("""
    day        | month      | quarter    | year
    2011-01-01 | 2011-01-31 | 2011-03-31 | 2011-12-31
    2011-02-10 | 2011-02-28 | 2011-03-31 | 2011-12-31
    2012-02-10 | 2012-02-29 | 2012-03-31 | 2012-12-31
    2011-03-31 | 2011-03-31 | 2011-03-31 | 2011-12-31
    2011-04-01 | 2011-04-30 | 2011-06-30 | 2011-12-31
    2011-08-31 | 2011-08-31 | 2011-09-30 | 2011-12-31
    2011-12-31 | 2011-12-31 | 2011-12-31 | 2011-12-31
    1900-02-01 | 1900-02-28 | 1900-03-31 | 1900-12-31    # no leap year
    2000-02-01 | 2000-02-29 | 2000-03-31 | 2000-12-31    # one
""")
def test_ends(day: str, month: str, quarter: str, year: str) -> None:
    ends = [GREGORIAN.end_of(period, date.fromisoformat(day)) for period in ("month", "quarter", "year")]
    assert [str(end) for end in ends] == [month, quarter, year]
