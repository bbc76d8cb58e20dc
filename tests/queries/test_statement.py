"""Statements: one history a person, at any instant, whatever cards they have had."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.world import GENEROUS, NOON, World, line
from wafa.core.commands import Adjust, MergeMembers, UndoMerge
from wafa.core.outcomes import Posted
from wafa.queries import statement as statements
from wafa.queries.members import survivor_of
from wafa.queries.statement import statement

HOUR = timedelta(hours=1)


def told(world: World, number: str, at: datetime, unit: str = "points") -> list[tuple[str, str, int, int]]:
    """Card, kind, change and balance after it, the latest first."""
    member = survivor_of(world.merchant, number, at)
    assert member is not None
    lines = statement(world.merchant, member, at, unit)
    return [(each.card, each.entry.kind, each.entry.points, each.entry.available_after) for each in lines]


def test_what_had_been_posted_by_an_instant() -> None:
    world = World(GENEROUS)
    world.buy(line("TEA", 10))
    world.buy(line("TEA", 20), at=NOON + HOUR)
    first = ("amal", "accrual", 10, 10)
    assert told(world, "amal", NOON - HOUR) == []
    assert told(world, "amal", NOON) == [first]
    assert told(world, "amal", NOON + HOUR) == [("amal", "accrual", 20, 30), first]


def test_the_survivors_statement_shows_both_histories_as_long_as_they_are_one() -> None:
    world = World(GENEROUS, members=("amal", "bilal"))
    world.buy(line("TEA", 10), member="amal", at=NOON)
    world.buy(line("TEA", 20), member="bilal", at=NOON + HOUR)
    world.buy(line("TEA", 5), member="amal", at=NOON + 2 * HOUR)
    merge = world.do(MergeMembers, at=NOON + 3 * HOUR, member="bilal", into="amal")
    world.buy(line("TEA", 7), member="bilal", at=NOON + 4 * HOUR)
    assert isinstance(merge, Posted)
    world.do(UndoMerge, at=NOON + 5 * HOUR, merge=merge.slip.id)

    before = [("amal", "accrual", 5, 15), ("amal", "accrual", 10, 10)]
    assert told(world, "amal", NOON + 2 * HOUR) == before
    assert told(world, "bilal", NOON + 2 * HOUR) == [("bilal", "accrual", 20, 20)]

    merged = [
        ("amal", "accrual", 7, 42),
        ("amal", "merge_in", 20, 35),
        ("bilal", "merge_out", -20, 0),
        ("amal", "accrual", 5, 15),
        ("bilal", "accrual", 20, 20),
        ("amal", "accrual", 10, 10),
    ]
    assert told(world, "amal", NOON + 4 * HOUR) == merged
    assert told(world, "bilal", NOON + 4 * HOUR) == merged, "its number stands for the survivor"

    assert [kind for _, kind, *_ in told(world, "amal", NOON + 5 * HOUR)] == [
        "unmerge_out", "accrual", "merge_in", "accrual", "accrual"
    ]  # fmt: skip
    assert told(world, "bilal", NOON + 5 * HOUR)[0] == ("bilal", "unmerge_in", 20, 20)


def test_a_card_merged_into_one_that_is_merged_in_turn() -> None:
    world = World(GENEROUS, members=("amal", "bilal", "chadi"))
    world.buy(line("TEA", 10), member="chadi", at=NOON)
    world.do(MergeMembers, at=NOON + HOUR, member="chadi", into="bilal")
    world.do(MergeMembers, at=NOON + 2 * HOUR, member="bilal", into="amal")
    for number in ("amal", "bilal", "chadi"):
        lines = told(world, number, NOON + 2 * HOUR)
        assert {card for card, *_ in lines} == {"amal", "bilal", "chadi"}
        assert lines[0] == ("amal", "merge_in", 10, 10)
    assert {card for card, *_ in told(world, "chadi", NOON + HOUR)} == {"bilal", "chadi"}


def test_a_unit_of_its_own() -> None:
    world = World(GENEROUS)
    world.buy(line("TEA", 10))
    world.do(Adjust, points=3, unit="stamps")
    assert told(world, "amal", NOON, "stamps") == [("amal", "adjustment", 3, 3)]
    assert told(world, "amal", NOON, "credit") == []
    assert told(world, "amal", NOON) == [("amal", "accrual", 10, 10)]


def test_more_entries_than_one_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "ENTRIES_A_FETCH", 2)
    world = World(GENEROUS)
    for step in range(5):
        world.buy(line("TEA", 1), at=NOON + step * HOUR)
    assert [after for *_, after in told(world, "amal", NOON + 5 * HOUR)] == [5, 4, 3, 2, 1]


def test_a_number_that_nobody_has(world: World) -> None:
    assert survivor_of(world.merchant, "nobody", NOON) is None
