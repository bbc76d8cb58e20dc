"""What holds in every calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.values.calendars.counting import PUBLISHED, UMM_AL_QURA, every_calendar
from wafa.core.values.calendars import ARITHMETIC, CALENDARS, PERIODS, Calendar, calendar_named

calendars = st.sampled_from(every_calendar())
days = st.dates(date(1700, 1, 1), date(2400, 1, 1)) | st.dates(date(2010, 1, 1), date(2014, 12, 31))
ONE_DAY = timedelta(days=1)


@given(calendar=calendars, day=days)
def test_a_month_follows_on_the_other(calendar: Calendar, day: date) -> None:
    first, last = calendar.first_of_month(day), calendar.end_of_month(day)
    assert first <= day <= last
    assert calendar.month_of(first) == calendar.month_of(last) == calendar.month_of(day)
    assert calendar.first_of_month(last + ONE_DAY) == last + ONE_DAY
    assert calendar.month_of(last + ONE_DAY) == calendar.month_of(day) + 1


@given(calendar=calendars, day=days)
def test_periods_lie_in_one_another(calendar: Calendar, day: date) -> None:
    ends = [calendar.end_of(period, day) for period in ("month", "quarter", "year")]
    assert ends == [calendar.end_of_month(day), calendar.end_of_quarter(day), calendar.end_of_year(day)]
    assert [day, *ends] == sorted([day, *ends])
    for period, end in zip(PERIODS, ends, strict=True):
        assert calendar.end_of(period, end) == end
        assert calendar.end_of(period, end + ONE_DAY) > end


@given(calendar=calendars, day=days)
def test_a_year_has_twelve_months_and_begins_the_day_after_the_last(calendar: Calendar, day: date) -> None:
    first, last = calendar.first_of_year(day), calendar.end_of_year(day)
    assert calendar.months_later(first, 12) == last + ONE_DAY
    assert calendar.first_of_year(last + ONE_DAY) == last + ONE_DAY
    assert calendar.year_of(first) == calendar.year_of(last) == calendar.year_of(last + ONE_DAY) - 1


@given(calendar=calendars, day=days, months=st.integers(0, 1200))
def test_so_many_months_later_is_that_many_months_on_never_later_in_the_month(
    calendar: Calendar, day: date, months: int
) -> None:
    then = calendar.months_later(day, months)
    number, number_then = day - calendar.first_of_month(day), then - calendar.first_of_month(then)
    assert calendar.month_of(then) == calendar.month_of(day) + months
    assert number_then == number or (number_then < number and then == calendar.end_of_month(then))


@given(calendar=calendars, day=days, months=st.integers(0, 1200))
def test_who_buys_later_has_never_less_time(calendar: Calendar, day: date, months: int) -> None:
    assert calendar.months_later(day, months) <= calendar.months_later(day + ONE_DAY, months)


@pytest.mark.parametrize("calendar", every_calendar(), ids=repr)
@pytest.mark.parametrize("day", [date.min, date(622, 3, 1), date.max])
def test_every_day_that_there_is_can_be_counted(calendar: Calendar, day: date) -> None:
    assert calendar.first_of_year(day) <= calendar.first_of_month(day) <= day <= calendar.end_of_month(day)
    assert calendar.end_of_month(day) <= calendar.end_of_quarter(day) <= calendar.end_of_year(day)
    assert day <= calendar.months_later(day, 1200) <= date.max


def test_calendars_are_known_by_their_codes() -> None:
    for code in CALENDARS:
        assert ARITHMETIC.named(code) == ARITHMETIC.named(code)
        assert PUBLISHED.named(code) == calendar_named(code, UMM_AL_QURA)
    assert len({ARITHMETIC.named(code) for code in CALENDARS}) == 3
    assert PUBLISHED.named("hijri") != ARITHMETIC.named("hijri")


def test_a_code_that_is_none_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="persian"):
        ARITHMETIC.named("persian")
