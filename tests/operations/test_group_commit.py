"""Group commit: one batch in flight, what comes meanwhile is the next; a bad one fails alone; nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError

from wafa.operations.group_commit import Batcher, Failed, MemberBusyError, QueueFullError, answer_all

SECONDS_MAX = 10


class Slow:
    """Does a batch when it is let; remembers what each batch held."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.let = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def __call__(self, asked: Sequence[int]) -> list[int]:
        self.batches.append(list(asked))
        self.begun.release()
        assert self.let.acquire(timeout=SECONDS_MAX)
        return [each * 10 for each in asked]


def batcher(do: Callable[[Sequence[int]], Sequence[int]], waiting: int = 100, each: int = 100) -> Batcher[int, int]:
    return Batcher(do, waiting_most=waiting, each_most=each)


def test_a_lone_request_waits_for_nobody() -> None:
    assert batcher(lambda asked: [each * 10 for each in asked]).ask(7) == 70


def test_what_arrives_while_a_batch_is_in_flight_is_the_next() -> None:
    slow = Slow()
    together = batcher(slow)
    with ThreadPoolExecutor(10) as threads:
        first = threads.submit(together.ask, 0)
        assert slow.begun.acquire(timeout=SECONDS_MAX)
        others = [threads.submit(together.ask, each) for each in range(1, 10)]
        while len(together._queue) < 9:
            threading.Event().wait(0.001)
        slow.let.release(2)
        assert first.result(SECONDS_MAX) == 0
        assert [other.result(SECONDS_MAX) for other in others] == [each * 10 for each in range(1, 10)]
    assert [sorted(batch) for batch in slow.batches] == [[0], list(range(1, 10))]


def test_more_than_may_wait_are_refused_at_once() -> None:
    slow = Slow()
    together = batcher(slow, waiting=2)
    with ThreadPoolExecutor(3) as threads:
        threads.submit(together.ask, 0)
        assert slow.begun.acquire(timeout=SECONDS_MAX)
        waiting = [threads.submit(together.ask, each) for each in (1, 2)]
        while len(together._queue) < 2:
            threading.Event().wait(0.001)
        with pytest.raises(QueueFullError):
            together.ask(3)
        slow.let.release(3)
        assert [each.result(SECONDS_MAX) for each in waiting] == [10, 20]
    assert slow.batches == [[0], [1, 2]]


def test_one_members_storm_is_refused_and_nobody_elses() -> None:
    slow = Slow()
    together = batcher(slow, each=2)
    with ThreadPoolExecutor(4) as threads:
        storm = [threads.submit(together.ask, each, "amal") for each in (1, 2)]
        while together._of["amal"] < 2:
            threading.Event().wait(0.001)
        with pytest.raises(MemberBusyError):
            together.ask(3, "amal")
        other = threads.submit(together.ask, 4, "badr")
        slow.let.release(3)
        assert [each.result(SECONDS_MAX) for each in (*storm, other)] == [10, 20, 40]
        assert threads.submit(together.ask, 5, "amal").result(SECONDS_MAX) == 50


def test_a_bad_one_fails_alone() -> None:
    tried: list[list[int]] = []

    def do(asked: Sequence[int]) -> list[int]:
        tried.append(list(asked))
        if 5 in asked:
            raise ValueError("five")
        return [each * 10 for each in asked]

    answers = answer_all(do, list(range(8)))
    assert [each for each in answers if not isinstance(each, Failed)] == [0, 10, 20, 30, 40, 60, 70]
    [failed] = [each for each in answers if isinstance(each, Failed)]
    assert isinstance(failed.error, ValueError)
    assert len(tried) == 7


def test_where_the_connection_is_lost_nothing_is_tried_again() -> None:
    """Nobody knows what was committed: to try again without being asked could count twice what has no number."""
    tried = []

    def do(asked: Sequence[int]) -> list[int]:
        tried.append(list(asked))
        raise OperationalError("server closed the connection unexpectedly")

    assert all(isinstance(each, Failed) for each in answer_all(do, [1, 2, 3]))
    assert tried == [[1, 2, 3]]


def test_what_goes_wrong_is_told_to_who_asked_and_the_next_is_served() -> None:
    def do(asked: Sequence[int]) -> list[int]:
        if asked == [1]:
            raise ValueError("one")
        return list(asked)

    together = batcher(do)
    with pytest.raises(ValueError, match="one"):
        together.ask(1)
    assert together.ask(2) == 2
