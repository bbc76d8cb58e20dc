"""Two batches at a time: on two connections, each its own transaction; and one after the other inside a larger one."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tests.db import query
from tests.world import HALF_A_YEAR, World, line
from wafa.operations import settle
from wafa.operations.settle import settle_due
from wafa.operations.two_lanes import two_lanes

TOO_LATE = datetime(2011, 12, 1, 21, tzinfo=UTC)


def backend(_: object = None) -> int:
    """The server process that this connection talks to."""
    return int(query("SELECT pg_backend_pid()")[0][0])


def test_two_connections_and_the_answers_in_order() -> None:
    with two_lanes() as side_by_side:
        first, second, third = side_by_side(backend, [1, 2, 3])
        assert first == third == backend()
        assert second != first
        assert side_by_side(lambda number: number * 2, range(5)) == [0, 2, 4, 6, 8]
    assert backend() == first
    gone(second)


def test_no_more_is_asked_for_than_is_being_done() -> None:
    asked, done = [], []

    def batches() -> Any:
        for number in range(5):
            assert number - len(done) < 2
            asked.append(number)
            yield number

    with two_lanes() as side_by_side:
        side_by_side(done.append, batches())
    assert sorted(done) == asked


def test_inside_a_transaction_there_is_one_connection() -> None:
    with transaction.atomic(), two_lanes() as side_by_side:
        assert set(side_by_side(backend, range(4))) == {backend()}


@pytest.mark.parametrize("lane", [0, 1])
def test_what_fails_in_one_lane_fails_alone(monkeypatch: pytest.MonkeyPatch, lane: int) -> None:
    world = World(HALF_A_YEAR)
    world.enrol("bilal")
    world.buy(line("TEA", 70)), world.buy(line("TEA", 30), member="bilal")
    world.stand_at(TOO_LATE)
    monkeypatch.setattr(settle, "WALLETS_A_BATCH", 1)
    post, due = settle.post, settle._wallets_due(world.merchant, TOO_LATE, 2)

    def breaks(merchant: Any, commands: Any, actor: Any) -> Any:
        if commands[0].wallets == (due[lane],):
            raise RuntimeError("this one breaks")
        return post(merchant, commands, actor)

    with monkeypatch.context() as patch:
        patch.setattr(settle, "post", breaks)
        with pytest.raises(RuntimeError, match="this one breaks"):
            settle_due(world.merchant)
    assert settle._wallets_due(world.merchant, TOO_LATE, 2) == (due[lane],)
    assert settle_due(world.merchant) in (30, 70)
    assert world.differences() == []


def test_both_lanes_write_what_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [World(HALF_A_YEAR), World(HALF_A_YEAR)]
    members = [f"m{number}" for number in range(7)]
    for world in worlds:
        world.enrol(*members)
        world.post(*(world.purchase(line("TEA", 10 + place), member=number) for place, number in enumerate(members)))
        world.stand_at(TOO_LATE)
    monkeypatch.setattr(settle, "WALLETS_A_BATCH", 2)
    assert settle_due(worlds[0].merchant) == 91
    with transaction.atomic():
        assert settle_due(worlds[1].merchant) == 91
    told = [[(e.kind, e.points, e.sequence, e.available_after) for n in members for e in w.entries(n)] for w in worlds]
    assert told[0] == told[1]
    assert [world.differences() for world in worlds] == [[], []]


def gone(pid: int) -> None:
    """The server process ends soon after its connection was closed."""
    for _ in range(100):
        if not query("SELECT FROM pg_stat_activity WHERE pid = %s", pid):
            return
        time.sleep(0.05)
    raise AssertionError("a connection was left open")
