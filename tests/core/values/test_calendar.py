"""Months later, windows of days, and the days, weeks and months that caps count in."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from wafa.core.values.calendar import SPANS, Window, months_later, period_of, week_of


@table("""
    day        | months | then
    2011-01-05 | 6      | 2011-07-05
    2010-08-31 | 6      | 2011-02-28    # February has no 31st
    2011-08-31 | 6      | 2012-02-29    # nor in a leap year, but a 29th
    2011-08-30 | 6      | 2012-02-29
    2011-08-29 | 6      | 2012-02-29
    2011-08-28 | 6      | 2012-02-28    # a day that the month has stays
    2012-02-29 | 6      | 2012-08-29    # the end of February is not the end of August
    2012-02-29 | 12     | 2013-02-28
    2012-02-29 | 48     | 2016-02-29
    2096-02-29 | 48     | 2100-02-28    # 2100 is no leap year
    1996-02-29 | 48     | 2000-02-29    # 2000 is
    2011-03-31 | 1      | 2011-04-30
    2011-12-31 | 1      | 2012-01-31
    2011-12-31 | 2      | 2012-02-29
    2011-11-30 | 1      | 2011-12-30    # December is the divmod's edge
    2011-12-01 | 12     | 2012-12-01
    2011-01-31 | 0      | 2011-01-31
    2011-06-30 | 1200   | 2111-06-30
""")
def test_the_same_day_so_many_months_later(day: str, months: str, then: str) -> None:
    assert str(months_later(date.fromisoformat(day), int(months))) == then


@table("""
    window                | day        | holds
    2011-11-01 2011-11-30 | 2011-10-31 | no
    2011-11-01 2011-11-30 | 2011-11-01 | yes
    2011-11-01 2011-11-30 | 2011-11-30 | yes
    2011-11-01 2011-11-30 | 2011-12-01 | no
    2011-11-11 2011-11-11 | 2011-11-11 | yes
    2011-11-01 -          | 9999-12-31 | yes
    2011-11-01 -          | 2011-10-31 | no
    - 2011-11-30          | 0001-01-01 | yes
    - 2011-11-30          | 2011-12-01 | no
    - -                   | 2011-11-11 | yes
""")
def test_a_window_holds_both_its_ends(window: str, day: str, holds: str) -> None:
    first, last = (None if end == "-" else date.fromisoformat(end) for end in window.split())
    assert Window(first, last).holds(date.fromisoformat(day)) == (holds == "yes")


@table("""
    day        | monday
    2011-11-28 | 2011-11-28    # a Monday
    2011-12-04 | 2011-11-28    # its Sunday
    2011-12-05 | 2011-12-05
    2012-01-01 | 2011-12-26    # a week goes on over the year's end
    0001-01-01 | 0001-01-01
""")
def test_a_week_begins_on_monday(day: str, monday: str) -> None:
    assert str(week_of(date.fromisoformat(day))) == monday


@table("""
    day        | span  | first      | last
    2011-11-30 | day   | 2011-11-30 | 2011-11-30
    2011-11-30 | week  | 2011-11-28 | 2011-12-04
    2011-11-30 | month | 2011-11-01 | 2011-11-30
    2012-02-10 | month | 2012-02-01 | 2012-02-29
    2011-02-10 | month | 2011-02-01 | 2011-02-28
    2011-12-31 | month | 2011-12-01 | 2011-12-31
    0001-01-01 | month | 0001-01-01 | 0001-01-31
    9999-12-31 | week  | 9999-12-27 | 9999-12-31    # there is no later Sunday
    9999-12-31 | month | 9999-12-01 | 9999-12-31
""")
def test_the_day_week_or_month_that_holds_a_day(day: str, span: str, first: str, last: str) -> None:
    window = period_of(date.fromisoformat(day), span)
    assert (str(window.first), str(window.last)) == (first, last)


@given(day=st.dates(max_value=date(9999, 11, 30)), span=st.sampled_from(SPANS))
def test_every_day_lies_in_its_window_and_the_day_after_the_window_in_the_next(day: date, span: str) -> None:
    window = period_of(day, span)
    assert window.holds(day)
    assert period_of(window.last, span) == window
    assert period_of(window.last + timedelta(days=1), span).first == window.last + timedelta(days=1)
