"""Killed at any moment, without a word: nothing half, nothing twice, nothing lost; sent again, all of it is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.concurrency.posting import BATCHES, MEMBERS, batches
from tests.world import HALF_A_YEAR, World
from wafa.core.outcomes import Accepted, Duplicate
from wafa.store import statistics
from wafa.store.models import Document, DocumentNumber, Entry

KILLS = 4
BATCHES_EACH = 8


def start(world: World) -> subprocess.Popen[str]:
    """A process that posts, on the tests' database."""
    settings = connection.settings_dict
    database = make_conninfo(
        dbname=settings["NAME"],
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
    )
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.posting", str(world.id)],
        env={**os.environ, "DATABASE_URL": database},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def history(world: World) -> list[tuple[object, ...]]:
    """All that happened to all wallets."""
    entries = Entry.objects.of(world.id).order_by("wallet__member__number", "sequence")
    return list(
        entries.values_list(
            *("wallet__member__number", "sequence", "kind", "document__number", "posted_at", "points"),
            *("available_after", "debt_after", "tier_after"),
        )
    )


def documents(world: World) -> set[str]:
    """The numbers of the documents that count."""
    found = list(Document.objects.of(world.id).values_list("number", flat=True))
    assert len(found) == len(set(found)) == DocumentNumber.objects.of(world.id).count()
    return set(found)


def test_killed_at_random_moments() -> None:
    world = World(HALF_A_YEAR, members=MEMBERS)
    chance, reached = random.Random(11), [0]
    for kill in range(KILLS):
        process = start(world)
        assert process.stdout is not None
        for _ in range(BATCHES_EACH * kill + chance.randrange(1, BATCHES_EACH)):
            assert process.stdout.readline() == "posted\n"
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        statistics.refresh()
        assert world.differences() == []
        reached.append(len(documents(world)))
    assert reached == sorted(reached)
    assert reached[1] > 0

    before = documents(world)
    kinds = []
    for batch in batches():
        outcomes = world.post(*batch)
        kinds += [
            (command.number, type(outcome))
            for command, outcome in zip(batch, outcomes, strict=True)
            if hasattr(command, "number")
        ]
    assert {number for number, kind in kinds if kind is Duplicate} == before
    assert {number for number, kind in kinds if kind in (Accepted, Duplicate)} == documents(world)
    assert world.differences() == []

    whole = World(HALF_A_YEAR, members=MEMBERS)
    for batch in batches():
        whole.post(*batch)
    assert history(world) == history(whole)
    assert len(history(whole)) > BATCHES
