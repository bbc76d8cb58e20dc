"""Appending to table after table, while the database is still busy with the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.db import IntegrityError, transaction

from tests.db import query
from tests.world import World
from wafa.store.copies import Copies
from wafa.store.ids import new_key

COLUMNS = "merchant_id, id, code, name"


def branch(world: World, code: str) -> tuple[str, str, str, str]:
    return str(world.id), new_key(), code, code.title()


def codes(world: World) -> set[str]:
    return {code for (code,) in query("SELECT code FROM branch WHERE merchant_id = %s", world.id)}


def test_all_rows_are_there_when_it_is_left(world: World) -> None:
    before = codes(world)
    with Copies() as copies:
        copies.append("branch", COLUMNS, [branch(world, "one"), branch(world, "two")])
        copies.append("branch", COLUMNS, [])
        copies.append("branch", COLUMNS, ["\t".join(branch(world, "three"))])
    assert codes(world) - before == {"one", "two", "three"}


def test_more_than_the_connection_holds_at_once(world: World) -> None:
    many = [f"b{number}" for number in range(20_000)]
    with transaction.atomic():
        with Copies() as copies:
            copies.append("branch", COLUMNS, [branch(world, code) for code in many])
        assert codes(world) >= set(many)
        transaction.set_rollback(True)


begun: list[int] = []
"""The turns of the last `append`."""


def append(*tables: Iterable[tuple[str, ...]], then: Callable[[], None] = lambda: None) -> None:
    """Each of the tables' rows in its turn, and something after all of them."""
    begun.clear()
    with transaction.atomic(), Copies() as copies:
        for turn, rows in enumerate(tables):
            copies.append("branch", COLUMNS, rows)
            begun.append(turn)
        then()


def test_what_the_database_has_against_rows_is_said_by_the_next(world: World) -> None:
    with pytest.raises(IntegrityError):
        append([branch(world, "olaya")], [branch(world, "one")])
    assert begun == [0]
    assert "one" not in codes(world)


def test_or_at_the_end(world: World) -> None:
    with pytest.raises(IntegrityError):
        append([branch(world, "olaya")])
    assert begun == [0]


@pytest.mark.parametrize("code", ["olaya", "one"], ids=["also the database", "only the code"])
def test_what_went_wrong_first_is_heard_of_and_the_connection_stays_of_use(world: World, code: str) -> None:
    def fail() -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="the lights went out"):
        append([branch(world, code)], then=fail)
    assert "one" not in codes(world)


def test_rows_that_cannot_be_made_leave_nothing(world: World) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        yield branch(world, "two")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        append([branch(world, "one")], rows())
    assert not codes(world) & {"one", "two"}
