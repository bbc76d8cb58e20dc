"""What happens by time to lots of which nothing is left: their rows move, and no entry says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.core.commands import CancelReturn
from wafa.operations.settle import settle_due
from wafa.store.models import Lot

DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    """A point for each riyal, available after two weeks; all of a receipt has come back."""
    world = World(HALF_A_YEAR | {"available": {"kind": "after_days", "days": 14}})
    world.buy(line("TEA", 70), number="R1")
    world.post(world.coming_back(line("TEA", 70), of="R1", number="C1"))
    return world


def kinds(world: World) -> list[str]:
    """Entries so far."""
    return [entry.kind for entry in world.entries()]


def is_pending(world: World) -> bool:
    """Whether the receipt's lot is."""
    return Lot.objects.of(world.id).get(document__number="R1").pending


def test_the_job_moves_the_lot_and_has_done_with_it(world: World) -> None:
    world.stand_at(NOON + 14 * DAY)
    assert is_pending(world)
    assert settle_due(world.merchant) == 0
    assert not is_pending(world)
    assert kinds(world) == ["accrual", "clawback"]
    assert world.differences() == []


def test_so_does_whatever_touches_the_wallet(world: World) -> None:
    world.stand_at(NOON + 14 * DAY)
    assert world.differences() == []
    world.buy(line("TEA", 5), number="R2")
    assert not is_pending(world)
    assert kinds(world) == ["accrual", "clawback", "accrual"]
    assert world.differences() == []


@pytest.mark.parametrize("job", [True, False])
def test_what_comes_back_to_it_then_can_be_spent_at_once(world: World, job: bool) -> None:
    world.stand_at(NOON + 14 * DAY)
    if job:
        settle_due(world.merchant)
    world.post(world.annul(CancelReturn, world.coming_back(number="C1")))
    assert (world.wallet().available, world.wallet().pending) == (70, 0)
    assert world.differences() == []


def test_and_before_it_waits_for_its_day(world: World) -> None:
    world.stand_at(NOON + DAY)
    world.post(world.annul(CancelReturn, world.coming_back(number="C1")))
    assert (world.wallet().available, world.wallet().pending) == (0, 70)
    world.stand_at(NOON + 14 * DAY)
    settle_due(world.merchant)
    assert (world.wallet().available, world.wallet().pending) == (70, 0)
    assert kinds(world) == ["accrual", "clawback", "reinstatement", "activation"]
    assert world.differences() == []
