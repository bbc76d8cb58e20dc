"""Counting the staged documents: batch by batch, each with its mark in the run's record in one transaction.

So wherever the process is killed, what the record says is what was counted; and the next run finds the
documents that were counted by their numbers, and the few that a replay had to leave by their refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing

from django.db import transaction

from wafa.core.commands import DocumentCommand, content_hash
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Refused
from wafa.core.refusals import Refusal
from wafa.jobs.imports import staging
from wafa.jobs.imports.batches import Ahead, Batch, batches
from wafa.jobs.imports.clock import Clock
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.progress import ImportSummary
from wafa.jobs.imports.session import Session
from wafa.operations.post import post
from wafa.store import statistics
from wafa.store.actor import Actor
from wafa.store.models import ImportRefusal, ImportRun, Merchant
from wafa.wording.refusals import refused

_NOT_REFUSED_YET = "NOT EXISTS (SELECT FROM import_refused x WHERE x.place = d.place)"


class Counter:
    """Counts documents for one merchant, and keeps the run's record and the summary."""

    def __init__(self, session: Session, merchant: Merchant, mapping: Mapping, run: ImportRun, actor: Actor) -> None:
        self._session = session
        self._merchant = merchant
        self._mapping = mapping
        self._run = run
        self._actor = actor

    def count(
        self,
        clock: Clock,
        summary: ImportSummary,
        before_batch: Callable[[Batch], None],
        after_batch: Callable[[int], None],
    ) -> None:
        """Count all that has not been refused yet. `before_batch` runs in the batch's transaction."""
        done = 0
        opened: set[str] = set()

        def source() -> Generator[Batch]:
            return batches(staging.documents(self._session, _NOT_REFUSED_YET), self._mapping, clock)

        with closing(Ahead(source)) as ahead:
            for batch in ahead:
                with transaction.atomic():
                    before_batch(batch)
                    outcomes = post(
                        self._merchant.id,
                        batch.commands,
                        self._actor,
                        enrol=batch.members,
                        open_branches={code: name for code, name in batch.branches.items() if code not in opened},
                    )
                    self._take_note(batch, outcomes, summary)
                    self._save(summary)
                opened.update(batch.branches)
                if not done:
                    statistics.refresh()
                done += len(batch.documents)
                after_batch(done)

    def _take_note(self, batch: Batch, outcomes: list[Outcome], summary: ImportSummary) -> None:
        answers = [
            (command, outcome)
            for command, outcome in zip(batch.commands, outcomes, strict=True)
            if isinstance(command, DocumentCommand)
        ]
        refusals = []
        for document, (command, outcome) in zip(batch.documents, answers, strict=True):
            if isinstance(outcome, Accepted):
                summary.counted += 1
                summary.anonymous += outcome.document.member_id is None
                summary.unmatched += len(outcome.slip.explanation.get("unmatched", ()))
            elif isinstance(outcome, Duplicate):
                summary.counted_before += 1
            elif isinstance(outcome, Refused):
                summary.refused += 1
                staging.refuse(self._session, document.place, refused(outcome.refusal, outcome.detail))
                if self._run.replay and outcome.refusal != Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT:
                    refusals.append(self._refusal(command, outcome))
        ImportRefusal.objects.of(self._merchant).bulk_create(
            refusals,
            update_conflicts=True,
            unique_fields=["merchant", "source", "period", "number"],
            update_fields=["run", "content_hash", "refusal", "detail"],
        )

    def _refusal(self, command: DocumentCommand, outcome: Refused) -> ImportRefusal:
        return ImportRefusal(
            merchant=self._merchant,
            run=self._run,
            source=command.source,
            period=command.period,
            number=command.number,
            content_hash=content_hash(command),
            refusal=outcome.refusal,
            detail=outcome.detail,
        )

    def _save(self, summary: ImportSummary) -> None:
        counts = {name: getattr(summary, name) for name in ("counted", "counted_before", "anonymous", "refused")}
        ImportRun.objects.of(self._merchant).filter(id=self._run.id).update(**counts)
