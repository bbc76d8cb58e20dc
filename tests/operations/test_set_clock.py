"""A merchant's clock stands where it is set, never before what has been posted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.world import NOON, World
from wafa.operations.set_clock import ClockWouldGoBackError, set_clock
from wafa.store.models import Merchant


def stored(world: World) -> datetime | None:
    """The clock as its row has it."""
    return Merchant.objects.get(id=world.id).clock_at


def test_it_stands_where_it_is_set(world: World) -> None:
    set_clock(world.merchant, NOON + timedelta(days=1))
    assert stored(world) == world.merchant.clock_at == world.merchant.now() == NOON + timedelta(days=1)


def test_back_and_forth_while_nothing_is_posted(world: World) -> None:
    for days in (5, -5, 0):
        set_clock(world.merchant, NOON + timedelta(days=days))
        assert stored(world) == NOON + timedelta(days=days)


def test_never_before_the_latest_entry(world: World) -> None:
    world.buy()
    world.buy(at=NOON + timedelta(hours=1))
    with pytest.raises(ClockWouldGoBackError) as refused:
        set_clock(world.merchant, NOON + timedelta(minutes=59))
    assert refused.value.latest == NOON + timedelta(hours=1)
    assert stored(world) == world.merchant.clock_at == NOON
    set_clock(world.merchant, NOON + timedelta(hours=1))


def test_when_it_happened_does_not_matter(world: World) -> None:
    world.buy(occurred_at=NOON + timedelta(minutes=4))
    set_clock(world.merchant, NOON)


def test_the_systems_time(world: World) -> None:
    world.buy()
    set_clock(world.merchant, None)
    assert stored(world) is None
    assert abs(world.merchant.now() - datetime.now(UTC)) < timedelta(seconds=10)


def test_not_the_systems_time_while_entries_lie_ahead_of_it(world: World) -> None:
    ahead = datetime.now(UTC) + timedelta(days=2)
    world.buy(at=ahead)
    with pytest.raises(ClockWouldGoBackError):
        set_clock(world.merchant, None)
    assert stored(world) == NOON


def test_other_merchants_entries_do_not_matter(world: World) -> None:
    World().buy(at=NOON + timedelta(days=9))
    set_clock(world.merchant, NOON)
