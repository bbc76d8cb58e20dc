"""`wafa import receipts FILE --mapping NAME`: the receipts of a file, by a declared mapping of its columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import override
from rich.console import Console

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.imports.bar import ProgressBar, report
from wafa.jobs.imports.replay import ReplayOvertakenError
from wafa.jobs.imports.run import import_receipts as run
from wafa.wording.languages import ALL, ENGLISH

imports = typer.Typer(help="Import from files.", no_args_is_help=True)


@imports.callback()
def _only_groups() -> None:
    """Import from files."""


@imports.command("receipts")
def import_receipts(
    file: Annotated[Path, typer.Argument(help="CSV (plain, .gz or .xz) or XLSX.", show_default=False)],
    mapping: Annotated[str, typer.Option(help="A shipped mapping's name, or the path of your own .toml.")],
    merchant: MerchantOption = None,
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
        try:
            with ProgressBar(Console(stderr=True)) as bar:
                summary = run(
                    find_merchant(merchant),
                    file,
                    mapping,
                    replay=replay,
                    rejects=rejects or Path.cwd() / f"{file.name}.rejects.csv",
                    encoding=encoding,
                    progress=bar.show,
                )
        except ReplayOvertakenError as stopped:
            print(f"wafa: {stopped}", file=sys.stderr)
            raise typer.Exit(1) from stopped
        for line in report(summary):
            print(line)
