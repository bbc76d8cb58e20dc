"""A member has left: what is undone afterwards, in a batch of its own, leaves their wallet empty."""

from __future__ import annotations

import pytest

from tests.world import HALF_A_YEAR, World, line
from wafa.core.commands import CancelRedemption, CancelReturn, CloseMember, MergeMembers, UndoMerge
from wafa.core.outcomes import Posted
from wafa.store.models import Entry


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(HALF_A_YEAR, members=("amal", "bilal"))


def latest(world: World) -> tuple[str, int, int]:
    """The latest entry of Amal's: its kind, its change, and what was forfeited at once."""
    entry = Entry.objects.of(world.id).filter(wallet=world.wallet()).order_by("sequence").last()
    assert entry is not None
    assert (world.wallet().available, world.wallet().pending, world.wallet().debt) == (0, 0, 0)
    assert world.differences() == []
    return entry.kind, entry.points, entry.explanation.get("forfeited", 0)


def test_a_cancelled_redemption(world: World) -> None:
    world.buy(line("TEA", 100), number="R1")
    redeemed = world.spend(60)
    world.do(CloseMember)
    world.do(CancelRedemption, redemption=redeemed.slip.id)
    assert latest(world) == ("cancellation", 0, 60)


def test_a_cancelled_return(world: World) -> None:
    world.buy(line("TEA", 100), number="R1")
    back = world.coming_back(line("TEA", 100), of="R1")
    world.post(back)
    world.do(CloseMember)
    world.post(world.annul(CancelReturn, back))
    assert latest(world) == ("reinstatement", 0, 100)


def test_a_merge_that_is_undone(world: World) -> None:
    # Amal's 20 paid of Bilal's debt of 30. Parted, he owes all of it again, and her 20 are forfeited.
    world.buy(line("TEA", 30), number="R1", member="bilal")
    world.spend(30, member="bilal")
    world.bring_back(line("TEA", 30), of="R1", member="bilal")
    world.buy(line("TEA", 20), number="R2")
    merged = world.do(MergeMembers, member="bilal", into="amal")
    assert isinstance(merged, Posted)
    world.do(CloseMember)
    world.do(UndoMerge, merge=merged.slip.id)
    assert latest(world)[0] == "unmerge_out"
    assert world.wallet("bilal").available == 0
