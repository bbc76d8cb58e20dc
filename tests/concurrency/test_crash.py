"""Killed at any moment, without a word: nothing half, nothing twice, nothing lost; sent again, all of it is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.concurrency.posting import BATCHES, MEMBERS, batches
from tests.world import GENEROUS, World
from wafa.core.outcomes import Accepted, Duplicate, Posted
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
            *("available_after", "held_after", "debt_after", "tier_after"),
        )
    )


def counted(world: World) -> set[str]:
    """The numbers and keys of what counts. A number without a document is one that a return waits for."""
    documents = list(Document.objects.of(world.id).values_list("number", flat=True))
    keys = list(Entry.objects.of(world.id).exclude(request_key=None).values_list("request_key", flat=True))
    found = [*documents, *keys]
    assert len(found) == len(set(found))
    awaited = DocumentNumber.objects.of(world.id).exclude(number__in=documents).values_list("id", flat=True)
    assert set(awaited) <= set(Document.objects.of(world.id).filter(waited=True).values_list("receipt_id", flat=True))
    return set(found)


def name_of(command: Any) -> str | None:
    """Its number or key."""
    return getattr(command, "number", None) or getattr(command, "key", None)


def test_killed_at_random_moments() -> None:
    world = World(GENEROUS, members=MEMBERS)
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
        reached.append(len(counted(world)))
    assert reached == sorted(reached)
    assert reached[1] > 0

    before = counted(world)
    kinds = []
    for batch in batches():
        outcomes = world.post(*batch)
        kinds += [(name, type(each)) for name, each in zip(map(name_of, batch), outcomes, strict=True) if name]
    assert {number for number, kind in kinds if kind is Duplicate} == before
    assert {number for number, kind in kinds if kind in (Accepted, Posted, Duplicate)} == counted(world)
    assert world.differences() == []

    whole = World(GENEROUS, members=MEMBERS)
    for batch in batches():
        whole.post(*batch)
    assert history(world) == history(whole)
    assert len(history(whole)) > BATCHES
