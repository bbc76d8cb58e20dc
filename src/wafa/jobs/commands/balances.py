"""`wafa balances`: what every member holds."""

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from enum import StrEnum

import typer
from rich.table import Table

from wafa.core.ledger.wallet import POINTS
from wafa.jobs.commands.instants import AtOption, instant_of
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.commands.printing import print_table
from wafa.jobs.commands.units import UnitOption, check_unit
from wafa.queries.balances import Balance
from wafa.queries.balances import balances as balances_of

COLUMNS = [field.name for field in fields(Balance)]
ALWAYS_SHOWN = {
    "member",
    "available",
    "pending",
    "held",
    "debt",
    "accrued",
    "clawed_back",
    "redeemed",
    "expired",
    "qualifying",
    "tier",
}
"""The other columns take room in a table only where they say something."""


class Format(StrEnum):
    """How the balances are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def balances(
    merchant: MerchantOption = None,
    format: Format = typer.Option(Format.TABLE, help="How to print them."),
    at: AtOption = None,
    unit: UnitOption = POINTS,
) -> None:
    """Print one row a member: what they can spend, and what became of all that they earned."""
    shop = find_merchant(merchant)
    rows = balances_of(shop, instant_of(at, shop), check_unit(unit, shop))
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
    told = [asdict(row) for row in rows]
    shown = [name for name in COLUMNS if name in ALWAYS_SHOWN or any(row[name] for row in told)]
    table = Table()
    for column in shown:
        figures = column not in ("member", "tier")
        table.add_column(column.replace("_", " "), justify="right" if figures else "left")
    for row in told:
        table.add_row(*(f"{row[name]:,}" if isinstance(row[name], int) else row[name] for name in shown))
    print_table(table)
