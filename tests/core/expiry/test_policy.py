"""The last day on which points can be spent, kind by kind."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.expiry.policies import policy
from tests.core.scenarios import table
from tests.core.values.calendars.counting import PUBLISHED
from wafa.core.expiry.policy import KINDS
from wafa.core.values.calendars import ARITHMETIC, PERIODS


def last(bought: str, kind: str, **fields: object) -> str:
    """The last day for points of a purchase on that day."""
    return str(policy(kind, **fields).last_day(date.fromisoformat(bought), PUBLISHED))


@table("""
    months | bought     | last_day
    6      | 2011-01-05 | 2011-07-05
    6      | 2011-08-31 | 2012-02-29
    6      | 2010-08-31 | 2011-02-28
    1      | 2011-01-31 | 2011-02-28
    12     | 2012-02-29 | 2013-02-28
""")
def test_months(months: str, bought: str, last_day: str) -> None:
    assert last(bought, "months", months=int(months)) == last_day


@table("""
    days | bought     | last_day
    1    | 2011-01-05 | 2011-01-06
    90   | 2011-12-01 | 2012-02-29    # over the leap day
    90   | 2010-12-01 | 2011-03-01
    365  | 2011-03-01 | 2012-02-29
    90   | 9999-12-01 | 9999-12-31    # there is no later day
""")
def test_days(days: str, bought: str, last_day: str) -> None:
    assert last(bought, "days", days=int(days)) == last_day


@table("""
    period  | months | calendar  | bought     | last_day
    month   | 0      | gregorian | 2012-02-10 | 2012-02-29
    month   | 12     | gregorian | 2011-02-10 | 2012-02-29
    month   | 6      | gregorian | 2011-08-31 | 2012-02-29    # 31 August + 6 is in February, not in March
    quarter | 0      | gregorian | 2011-02-10 | 2011-03-31
    quarter | 6      | gregorian | 2011-05-10 | 2011-12-31
    year    | 0      | gregorian | 2011-12-31 | 2011-12-31
    year    | 12     | gregorian | 2011-01-01 | 2012-12-31
    year    | 12     | gregorian | 2011-12-31 | 2012-12-31
    month   | 0      | jalali    | 2011-03-20 | 2011-03-20    # 29 Esfand 1389: the year before ends today
    year    | 0      | jalali    | 2011-03-20 | 2011-03-20
    year    | 0      | jalali    | 2011-03-21 | 2012-03-19    # Nowruz 1390
    year    | 12     | jalali    | 2011-03-21 | 2013-03-20    # 30 Esfand 1391, a leap day
    quarter | 3      | jalali    | 2011-03-21 | 2011-09-22    # the end of summer
    month   | 6      | jalali    | 2011-09-22 | 2012-03-19    # 31 Shahrivar + 6 is in Esfand
    year    | 0      | hijri     | 2011-11-25 | 2011-11-25    # the last day of 1432, by the table
    year    | 0      | hijri     | 2011-11-26 | 2012-11-14
    month   | 1      | hijri     | 2011-07-31 | 2011-08-29    # 30 Shaban + 1: Ramadan, of 29 days
    quarter | 0      | hijri     | 2011-08-01 | 2011-08-29    # Ramadan ends the third
    year    | 12     | hijri     | 2013-11-03 | 2014-10-24    # into years of which the table is silent
""")
def test_the_end_of_a_period(period: str, months: str, calendar: str, bought: str, last_day: str) -> None:
    assert last(bought, "end_of", period=period, months=int(months), calendar=calendar) == last_day


def test_the_hijri_calendar_is_the_one_given() -> None:
    year = policy("end_of", period="year", months=0, calendar="hijri")
    assert year.last_day(date(2011, 11, 26), PUBLISHED) == date(2012, 11, 14)
    assert year.last_day(date(2011, 11, 26), ARITHMETIC) == date(2011, 11, 26)


@table("""
    bought     | last_day
    2011-01-05 | 2012-03-31
    2012-03-31 | 2012-03-31
    2012-04-01 | 2012-03-31    # has lapsed already
""")
def test_a_fixed_day(bought: str, last_day: str) -> None:
    assert last(bought, "fixed", on="2012-03-31") == last_day


@table("""
    months | bought     | last_day
    12     | 2011-01-05 | 2012-01-05
    6      | 2011-08-31 | 2012-02-29
""")
def test_inactivity_begins_with_the_purchase(months: str, bought: str, last_day: str) -> None:
    assert last(bought, "inactivity", months=int(months)) == last_day


def test_never() -> None:
    assert policy("never").last_day(date.max, PUBLISHED) is None


FIELDS = {
    "months": {"months": 12},
    "days": {"days": 90},
    "end_of": {"period": "year", "months": 12, "calendar": "jalali"},
    "fixed": {"on": "2012-03-31"},
    "inactivity": {"months": 12},
    "never": {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_only_inactivity_moves_with_the_wallet(kind: str) -> None:
    assert policy(kind, **FIELDS[kind]).idle_months == (12 if kind == "inactivity" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_is_a_value(kind: str) -> None:
    one, other = policy(kind, **FIELDS[kind]), policy(kind, **FIELDS[kind])
    assert one == other
    assert len({one, other}) == 1
    assert one.kind == kind


def test_every_period_can_be_ended() -> None:
    for period in PERIODS:
        assert last("2011-01-01", "end_of", period=period, months=0, calendar="gregorian") > "2011-01-01"
