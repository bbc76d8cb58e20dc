"""An import from beginning to end. Until the whole file has been read and found good, nothing is written."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from wafa.jobs.imports import rejects as rejects_file
from wafa.jobs.imports import replay as replaying
from wafa.jobs.imports import staging
from wafa.jobs.imports.batches import Batch
from wafa.jobs.imports.clock import PresentClock, VirtualClock
from wafa.jobs.imports.counting import Counter
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.mapping_file import load_mapping
from wafa.jobs.imports.opening import open_table
from wafa.jobs.imports.progress import ImportSummary, Progress, Stage, Watcher
from wafa.jobs.imports.reasons import conflicts
from wafa.jobs.imports.session import Session, session
from wafa.jobs.imports.staged_rows import RowStager
from wafa.jobs.imports.table_file import TableFile
from wafa.store.actor import Actor
from wafa.store.models import ImportRun, Merchant

ACTOR = Actor("job", "import")


def import_receipts(
    merchant: Merchant,
    path: Path,
    mapping: Mapping | str,
    *,
    replay: bool,
    rejects: Path,
    encoding: str | None = None,
    progress: Watcher | None = None,
) -> ImportSummary:
    """Count the receipts of a file, each once however often this is called; the mapping by itself or by its name.

    In a replay each document is posted at its own time, with expiry day by day, and only one replay runs at a
    time for a merchant. Rows and documents that cannot be counted go to `rejects`, which is written last.
    Raises UsageError, with nothing written, for what the person who asked can put right; ReplayOvertakenError where
    a replay had to stop half-way.
    """
    began = monotonic()
    mapping = load_mapping(mapping) if isinstance(mapping, str) else mapping
    watch = progress or (lambda _progress: None)
    rejects_file.check_place(rejects, path)
    with closing(open_table(path, mapping, encoding)) as table, session() as own:
        if replay:
            replaying.be_the_only_one(own, merchant)
        summary, staged = _stage(own, merchant, mapping, table, watch)
        if replay:
            summary.refused += replaying.refuse_what_is_late(own, merchant, mapping.source)
        run = _record(merchant, path, mapping, replay, summary)
        _count(own, merchant, mapping, run, staged, summary, watch)
        if rejects_file.write(own, rejects, table.heading, mapping.delimiter):
            summary.rejects = rejects
    ImportRun.objects.of(merchant).filter(id=run.id).update(finished_at=datetime.now(UTC))
    summary.seconds = monotonic() - began
    return summary


def _stage(
    own: Session, merchant: Merchant, mapping: Mapping, table: TableFile, watch: Watcher
) -> tuple[ImportSummary, staging.Staged]:
    stager = RowStager(table, mapping, merchant.zone, merchant.currency)
    staging.stage(own, stager, lambda: watch(Progress(Stage.READING, table.share_read(), stager.rows)))
    watch(Progress(Stage.SORTING, None, stager.rows))
    staged = staging.group(own, merchant.id, mapping.source, conflicts())
    summary = ImportSummary(
        rows_read=stager.rows,
        rows_rejected=staged.rows_rejected,
        documents_read=staged.documents + staged.conflicting,
        refused=staged.conflicting,
    )
    return summary, staged


def _record(merchant: Merchant, path: Path, mapping: Mapping, replay: bool, summary: ImportSummary) -> ImportRun:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    run = ImportRun(
        merchant=merchant,
        file_name=path.name[:255],
        file_digest=digest,
        mapping=mapping.name[:100],
        source=mapping.source,
        replay=replay,
        started_at=datetime.now(UTC),
        rows_read=summary.rows_read,
        rows_rejected=summary.rows_rejected,
        documents_read=summary.documents_read,
        refused=summary.refused,
    )
    run.save(force_insert=True)
    return run


def _count(
    own: Session,
    merchant: Merchant,
    mapping: Mapping,
    run: ImportRun,
    staged: staging.Staged,
    summary: ImportSummary,
    watch: Watcher,
) -> None:
    clock = VirtualClock(merchant) if run.replay else PresentClock(merchant)

    def before_batch(batch: Batch) -> None:
        if run.replay:
            replaying.check_not_overtaken(merchant, batch.first_at)

    def after_batch(done: int) -> None:
        watch(Progress(Stage.COUNTING, done / max(1, staged.documents), summary.rows_read, done))

    Counter(own, merchant, mapping, run, ACTOR).count(clock, summary, before_batch, after_batch)
    if isinstance(clock, VirtualClock) and staged.last_at is not None:
        replaying.finish(merchant, clock, staged.last_at, ACTOR)
