"""Two transactions at a time: while the database writes one batch, the next is being decided."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Protocol, TypeVar

from django.db import connection

Batch = TypeVar("Batch")
Answer = TypeVar("Answer")


class SideBySide(Protocol):
    """Does something with each batch, two at a time; answers what came of each, in their order."""

    def __call__(self, do: Callable[[Batch], Answer], batches: Iterable[Batch], /) -> list[Answer]:
        """No more batches are asked for than are being worked on."""
        ...


@contextmanager
def two_lanes() -> Iterator[SideBySide]:
    """Two batches are worked on at the same time.

    The second one runs on a connection of its own, opened when it is first needed. The batches must not touch the same
    wallets, and each is a transaction of its own; so inside one of the caller's they come one after the other.
    """
    if connection.in_atomic_block:
        yield _one_by_one
        return
    with ThreadPoolExecutor(1) as other:

        def side_by_side(do: Callable[[Batch], Answer], batches: Iterable[Batch]) -> list[Answer]:
            waiting, answers = iter(batches), []
            while pair := list(islice(waiting, 2)):
                second = other.submit(do, pair[1]) if len(pair) == 2 else None
                answers.append(do(pair[0]))
                answers += [second.result()] if second else []
            return answers

        try:
            yield side_by_side
        finally:
            other.submit(lambda: connection.close())  # Its own: each thread has one.


def _one_by_one(do: Callable[[Batch], Answer], batches: Iterable[Batch]) -> list[Answer]:
    return [do(batch) for batch in batches]
