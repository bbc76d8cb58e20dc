"""Opening balances out of a file: what members bring from an old programme, once.

The file is read to its end before anything is brought. Balances then go to the engine in batches, each under the key
of its member and unit: so the same file again changes nothing, and another balance for the same member is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.core.commands import OpenBalance
from wafa.core.outcomes import Duplicate, Outcome, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.jobs.imports.opening import open_plain
from wafa.jobs.imports.openings_rows import OpeningReader
from wafa.jobs.imports.openings_staging import Opening, StagedOpenings
from wafa.jobs.imports.progress import Progress, Stage, Watcher
from wafa.jobs.imports.rejects import check_place
from wafa.jobs.imports.session import session
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.open_balances import open_balances
from wafa.store.actor import Actor
from wafa.store.models import ImportRun, Merchant
from wafa.wording.refusals import refused

ACTOR = Actor("job", "import balances")
BALANCES_A_BATCH = 500


@dataclass(slots=True)
class OpeningsSummary:
    """What came of it. A balance is all that the file says of one member in one unit."""

    rows_read: int = 0
    rows_rejected: int = 0
    brought: int = 0
    points: int = 0
    brought_before: int = 0
    refused: int = 0
    joined: int = 0
    rejects: Path | None = None


def import_openings(
    merchant: Merchant,
    path: Path,
    *,
    enrol_missing: bool,
    rejects: Path,
    calendar: str,
    encoding: str | None = None,
    progress: Watcher | None = None,
) -> OpeningsSummary:
    """Bring the balances of a file, each once however often this is called.

    With `enrol_missing`, members who have not joined yet do so first; else their rows are refused. Rows that cannot be
    used, with all others of the same member and unit, go to `rejects`. `calendar` is that of days written as text.
    Raises UsageError, with nothing brought, for what the person who asked can put right.
    """
    watch = progress or (lambda _progress: None)
    check_place(rejects, path)
    with closing(open_plain(path, encoding)) as table, session() as own:
        reader = OpeningReader(table, merchant, calendar)
        staged = StagedOpenings(own)
        staged.fill(reader, lambda: watch(Progress(Stage.READING, table.share_read(), reader.rows)))
        summary = OpeningsSummary(rows_read=reader.rows)
        run = _record(merchant, path, summary)
        at, members, done = merchant.now(), staged.balances(), 0
        while batch := list(islice(members, BALANCES_A_BATCH)):
            _bring(merchant, batch, at, enrol_missing, staged, summary)
            done += len(batch)
            watch(Progress(Stage.COUNTING, done / staged.count, reader.rows, done))
        summary.rows_rejected = staged.write_rejects(rejects, table.heading)
        summary.rejects = rejects if summary.rows_rejected else None
    _finish(merchant, run, summary)
    return summary


def _bring(
    merchant: Merchant,
    batch: Sequence[Opening],
    at: datetime,
    enrol_missing: bool,
    staged: StagedOpenings,
    summary: OpeningsSummary,
) -> None:
    if enrol_missing:
        numbers = dict.fromkeys(opening.member for opening in batch)
        summary.joined += enrol(merchant.id, [NewMember(number, at) for number in numbers])
    commands = [
        OpenBalance(
            at=at,
            key=f"opening/{opening.unit}/{opening.member}",
            member=opening.member,
            unit=opening.unit,
            lots=opening.lots,
            qualifying=opening.qualifying,
        )
        for opening in batch
    ]
    outcomes = open_balances(merchant.id, commands, ACTOR)
    for opening, outcome in zip(batch, outcomes, strict=True):
        _take_note(opening, outcome, staged, summary)


def _take_note(opening: Opening, outcome: Outcome, staged: StagedOpenings, summary: OpeningsSummary) -> None:
    if isinstance(outcome, Posted):
        summary.brought += 1
        summary.points += sum(lot.points for lot in opening.lots)
    elif isinstance(outcome, Duplicate):
        summary.brought_before += 1
    elif isinstance(outcome, Refused):
        summary.refused += 1
        staged.refuse(opening, _reason(outcome))


def _reason(outcome: Refused) -> str:
    if outcome.refusal == Refusal.KEY_REUSED_WITH_OTHER_CONTENT:
        return _("another balance has been brought for this member already")
    return refused(outcome.refusal, outcome.detail)


def _record(merchant: Merchant, path: Path, summary: OpeningsSummary) -> ImportRun:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    run = ImportRun(
        merchant=merchant,
        file_name=path.name[:255],
        file_digest=digest,
        mapping="balances",
        source="opening",
        replay=False,
        started_at=datetime.now(UTC),
        rows_read=summary.rows_read,
    )
    run.save(force_insert=True)
    return run


def _finish(merchant: Merchant, run: ImportRun, summary: OpeningsSummary) -> None:
    ImportRun.objects.of(merchant).filter(id=run.id).update(
        finished_at=datetime.now(UTC),
        rows_rejected=summary.rows_rejected,
        documents_read=summary.brought + summary.brought_before + summary.refused,
        counted=summary.brought,
        counted_before=summary.brought_before,
        refused=summary.refused,
    )
