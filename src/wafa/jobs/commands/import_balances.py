"""`wafa import balances FILE`: what members bring from an old programme, once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.imports.bar import ProgressBar
from wafa.jobs.imports.openings import OpeningsSummary, import_openings
from wafa.jobs.imports.times import GREGORIAN, JALALI
from wafa.wording.languages import ALL, ENGLISH


def import_balances(
    file: Annotated[Path, typer.Argument(help="CSV (plain, .gz or .xz) or XLSX.", show_default=False)],
    merchant: MerchantOption = None,
    enrol: Annotated[bool, typer.Option("--enrol", help="Let members join who have not.")] = False,
    calendar: Annotated[str, typer.Option(help="Of the last days: gregorian or jalali.")] = GREGORIAN,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; else FILE.rejects.csv in this folder.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a CSV that is not UTF-8, e.g. cp1256 or utf-16.")] = None,
    lang: Annotated[str, typer.Option(help="Of the reasons and the report: en, ar or fa.")] = ENGLISH,
) -> None:
    """Bring members' balances over from an old programme. The same file again changes nothing."""
    if lang not in ALL:
        raise UsageError(f"--lang must be one of {', '.join(ALL)}.")
    if calendar not in (GREGORIAN, JALALI):
        raise UsageError(f"--calendar must be {GREGORIAN} or {JALALI}.")
    with override(lang):
        with ProgressBar(Console(stderr=True)) as bar:
            summary = import_openings(
                find_merchant(merchant),
                file,
                enrol_missing=enrol,
                rejects=rejects or Path.cwd() / f"{file.name}.rejects.csv",
                calendar=calendar,
                encoding=encoding,
                progress=bar.show,
            )
        for line in _report(summary):
            print(line)


def _report(summary: OpeningsSummary) -> list[str]:
    """What came of it, a line a fact."""
    facts = [
        (_("Rows read"), summary.rows_read),
        (_("Balances brought"), summary.brought),
        (_("Points brought"), summary.points),
        (_("Members who joined"), summary.joined),
        (_("Brought before"), summary.brought_before),
        (_("Balances refused"), summary.refused),
        (_("Rows rejected"), summary.rows_rejected),
    ]
    lines = [f"{name}: {count:,}" for name, count in facts]
    if summary.brought_before and not summary.brought:
        lines.append(_("Nothing has changed: these balances had been brought before."))
    if summary.rejects is not None:
        lines.append(_("What was not brought, and why: {file}").format(file=summary.rejects))
    return lines
