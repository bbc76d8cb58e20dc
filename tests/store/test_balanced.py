"""The points of an entry's postings add up to nothing, and those that count for the tier do so by themselves."""

from __future__ import annotations

import psycopg
import pytest
from django.db import DatabaseError, transaction

from tests.db import query, refused, rolled_back
from tests.world import World
from wafa.store.copies import Copies
from wafa.store.ids import new_id

MUST_ADD_UP = "the postings of an entry must add up to zero"


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Two receipts."""
    world = World()
    world.buy(), world.buy()
    return world


def postings(shop: World, *legs: tuple[str, int], entry: int = 0) -> tuple[str, list[object]]:
    """A statement that adds these legs to one of the entries."""
    id = shop.entries()[entry].id
    rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(legs))
    values = [value for account, points in legs for value in (shop.id, new_id(), id, account, points)]
    return f"INSERT INTO posting (merchant_id, id, entry_id, account, points) VALUES {rows}", values


@pytest.mark.parametrize(
    "legs",
    [
        [("available", 5)],
        [("available", 5), ("issued", -4)],
        [("available", 5), ("issued", -5), ("debt", 1)],
        [("qualifying", 5)],
        [("qualifying", 5), ("issued", -5)],
        [("qualifying", 5), ("available", -5), ("expired", 5), ("qualified", -5), ("qualified", -1), ("issued", 1)],
    ],
)
def test_unbalanced_postings_are_refused(shop: World, legs: list[tuple[str, int]]) -> None:
    statement, values = postings(shop, *legs)
    refused(MUST_ADD_UP, statement, *values)


def test_each_entry_adds_up_by_itself(shop: World) -> None:
    first, values = postings(shop, ("available", 5), ("issued", -4), entry=0)
    _, more = postings(shop, ("available", 4), ("issued", -5), entry=1)
    refused(MUST_ADD_UP, f"{first}, (%s, %s, %s, %s, %s), (%s, %s, %s, %s, %s)", *values, *more)


def test_an_unbalanced_copy_is_refused(shop: World) -> None:
    entry = shop.entries()[0].id
    rows = [(str(shop.id), str(new_id()), str(entry), "available", "7")]
    with pytest.raises((DatabaseError, psycopg.Error), match=MUST_ADD_UP), transaction.atomic(), Copies() as copies:
        copies.append("posting", "merchant_id, id, entry_id, account, points", rows)


@pytest.mark.parametrize(
    "legs",
    [
        [("available", 5), ("issued", -5)],
        [("available", 5), ("issued", -5), ("qualifying", 3), ("qualified", -3)],
        [("available", -5), ("expired", 2), ("clawed_back", 3)],
    ],
)
def test_balanced_postings_are_taken(shop: World, legs: list[tuple[str, int]]) -> None:
    statement, values = postings(shop, *legs)
    with rolled_back():
        query(statement, *values)
