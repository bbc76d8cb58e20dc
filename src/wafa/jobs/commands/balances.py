"""`wafa balances`: what every member holds."""

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum

import typer
from rich.console import Console
from rich.table import Table

from wafa.jobs.commands.instants import parse_instant
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.queries.balances import Balance
from wafa.queries.balances import balances as balances_of

COLUMNS = [field.name for field in fields(Balance)]
WIDE = 200


class Format(StrEnum):
    """How the balances are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def balances(
    merchant: MerchantOption = None,
    format: Format = typer.Option(Format.TABLE, help="How to print them."),
    at: str | None = typer.Option(None, help="A moment of the past, e.g. 2011-06-30 or 2011-06-30T18:00."),
) -> None:
    """Print one row a member: what they can spend, and what became of all that they earned."""
    shop = find_merchant(merchant)
    instant: datetime | None = parse_instant(at, shop) if at else None
    rows = balances_of(shop, instant)
    {Format.TABLE: _table, Format.CSV: _csv, Format.JSON: _json}[format](rows)


def _csv(rows: Iterable[Balance]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)


def _json(rows: Iterable[Balance]) -> None:
    """An array, written as it is read."""
    opening = "[\n"
    for row in rows:
        sys.stdout.write(opening + json.dumps(asdict(row), ensure_ascii=False))
        opening = ",\n"
    sys.stdout.write("[]\n" if opening == "[\n" else "\n]\n")


def _table(rows: Iterable[Balance]) -> None:
    table = Table()
    for column in COLUMNS:
        figures = column not in ("member", "tier")
        table.add_column(column.replace("_", " "), justify="right" if figures else "left")
    for row in rows:
        table.add_row(*(f"{value:,}" if isinstance(value, int) else value for value in asdict(row).values()))
    # What goes to a file or another program is never cut to the width of some terminal.
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
