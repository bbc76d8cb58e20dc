"""A merchant who joins a server where others have long been: nothing costs more than it cost them."""

from __future__ import annotations

import pytest

from tests.db import query, rows_read
from tests.world import PLAIN, World, line, owned_tables
from wafa.store import statistics

RECEIPTS = 200


def busy() -> World:
    members = [f"m{number}" for number in range(RECEIPTS // 2)]
    world = World(PLAIN, members)
    world.post(*(world.purchase(line("TEA", 1), number=f"R{n}", member=members[n // 2]) for n in range(RECEIPTS)))
    return world


@pytest.fixture(scope="module")
def newcomer(transactional_db: None) -> World:
    """The statistics know two merchants well, and have never heard of this one."""
    busy()
    busy()
    statistics.refresh()
    return busy()


def test_asking_again_reads_as_little_as_ever(newcomer: World) -> None:
    again = newcomer.purchase(line("TEA", 1), number="R7", member="m3")
    read = rows_read(lambda: newcomer.post(again))
    assert sum(read.values()) < 40, read


def test_so_does_a_return(newcomer: World) -> None:
    read = rows_read(lambda: newcomer.bring_back(line("TEA", 0), of="R7", member="m3"))
    assert sum(read.values()) < 100, read


def test_no_table_counts_merchants() -> None:
    """With statistics of merchants a new one seems to have no rows; so every table of theirs does without."""
    rows = query(
        """
        SELECT attrelid::regclass::text, attstattarget, attoptions::text FROM pg_attribute
        WHERE attname = 'merchant_id' AND attrelid = ANY(%s::text[]::regclass[])
        """,
        owned_tables(),
    )
    assert {table for table, *how in rows if how != [1, "{n_distinct=1}"]} == set()
    assert len(rows) == len(owned_tables())
