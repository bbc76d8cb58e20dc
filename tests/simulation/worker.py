"""A server's worker, in a process of its own: posts what it is sent, and can be told at which statement to die."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any
from unittest import mock
from uuid import UUID

from django.db import connection, connections

from wafa.core.commands import Command
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused
from wafa.operations.post import post
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.operations.settle import settle_due
from wafa.store.actor import Actor
from wafa.store.models import Merchant

TILL = Actor("till", "simulated")


@dataclass(frozen=True, slots=True)
class Work:
    """A batch; or, without commands, the jobs of the night. `dies_at`: a statement, and whether after it."""

    commands: tuple[Command, ...]
    night: datetime | None = None
    dies_at: tuple[int, bool] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a till is told: the kind of outcome, the id, points, or the refusal's name."""

    kind: str
    id: UUID | None = None
    points: int = 0
    refusal: str = ""


class Worker:
    """The other end of the line, as the tills see it."""

    def __init__(self, context: Any, merchant_id: UUID) -> None:
        self._line, theirs = context.Pipe()
        self.process: ForkProcess = context.Process(target=_serve, args=(theirs, merchant_id), daemon=True)
        self.process.start()
        theirs.close()

    def send(self, work: Work) -> None:
        """Ask for something."""
        self._line.send(work)

    def answer(self) -> list[Answer] | None:
        """What came of it; None where the worker died."""
        try:
            answers: list[Answer] = self._line.recv()
        except EOFError:
            self.process.join()
            return None
        return answers

    def stop(self) -> None:
        """The day is over. Told in words: a worker made later holds a copy of this end of the line."""
        self._line.send(None)
        self.process.join()


def _serve(line: Connection, merchant_id: UUID) -> None:
    connections.close_all()
    while (work := line.recv()) is not None:
        line.send(_carry_out(merchant_id, work))
    connections.close_all()


def _carry_out(merchant_id: UUID, work: Work) -> list[Answer]:
    executioner = _Executioner(*work.dies_at) if work.dies_at else None
    if executioner is None:
        return _do(merchant_id, work)
    with connection.execute_wrapper(executioner.watch), executioner.at_commit():
        return _do(merchant_id, work)


def _do(merchant_id: UUID, work: Work) -> list[Answer]:
    if work.night is None:
        try:
            return [_told(outcome) for outcome in post(merchant_id, work.commands, TILL)]
        except Exception as error:
            return [Answer("failed", refusal=f"{type(error).__name__}: {error}")]
    merchant = Merchant.objects.get(id=merchant_id)
    merchant.clock_at = work.night
    settle_due(merchant)
    requalify_tiers(merchant)
    return [Answer("night")]


def _told(outcome: Outcome) -> Answer:
    match outcome:
        case Accepted(slip) | Posted(slip):
            return Answer("counted", slip.id, slip.points)
        case Duplicate(slip):
            return Answer("duplicate", slip.id, slip.points)
        case Refused(refusal):
            return Answer("refused", refusal=refusal.value)
    return Answer(type(outcome).__name__)


class _Executioner:
    """Kills its own process at a statement: before it is sent or after it was answered. COMMIT is a statement too."""

    def __init__(self, statement: int, after: bool) -> None:
        self._left = statement
        self._after = after

    def watch(self, execute: Any, *what: Any) -> Any:
        """Around each statement."""
        return self._around(lambda: execute(*what))

    def at_commit(self) -> Any:
        """Around each commit."""
        commit = connection._commit

        def around() -> Any:
            return self._around(commit)

        return mock.patch.object(connection, "_commit", around)

    def _around(self, act: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = act()
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def batches_of(commands: Sequence[Command], most: int) -> list[tuple[Command, ...]]:
    """Commands in batches of at most so many."""
    return [tuple(commands[first : first + most]) for first in range(0, len(commands), most)]
