"""Documents as commands for the engine, in batches that are made while the one before is being counted."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from wafa.core.commands import Command, Line, RecordPurchase, RecordReturn, Settle
from wafa.jobs.imports.clock import Clock
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.staging import StagedDocument

DOCUMENTS_MAX = 500
LINES_MAX = 20_000
_BATCHES_AHEAD = 2
_LOOK_UP_SECONDS = 0.2


@dataclass(slots=True)
class Batch:
    """What is counted in one transaction: documents, and before the first of a day what runs out that day."""

    commands: list[Command] = field(default_factory=list)
    documents: list[StagedDocument] = field(default_factory=list)
    members: dict[str, datetime] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    first_at: datetime | None = None  # when the first that was not counted before is posted
    lines: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the next document belongs into the next batch."""
        return len(self.documents) >= DOCUMENTS_MAX or self.lines >= LINES_MAX


def command_of(document: StagedDocument, source: str, at: datetime) -> RecordPurchase | RecordReturn:
    """The document as the engine takes it, counted at `at`."""
    lines = tuple(
        Line(item, quantity, amount, description, unit_price_micro=price)
        for item, quantity, amount, price, description in zip(
            document.items,
            document.quantities_milli,
            document.amounts_minor,
            document.unit_prices_micro,
            document.descriptions,
            strict=True,
        )
    )
    common: dict[str, Any] = {
        "at": at,
        "occurred_at": document.at,
        "source": source,
        "number": document.number,
        "branch": document.branch,
        "currency": document.currency,
        "lines": lines,
        "member": document.member or None,
        "period": document.period,
        "channel": document.channel,
    }
    if not document.is_return:
        return RecordPurchase(**common)
    receipt = (source, document.receipt_period, document.receipt) if document.receipt else None
    return RecordReturn(**common, receipt=receipt)


def batches(documents: Iterable[StagedDocument], mapping: Mapping, clock: Clock) -> Generator[Batch]:
    """The documents in batches of bounded size, none of them empty."""
    batch = Batch()
    for document in documents:
        if batch.is_full:
            yield batch
            batch = Batch()
        at = clock.posts_at(document.at)
        if not document.counted_before:
            expiry = clock.expiry_before(document.at)
            if expiry is not None:
                batch.commands.append(Settle(at=expiry))
                at = max(at, expiry)
            batch.first_at = batch.first_at or at
        batch.commands.append(command_of(document, mapping.source, at))
        batch.documents.append(document)
        batch.lines += len(document.items)
        if mapping.enrol_unknown_members and document.member:
            batch.members.setdefault(document.member, at)
        if mapping.branches.open_unknown:
            batch.branches.setdefault(document.branch, document.branch_name)
    if batch.documents:
        yield batch


class Ahead(Iterator[Batch]):
    """The same batches, made by a thread of their own a little ahead of whoever counts them."""

    def __init__(self, source: Callable[[], Generator[Batch]]) -> None:
        self._source = source
        self._ready: Queue[Batch | BaseException | None] = Queue(_BATCHES_AHEAD)
        self._stopped = Event()
        self._thread = Thread(target=self._make, name="import-batches", daemon=True)
        self._thread.start()

    def __next__(self) -> Batch:
        made = self._ready.get()
        if isinstance(made, Batch):
            return made
        self._ready.put(made)  # whoever asks again is told the same
        if made is None:
            raise StopIteration
        raise made

    def close(self) -> None:
        """Stop making batches, and wait until that has happened."""
        self._stopped.set()
        while self._thread.is_alive():
            try:
                self._ready.get(timeout=_LOOK_UP_SECONDS)
            except Empty:
                continue

    def _make(self) -> None:
        try:
            with closing(self._source()) as source:
                for batch in source:
                    if self._stopped.is_set():
                        return
                    self._ready.put(batch)
            self._ready.put(None)
        except BaseException as error:  # raised again where the batches are counted
            self._ready.put(error)
