"""A version is published, and the clock set, between batches: what counts, and by which rules, is certain."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from tests.concurrency.at_once import at_once
from tests.world import NOON, PLAIN, World, line
from wafa.core.commands import Adjust
from wafa.operations.publish_programme import StartsTooEarlyError, publish_programme
from wafa.operations.set_clock import set_clock

DOUBLE = PLAIN | {"rules": [PLAIN["rules"][0] | {"points": 2}]}


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(PLAIN)


@pytest.mark.parametrize("kind", ["sale", "request"])
def test_what_is_being_counted_is_waited_for(world: World, kind: str) -> None:
    """Counted but not yet committed when the publisher comes: the version must not start before it."""
    counted, published = threading.Event(), threading.Event()

    def till() -> None:
        with transaction.atomic():
            if kind == "sale":
                world.buy(line("TEA", 10), at=NOON)
            else:
                world.do(Adjust, points=5, reason="goodwill", note="They had to wait.", at=NOON)
            counted.set()
            published.wait(0.5)

    def office() -> str:
        counted.wait(10)
        try:
            publish_programme(world.merchant, DOUBLE, NOON - timedelta(hours=1))
        except StartsTooEarlyError:
            return "too early"
        finally:
            published.set()
        return "published"

    assert at_once(till, office) == [None, "too early"]
    assert world.differences() == []


def test_the_clock_is_not_put_back_before_what_is_being_counted(world: World) -> None:
    counted, put_back = threading.Event(), threading.Event()

    def till() -> None:
        with transaction.atomic():
            world.buy(line("TEA", 10), at=NOON)
            counted.set()
            put_back.wait(0.5)

    def office() -> None:
        counted.wait(10)
        try:
            set_clock(world.merchant, NOON - timedelta(hours=1))
        finally:
            put_back.set()

    assert [type(answer).__name__ for answer in at_once(till, office)] == ["NoneType", "ClockWouldGoBackError"]


def test_what_comes_while_a_version_is_published_reads_it(world: World) -> None:
    publishing, sold = threading.Event(), threading.Event()

    def office() -> None:
        with transaction.atomic():
            publish_programme(world.merchant, DOUBLE, NOON - timedelta(hours=1))
            publishing.set()
            sold.wait(0.5)

    def till() -> int:
        publishing.wait(10)
        try:
            points: int = world.buy(line("TEA", 10), at=NOON).slip.points
        finally:
            sold.set()
        return points

    assert at_once(office, till) == [None, 20]
    assert world.differences() == []
