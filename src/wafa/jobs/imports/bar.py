"""What a person sees of an import: a bar while it runs, and what came of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from wafa.jobs.imports.progress import ImportSummary, Progress, Stage


class ProgressBar:
    """A progress bar: rows while the file is read, receipts a second and the time left while they are counted."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[figures]}"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task: TaskID | None = None
        self._stage: Stage | None = None

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Move the bar; a new stage gets a bar of its own."""
        if progress.stage != self._stage or self._task is None:
            self._stage = progress.stage
            self._task = self._bar.add_task(_stages()[progress.stage], total=None, figures="")
        share = progress.share
        self._bar.update(
            self._task,
            total=None if share is None else 1.0,
            completed=share or 0.0,
            figures=self._figures(progress),
        )

    def _figures(self, progress: Progress) -> str:
        if progress.stage != Stage.COUNTING:
            return _("{rows} rows").format(rows=f"{progress.rows:,}")
        elapsed = self._bar.tasks[-1].elapsed or 0.0
        rate = f"{progress.documents / elapsed:,.0f}" if elapsed else "…"
        return _("{documents} receipts, {rate}/s").format(documents=f"{progress.documents:,}", rate=rate)


def _stages() -> dict[Stage, str]:
    return {
        Stage.READING: _("Reading"),
        Stage.SORTING: _("Sorting"),
        Stage.COUNTING: _("Counting"),
    }


def report(summary: ImportSummary) -> list[str]:
    """What came of it, a line a fact."""
    facts = [
        (_("Rows read"), summary.rows_read),
        (_("Receipts and returns counted"), summary.counted),
        (_("of these without a member"), summary.anonymous),
        (_("Counted before"), summary.counted_before),
        (_("Rows rejected"), summary.rows_rejected),
        (_("Documents refused"), summary.refused),
        (_("Returned lines that match no receipt"), summary.unmatched),
    ]
    lines = [f"{name}: {count:,}" for name, count in facts]
    lines.append(
        _("{seconds} s, {rate} receipts/s").format(
            seconds=f"{summary.seconds:,.1f}", rate=f"{summary.receipts_per_second:,.0f}"
        )
    )
    if summary.rejects is not None:
        lines.append(_("What was not counted, and why: {file}").format(file=summary.rejects))
    return lines
