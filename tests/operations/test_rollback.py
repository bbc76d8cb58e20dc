"""A batch is written whole or not at all: whichever write fails, nothing stays, and the batch can be sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.core.commands import Command, MergeMembers, MoveReceipt, PlaceHold, Settle
from wafa.core.outcomes import Accepted, Posted, Refused, Settled
from wafa.store import journal, outbox, projections
from wafa.store.loading import claims, numbers, receipts, wallets

STEPS = [
    (claims, "claim"),
    (numbers, "lock"),
    (wallets, "lock"),
    (receipts, "candidates"),
    (journal, "append_documents"),
    (journal, "_append_entries"),
    (journal, "_append_holds"),
    (journal, "_append_lots"),
    (journal, "_append_awards"),
    (journal, "_append_postings"),
    (projections, "move_wallets"),
    (projections, "move_lots_and_receipts"),
    (projections, "move_owners"),
    (journal, "append"),
    (outbox, "append"),
]


class PulledPlugError(RuntimeError):
    """The failure that a test injects."""


@pytest.fixture
def world() -> World:
    """Receipts to return, points to expire."""
    world = World(HALF_A_YEAR, members=("amal", "bilal", "chadi", "dana"))
    world.buy(line("TEA", 60, 3), number="R1")
    world.buy(line("TEA", 60, 3), number="R2", member="bilal")
    world.buy(line("TEA", 30), number="R3", member="chadi")
    world.now = NOON + timedelta(days=150)
    return world


def everything(world: World) -> list[Command]:
    """A batch that writes to every table: sold, returned, named and not, refused, held, moved, merged, expired."""
    late = world.now + timedelta(days=60)
    return [
        world.ask(PlaceHold, member="chadi", points=10),
        world.ask(MoveReceipt, receipt=("till", "", "R3"), to="amal"),
        world.ask(MergeMembers, member="dana", into="amal"),
        world.purchase(line("CUP", 5)),
        world.coming_back(line("TEA", 0), of="R1"),
        world.coming_back(line("TEA", 0, 2), member="bilal"),
        world.purchase(member="nobody"),
        Settle(at=late),
        world.purchase(line("CUP", 7), member="bilal", at=late),
    ]


def goes_through(world: World, batch: list[Command]) -> None:
    """The same batch, sent again."""
    outcomes = world.post(*batch)
    assert [type(outcome) for outcome in outcomes[:3]] == [Posted] * 3
    assert [type(outcome) for outcome in outcomes[3:]] == [Accepted, Accepted, Accepted, Refused, Settled, Accepted]
    assert world.differences() == []


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failing_step_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, when: str
) -> None:
    step: Callable[..., Any] = getattr(module, name)

    def fail(*arguments: Any, **named: Any) -> None:
        if when == "after":
            step(*arguments, **named)
        raise PulledPlugError(name)

    before, batch = world.rows(), everything(world)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, fail)
        with pytest.raises(PulledPlugError, match=name):
            world.post(*batch)

    assert world.rows() == before
    assert not connection.in_atomic_block
    goes_through(world, batch)


def test_a_connection_that_breaks_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    append = outbox.append

    def cut(*arguments: Any) -> None:
        append(*arguments)
        connection.connection.close()

    before, batch = world.rows(), everything(world)
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "append", cut)
        with pytest.raises(Exception, match="connection"):
            world.post(*batch)
    connection.close()
    assert world.rows() == before
    goes_through(world, batch)


def test_a_batch_inside_a_larger_transaction_goes_with_it(world: World) -> None:
    before = world.rows()
    with transaction.atomic():
        goes_through(world, everything(world))
        assert world.rows() != before
        transaction.set_rollback(True)
    assert world.rows() == before
