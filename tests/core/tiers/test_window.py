"""Which days' progress counts today."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.core.scenarios import table
from tests.core.tiers.ladders import CALENDARS, ladder
from wafa.core.values.calendar import Window


def spans(window: str, today: date) -> tuple[Window, ...]:
    return ladder(window).qualification.window.spans(today, CALENDARS)


def written(span: Window) -> str:
    return f"{span.first or ''}..{span.last or ''}"


@table("""
    window         | today      | spans
    lifetime       | 2012-01-15 | ..
    1 months       | 2012-01-15 | 2012-01-01..     # this month alone
    2 months       | 2012-01-15 | 2011-12-01..
    12 months      | 2012-01-15 | 2011-02-01..
    12 months      | 2012-01-31 | 2011-02-01..     # whole months: the same all month long
    12 months      | 2012-02-29 | 2011-03-01..
    13 months      | 2012-01-01 | 2011-01-01..
    24 months      | 2012-12-31 | 2011-01-01..
    gregorian year | 2012-01-01 | 2011-01-01..2011-12-31 2012-01-01..
    gregorian year | 2012-12-31 | 2011-01-01..2011-12-31 2012-01-01..
    gregorian year | 2013-01-01 | 2012-01-01..2012-12-31 2013-01-01..
    jalali year    | 2012-03-19 | 2010-03-21..2011-03-20 2011-03-21..     # 29 Esfand 1390
    jalali year    | 2012-03-20 | 2011-03-21..2012-03-19 2012-03-20..     # Nowruz 1391
    hijri year     | 2011-11-25 | 2009-12-18..2010-12-07 2010-12-08..     # arithmetic before the table
    hijri year     | 2011-11-26 | 2010-12-08..2011-11-25 2011-11-26..     # the table's 1 Muharram 1433
""")
def test_the_days_that_count(window: str, today: str, spans: str) -> None:
    counted = ladder(window).qualification.window.spans(date.fromisoformat(today), CALENDARS)
    assert " ".join(written(span) for span in counted) == spans


@table("""
    window         | today      | first
    lifetime       | 2012-01-15 | None     # no row of any day
    12 months      | 2012-01-15 | 2011-02-01
    gregorian year | 2012-01-15 | 2011-01-01
    jalali year    | 2012-01-15 | 2010-03-21
""")
def test_the_days_that_must_be_loaded(window: str, today: str, first: str) -> None:
    assert str(ladder(window).days_needed(date.fromisoformat(today), CALENDARS)) == first


@given(
    st.sampled_from(("lifetime", "1 months", "12 months", "gregorian year", "jalali year", "hijri year")),
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
)
def test_today_and_tomorrow_count_in_the_last_span_and_no_day_counts_twice(window: str, today: date) -> None:
    counted = spans(window, today)
    assert counted[-1].holds(today)
    assert counted[-1].last is None
    days = (date.fromordinal(today.toordinal() + step) for step in range(-800, 2))
    assert all(sum(span.holds(day) for span in counted) <= 1 for day in days)
