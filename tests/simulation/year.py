"""A year: tills that lose replies, retry, and come back from offline in another order; workers that are killed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.db import connections

from tests.simulation.plan import Plan
from tests.simulation.shop import OPENING, YEAR, Size, found
from tests.simulation.worker import Answer, Work, Worker, batches_of
from wafa.core.commands import Command, DocumentCommand
from wafa.operations.requalify_tiers import requalify_tiers
from wafa.operations.settle import settle_due
from wafa.queries.verify import Difference, verify
from wafa.store import statistics
from wafa.store.models import Document, Entry, Merchant

WORKERS = 2
BATCH_MOST = 25
LOST_REPLY, OFFLINE, KILLED, DOUBLE_CLICK = 0.04, 0.06, 0.12, 0.02
STATEMENTS_MOST = 20
FAILURES_MOST = 5
"""Batches that may fail and be sent again, in a row: two of them that use one key at one moment, say."""


@dataclass(slots=True)
class Report:
    """What came of a year."""

    seed: int
    commands: int = 0
    killed: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults and not self.differences


class Year:
    """One seed's year, from founding the chain to the audit."""

    def __init__(self, seed: int, size: Size) -> None:
        self.chance = random.Random(seed)
        self.size = size
        self.report = Report(seed)
        self.merchant_id = found(self.chance, size)
        self.plan = Plan(self.chance, size, OPENING)
        self.queues: list[list[Command]] = [[] for _ in range(WORKERS)]
        self.offline: list[Command] = []
        self.first: dict[object, Answer] = {}
        self.counted: set[object] = set()
        connections.close_all()
        self.context = get_context("fork")
        self.workers = [Worker(self.context, self.merchant_id) for _ in range(WORKERS)]

    def run(self) -> Report:
        """The whole year, then the audit."""
        ticks = max(1, self.size.commands // (WORKERS * BATCH_MOST // 2))
        for tick in range(ticks):
            self.plan.at = OPENING + YEAR * tick / ticks + timedelta(minutes=self.chance.randrange(60))
            self._wish()
            self._deliver()
            if self.chance.random() < 0.3:
                self._night()
        while any(self.queues) or self.offline:
            self._come_back_online(1.0)
            self._deliver()
        for worker in self.workers:
            worker.stop()
        self._audit()
        return self.report

    # --- a tick ------------------------------------------------------------------------------------------------------

    def _wish(self) -> None:
        """What is wanted goes to one of the two workers, or waits in a till that is offline."""
        for _ in range(self.chance.randint(1, WORKERS * BATCH_MOST)):
            asked = self.plan.next()
            for place, command in enumerate(asked):
                self.report.commands += 1
                if self.chance.random() < OFFLINE:
                    self.offline.append(command)
                else:
                    self.queues[place % WORKERS if len(asked) > 1 else self.chance.randrange(WORKERS)].append(command)
                    if self.chance.random() < DOUBLE_CLICK:
                        self.queues[self.chance.randrange(WORKERS)].append(command)
        self._come_back_online(0.2)

    def _come_back_online(self, likely: float) -> None:
        if self.chance.random() < likely:
            self.chance.shuffle(self.offline)
            self.queues[self.chance.randrange(WORKERS)] += self.offline
            self.offline = []

    def _deliver(self) -> None:
        """Both workers take a batch at the same moment; whoever dies is sent the same again."""
        waiting = [batches_of(queue, BATCH_MOST) for queue in self.queues]
        self.queues = [[] for _ in range(WORKERS)]
        failed = 0
        while any(waiting):
            works = [Work(self._now(batches[0]), dies_at=self._fate()) if batches else None for batches in waiting]
            for place, answers in self._ask(works):
                work = works[place]
                assert work is not None
                if answers is None:
                    continue
                if answers[0].kind == "failed":
                    failed += 1
                    if failed > FAILURES_MOST:
                        self.report.faults.append(f"a batch fails again and again: {answers[0].refusal}")
                        waiting[place].pop(0)
                    continue
                failed = 0
                waiting[place].pop(0)
                for command, answer in zip(work.commands, answers, strict=True):
                    self._hear(command, answer)

    def _ask(self, works: list[Work | None]) -> Iterator[tuple[int, list[Answer] | None]]:
        for worker, work in zip(self.workers, works, strict=True):
            if work:
                worker.send(work)
        for place, work in enumerate(works):
            if work:
                answers = self.workers[place].answer()
                if answers is None:
                    self.report.killed += 1
                    self.workers[place] = Worker(self.context, self.merchant_id)
                yield place, answers

    def _now(self, batch: tuple[Command, ...]) -> tuple[Command, ...]:
        return tuple(replace(command, at=self.plan.at) for command in batch)  # type: ignore[type-var]

    def _fate(self) -> tuple[int, bool] | None:
        if self.chance.random() >= KILLED:
            return None
        return self.chance.randint(1, STATEMENTS_MOST), self.chance.random() < 0.5

    def _night(self) -> None:
        """The jobs run on one worker; if it dies of it, another night does the rest."""
        list(self._ask([Work((), night=self.plan.at, dies_at=self._fate()), None]))

    # --- what tills hear ---------------------------------------------------------------------------------------------

    def _hear(self, command: Command, answer: Answer) -> None:
        """A first answer is kept; whoever lost it asks again, and must hear the same."""
        self.report.answers[answer.kind] += 1
        if answer.refusal:
            self.report.refusals[answer.refusal] += 1
        if answer.kind in ("counted", "duplicate"):
            self._compare(command, answer)
            if answer.id:
                self.plan.note(command, answer.id)
        if self.chance.random() < LOST_REPLY:
            self.queues[self.chance.randrange(WORKERS)].append(command)

    def _compare(self, command: Command, answer: Answer) -> None:
        """However often it was asked, it was counted once, and everybody was told the same."""
        key = _key(command)
        first = self.first.setdefault(key, answer)
        if (first.id, first.points) != (answer.id, answer.points):
            self.report.faults.append(f"{key} was answered {first}, then {answer}")
        if answer.kind == "counted":
            if key in self.counted:
                self.report.faults.append(f"{key} was counted twice")
            self.counted.add(key)

    # --- the end -----------------------------------------------------------------------------------------------------

    def _audit(self) -> None:
        """Everything that tills were told is there once, and the books verify, before and after all that is due."""
        self._count()
        merchant = Merchant.objects.get(id=self.merchant_id)
        self._verify(merchant)
        merchant.clock_at = OPENING + 2 * YEAR
        merchant.save(update_fields=["clock_at"])
        settle_due(merchant)
        requalify_tiers(merchant)
        self._verify(merchant)

    def _count(self) -> None:
        told = {answer.id for key, answer in self.first.items() if isinstance(key, tuple)}
        counted: set[UUID] = set(Document.objects.of(self.merchant_id).values_list("id", flat=True))
        if told != counted:
            self.report.faults.append(f"{len(told - counted)} documents are lost, {len(counted - told)} unheard of")
        asked: set[Any] = {key for key in self.first if isinstance(key, str)}
        entries = Entry.objects.of(self.merchant_id).exclude(request_key=None)
        posted = set(entries.values_list("request_key", flat=True))
        if asked != posted:
            self.report.faults.append(f"{len(asked - posted)} requests are lost, {len(posted - asked)} unheard of")

    def _verify(self, merchant: Merchant) -> None:
        statistics.refresh()
        self.report.differences += [difference for check in verify(merchant) for difference in check.differences]


def _key(command: Command) -> object:
    return command.key if isinstance(command, DocumentCommand) else getattr(command, "key", None)
