"""Days, months and instants: three calendars' worth of habits, one zone at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafa.wording.dates import (
    Month,
    clock_time,
    day,
    first_day,
    last_day,
    moment,
    month_name,
    month_of,
    short_day,
    short_month_name,
)

RIYADH, LONDON = ZoneInfo("Asia/Riyadh"), ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (day(date(2011, 12, 10), "en"), "10 December 2011"),
        (day(date(2011, 12, 10), "ar"), "١٠ ديسمبر ٢٠١١"),
        (day(date(2011, 12, 10), "fa"), "۱۹ آذر ۱۳۹۰"),
        (day(date(2024, 3, 20), "fa"), "۱ فروردین ۱۴۰۳"),
        (day(date(2025, 3, 20), "fa"), "۳۰ اسفند ۱۴۰۳"),
        (short_day(date(2011, 9, 1), "en"), "1 Sept 2011"),
        (short_day(date(2011, 9, 1), "fa"), "۱۰ شهریور ۱۳۹۰"),
        (month_name(Month(2011, 12), "ar"), "ديسمبر ٢٠١١"),
        (month_name(Month(1390, 9), "fa"), "آذر ۱۳۹۰"),
        (short_month_name(Month(2011, 6), "en"), "June"),
    ],
)
def test_how_a_day_is_written(written: str, expected: str) -> None:
    assert written == expected


def test_an_instant_is_told_by_the_merchants_clock() -> None:
    late = datetime(2011, 6, 30, 21, 30, tzinfo=UTC)
    assert moment(late, RIYADH, "en") == "1 July 2011, 00:30"
    assert moment(late, LONDON, "en") == "30 June 2011, 22:30"
    assert moment(late, RIYADH, "fa") == "۱۰ تیر ۱۳۹۰، ۰۰:۳۰"
    assert clock_time(late, RIYADH, "ar") == "٠٠:٣٠"


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(when=DAYS, language=st.sampled_from(["en", "ar", "fa"]))
def test_every_day_lies_in_its_month_and_the_months_leave_no_gap(when: date, language: str) -> None:
    month = month_of(when, language)
    assert first_day(month, language) <= when <= last_day(month, language)
    assert month.next().previous() == month
    assert (first_day(month.next(), language) - last_day(month, language)).days == 1
    assert 28 <= (last_day(month, language) - first_day(month, language)).days + 1 <= 31


@given(one=DAYS, other=DAYS, language=st.sampled_from(["en", "fa"]))
def test_months_sort_as_their_days_do(one: date, other: date, language: str) -> None:
    if one <= other:
        assert month_of(one, language) <= month_of(other, language)
