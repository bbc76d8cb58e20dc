"""`wafa import receipts FILE --mapping NAME`: the receipts of a file, by a declared mapping of its columns."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.progress import ImportSummary, Progress, Stage
from wafa.jobs.imports.run import import_receipts as run
from wafa.store.models import Merchant
from wafa.wording.languages import ALL, ENGLISH

imports = typer.Typer(help="Import from files.", no_args_is_help=True)


@imports.callback()
def _only_groups() -> None:
    """Import from files."""


@imports.command("receipts")
def import_receipts(
    file: Annotated[Path, typer.Argument(help="CSV (plain, .gz or .xz) or XLSX.", show_default=False)],
    mapping: Annotated[str, typer.Option(help="A shipped mapping's name, or the path of your own .toml.")],
    merchant: Annotated[str, typer.Option(help="The merchant's code; not needed where there is only one.")] = "",
    replay: Annotated[bool, typer.Option("--replay", help="Post each document at its own time.")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; else FILE.rejects.csv in this folder.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a CSV that is not UTF-8, e.g. cp1256 or utf-16.")] = None,
    lang: Annotated[str, typer.Option(help="Of the reasons and the report: en, ar or fa.")] = ENGLISH,
) -> None:
    """Count the receipts of a file. Run it again as often as you like: each counts once."""
    if lang not in ALL:
        raise UsageError(f"--lang must be one of {', '.join(ALL)}.")
    with override(lang):
        console = Console(stderr=True)
        with _Watcher(console) as watcher:
            summary = run(
                _merchant(merchant),
                file,
                mapping,
                replay=replay,
                rejects=rejects or Path.cwd() / f"{file.name}.rejects.csv",
                encoding=encoding,
                progress=watcher.show,
            )
        for line in report(summary):
            print(line)


def _merchant(code: str) -> Merchant:
    """The merchant with the code, or the only one there is."""
    if code:
        found = Merchant.objects.filter(code=code).first()
        if found is None:
            raise UsageError(_("There is no merchant “{code}”.").format(code=code))
        return found
    merchants = list(Merchant.objects.order_by("code")[:20])
    if not merchants:
        raise UsageError(_("There is no merchant yet."))
    if len(merchants) > 1:
        codes = ", ".join(merchant.code for merchant in merchants)
        raise UsageError(_("There are several merchants: add --merchant with one of {codes}.").format(codes=codes))
    return merchants[0]


class _Watcher:
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

    def __enter__(self) -> _Watcher:
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
