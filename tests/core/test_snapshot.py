"""Which version of a programme is in force when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.core.programmes import per_amount, programme
from tests.core.scenarios import play
from tests.core.world import World
from wafa.core.programme import WITHOUT_RULES
from wafa.core.snapshot import Version, Versions

FIRST, SECOND, THIRD = (datetime(2011, month, 1, tzinfo=UTC) for month in (1, 2, 3))
LISTED = [
    Version(UUID(int=number), start, programme(per_amount(points=number)))
    for number, start in ((3, THIRD), (1, FIRST), (2, SECOND))  # in no order
]


def test_a_version_is_in_force_from_its_start_until_the_next_ones() -> None:
    versions = Versions(LISTED)
    blink = timedelta(microseconds=1)
    for number, start in enumerate((FIRST, SECOND, THIRD), start=1):
        before, then = versions.in_force(start - blink), versions.in_force(start)
        assert (before.id.int if before else 0, then.id.int if then else 0) == (number - 1, number)
    assert versions.in_force(datetime(2999, 1, 1, tzinfo=UTC)) is LISTED[0]
    assert versions.by_id(UUID(int=2)) is LISTED[2].programme


def test_without_versions_nothing_is_in_force() -> None:
    assert Versions([]).in_force(FIRST) is None
    assert Versions([]).rules(FIRST) is WITHOUT_RULES
    assert Versions([]).ladder(FIRST).tiers == ()


def test_before_the_programme_begins_its_first_rules_and_tiers_hold() -> None:
    versions = Versions(LISTED)
    assert versions.in_force(FIRST - timedelta(days=1)) is None
    assert versions.rules(FIRST - timedelta(days=1)) is LISTED[1].programme
    assert versions.ladder(SECOND) is LISTED[2].programme.ladder


def test_a_purchase_earns_by_the_version_of_when_it_happened() -> None:
    play(
        World(*(each.programme for each in LISTED), since=[each.starts_at for each in LISTED]),
        """
        buy  1  2010-12-31 23:59                ann  A 5.00   -> +0: no_programme
        buy  2  2011-01-31 23:59 at 2011-03-05  ann  A 5.00   -> +5: base 5
        buy  3  2011-02-01 00:00 at 2011-03-05  ann  A 5.00   -> +10: base 10
        buy  4  2011-03-05                      ann  A 5.00   -> +15: base 15
        """,
    )


def test_a_day_is_the_merchants() -> None:
    instant = datetime(2011, 1, 5, 22, 30, tzinfo=UTC)
    for zone, day in (("Europe/London", 5), ("Asia/Riyadh", 6), ("America/New_York", 5), ("Pacific/Auckland", 6)):
        assert World(zone=ZoneInfo(zone), since=[]).snapshot.day(instant).day == day
