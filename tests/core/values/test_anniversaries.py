"""Days that come round, against the calendars' own months: found backwards as they are reached forwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wafa.core.values.anniversaries import YEARS_BACK, days_that_come_round
from wafa.core.values.calendars import CALENDARS
from wafa.store.calendars import calendars


@pytest.mark.parametrize("name", CALENDARS)
def test_each_day_comes_round_on_the_day_that_lies_whole_years_later(name: str) -> None:
    calendar = calendars().named(name)
    for offset in range(0, 4 * 366, 3):
        born = date(1987, 1, 1) + timedelta(days=offset)
        for years in (1, 4, 19, 33):
            assert born in days_that_come_round(calendar, calendar.months_later(born, 12 * years))


@pytest.mark.parametrize("name", CALENDARS)
def test_what_is_found_comes_round_then(name: str) -> None:
    calendar = calendars().named(name)
    for offset in range(0, 2 * 366, 7):
        day = date(2027, 1, 1) + timedelta(days=offset)
        found = days_that_come_round(calendar, day)
        assert len(found) >= YEARS_BACK // 5
        for born in found[:40]:
            years = calendar.year_of(day) - calendar.year_of(born)
            assert years >= 1
            assert calendar.months_later(born, 12 * years) == day


def test_the_29th_of_february_has_its_day_each_year() -> None:
    calendar, leap = calendars().named("gregorian"), date(2000, 2, 29)
    for day, comes in ((date(2011, 2, 28), True), (date(2012, 2, 28), False), (date(2012, 2, 29), True)):
        assert (leap in days_that_come_round(calendar, day)) is comes
