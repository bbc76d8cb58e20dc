"""What the locks are for: each is taken away first, and the harm shown; then it is put back, and there is none."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.concurrency.at_once import Meeting, at_once, kinds
from tests.world import PLAIN, World, line
from wafa.store.models import DocumentLine, ReturnMatch

WALLET_LOADED = "FROM asked JOIN wallet w"
WALLET_LOCK = "FOR UPDATE OF w"
LINES_LOADED = "FROM chosen"
RECEIPT_LOCK = "FOR UPDATE OF n"


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(PLAIN)


def two_purchases(world: World, without: str = "") -> list[object]:
    """Two tills sell to Amal at the same moment: 100 points each."""
    meeting = Meeting(WALLET_LOADED)
    return at_once(*(meeting.join(lambda: world.buy(line("TEA", 100)), without) for _ in range(2)))


@pytest.mark.usefixtures("sequences_may_repeat")
def test_without_the_wallet_lock_an_update_is_lost(world: World) -> None:
    assert kinds(two_purchases(world, without=WALLET_LOCK)) == ["Accepted", "Accepted"]
    assert [entry.points for entry in world.entries()] == [100, 100]
    assert world.wallet().available == 100
    assert any(found.what == "available" for found in world.differences())


def test_without_the_wallet_lock_the_unique_sequence_refuses_the_second(world: World) -> None:
    answers = two_purchases(world, without=WALLET_LOCK)
    assert kinds(answers) in (["Accepted", "IntegrityError"], ["Accepted", "UniqueViolation"])
    assert "entry_sequence_once" in str(next(answer for answer in answers if isinstance(answer, Exception)))
    assert (world.wallet().available, len(world.entries())) == (100, 1)
    assert world.differences() == []


def test_with_the_wallet_lock_both_count(world: World) -> None:
    assert kinds(two_purchases(world)) == ["Accepted", "Accepted"]
    assert (world.wallet().available, len(world.entries())) == (200, 2)
    assert world.differences() == []


def two_returns_of_an_anonymous_receipt(world: World, without: str = "") -> list[object]:
    """One tea was sold to somebody; two tills take it back at the same moment."""
    world.buy(line("TEA", 100), number="R1", member=None)
    meeting = Meeting(LINES_LOADED)
    return at_once(
        *(meeting.join(lambda: world.bring_back(line("TEA", 0), of="R1", member=None), without) for _ in range(2))
    )


def came_back(world: World) -> tuple[int, int]:
    """Pieces that came back, by the line and by the matches."""
    sold = DocumentLine.objects.of(world.id).get(document__kind="purchase")
    matches = ReturnMatch.objects.of(world.id).values_list("quantity_milli", flat=True)
    return sold.returned_milli // 1000, sum(matches) // 1000


def test_without_the_receipt_lock_goods_come_back_twice(world: World) -> None:
    assert kinds(two_returns_of_an_anonymous_receipt(world, without=RECEIPT_LOCK)) == ["Accepted", "Accepted"]
    assert came_back(world) == (1, 2)
    assert world.differences() != []


def test_with_the_receipt_lock_they_come_back_once(world: World) -> None:
    assert kinds(two_returns_of_an_anonymous_receipt(world)) == ["Accepted", "Refused"]
    assert came_back(world) == (1, 1)
    assert world.differences() == []


def test_the_locks_that_are_taken_away_are_there(world: World) -> None:
    world.buy(number="R1")
    sent: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        world.bring_back(of="R1")
    for lock in (WALLET_LOCK, RECEIPT_LOCK):
        assert sum(lock in sql for sql in sent) == 1
    locks = [next(place for place, sql in enumerate(sent) if lock in sql) for lock in (RECEIPT_LOCK, WALLET_LOCK)]
    claimed = next(place for place, sql in enumerate(sent) if "INSERT INTO document_number" in sql)
    assert claimed < locks[0] < locks[1]
