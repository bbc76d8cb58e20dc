"""Occasions that Wafa notices by itself: each counted once, on its day or up to a week later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.db import query
from tests.world import NOON, PLAIN, World
from wafa.core.commands import CloseMember, MergeMembers
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.notice_occasions import notice_occasions
from wafa.operations.publish_programme import publish_programme
from wafa.operations.set_profiles import ProfileRow, set_profiles

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def occasion(kind: str, points: int) -> dict[str, Any]:
    """Points for it."""
    return {"code": kind, "kind": kind, "points": points, "name": {"en": kind.title()}}


SHOP = PLAIN | {"activities": [occasion("welcome", 10), occasion("birthday", 100), occasion("anniversary", 1000)]}


@pytest.fixture
def world() -> World:
    """A shop whose members, Amal and Bilal, joined on 1 January 2011."""
    return World(SHOP, ("amal", "bilal"))


def given(world: World) -> dict[str, int]:
    """What members have."""
    rows = query(
        "SELECT m.number, w.available FROM wallet w JOIN member m ON m.id = w.member_id WHERE w.merchant_id = %s",
        world.id,
    )
    return {number: available for number, available in rows if available}


def born(world: World, **days: date | tuple[date, str]) -> None:
    """Birthdays by member."""
    rows = [each if isinstance(each, tuple) else (each, "gregorian") for each in days.values()]
    set_profiles(world.id, [ProfileRow(name, *row) for name, row in zip(days, rows, strict=True)])


def test_who_joins_is_welcome_once(world: World) -> None:
    enrol(world.id, [NewMember("chadi", NOON - timedelta(hours=1)), NewMember("dana", NOON - 8 * DAY)])
    assert notice_occasions(world.merchant) == 1
    assert given(world) == {"chadi": 10}
    assert notice_occasions(world.merchant) == 0
    world.stand_at(NOON + 30 * DAY)
    assert notice_occasions(world.merchant) == 0
    assert world.differences() == []


def test_a_birthday_comes_each_year_on_its_day(world: World) -> None:
    born(world, amal=date(1990, 6, 3), bilal=date(1990, 6, 4))
    seen = []
    for days in (1, 2, 3, 4, 12, 368):
        world.stand_at(NOON + days * DAY)
        notice_occasions(world.merchant)
        seen.append({name: points % 1000 for name, points in given(world).items()})
    one, both = {"amal": 100}, {"amal": 100, "bilal": 100}
    assert seen == [{}, one, both, both, both, {"amal": 200, "bilal": 100}]
    assert world.differences() == []


def test_days_on_which_nobody_looked_are_made_up_for_but_not_for_ever(world: World) -> None:
    born(world, amal=date(1990, 6, 3), bilal=date(1990, 6, 1))
    world.stand_at(datetime(2011, 6, 10, 9, tzinfo=UTC))
    assert notice_occasions(world.merchant) == 1
    assert given(world) == {"amal": 100}
    assert query("SELECT occurred_at::date::text FROM entry WHERE merchant_id = %s", world.id) == [("2011-06-03",)]


@pytest.mark.parametrize(
    ("birth", "calendar", "day", "counts"),
    [
        (date(2000, 2, 29), "gregorian", date(2011, 2, 28), True),
        (date(2000, 2, 29), "gregorian", date(2011, 3, 1), False),
        (date(2000, 2, 29), "gregorian", date(2012, 2, 29), True),
        (date(2000, 2, 29), "gregorian", date(2012, 2, 28), False),
        (date(1981, 6, 22), "jalali", date(2011, 6, 22), True),  # 1 Tir 1360, and 1390
        (date(1997, 3, 20), "jalali", date(2011, 3, 20), True),  # 30 Esfand 1375; 1389 has 29
        (date(1981, 6, 22), "hijri", date(2011, 7, 21), True),  # 20 Shaban 1401, and 1432
        (date(2011, 5, 1), "gregorian", date(2011, 5, 1), False),  # the day itself is none
    ],
)
def test_a_birthday_by_its_own_calendar(birth: date, calendar: str, day: date, counts: bool) -> None:
    world = World(SHOP)
    born(world, amal=(birth, calendar))
    # The day before is no birthday, and the one before that may be: so only this one is looked at.
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    world.stand_at(at)
    notice_occasions(world.merchant)
    days = query("SELECT (occurred_at AT TIME ZONE 'Asia/Riyadh')::date FROM entry WHERE merchant_id = %s", world.id)
    assert ((day,) in days) is counts


def test_a_year_of_membership(world: World) -> None:
    world.stand_at(datetime(2012, 1, 1, 9, tzinfo=UTC))
    assert notice_occasions(world.merchant) == 2
    assert given(world) == {"amal": 1000, "bilal": 1000}
    assert notice_occasions(world.merchant) == 0


def test_who_may_not_earn_gets_nothing(world: World) -> None:
    born(world, amal=date(1990, 6, 1), bilal=date(1990, 6, 1))
    member = world.member("amal")
    member.status = "blocked"
    member.save()
    world.do(CloseMember, member="bilal")
    assert notice_occasions(world.merchant) == 0


def test_two_cards_of_one_person_have_one_birthday(world: World) -> None:
    born(world, amal=date(1990, 6, 1), bilal=date(1990, 6, 1))
    world.do(MergeMembers, member="bilal", into="amal")
    assert notice_occasions(world.merchant) == 1
    assert given(world) == {"amal": 100}


def test_an_occasion_counts_by_the_programme_of_its_day(world: World) -> None:
    born(world, amal=date(1990, 6, 3), bilal=date(1990, 6, 5))
    publish_programme(world.merchant, PLAIN, NOON + 3 * DAY)
    world.stand_at(NOON + 5 * DAY)
    assert notice_occasions(world.merchant) == 1
    assert given(world) == {"amal": 100}
    assert world.differences() == []


def test_many_are_counted_in_batches(world: World) -> None:
    enrol(world.id, [NewMember(f"m{place}", NOON) for place in range(1203)])
    assert notice_occasions(world.merchant) == 1203
    assert len(given(world)) == 1203
