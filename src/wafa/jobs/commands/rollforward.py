"""`wafa rollforward`: how what members hold became what it is, month by month and branch by branch."""

import csv
import sys
from collections import Counter
from datetime import date, datetime
from itertools import groupby
from typing import Annotated

import typer
from rich.table import Table

from wafa.core.ledger.wallet import POINTS
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.commands.printing import print_table
from wafa.jobs.commands.units import UnitOption, check_unit
from wafa.queries.rollforward import COVERED, MOVEMENTS, Gap, Rollforward, Row
from wafa.queries.rollforward import rollforward as rollforward_of

NAMES = [*MOVEMENTS, COVERED]
ALWAYS_SHOWN = ("accrued", "clawed_back", "redeemed", "expired", "adjusted", "transferred")
"""The other movements take room in a table only where there are any."""
NO_BRANCH = "(no branch)"


def rollforward(
    merchant: MerchantOption = None,
    first: Annotated[str | None, typer.Option("--from", help="The first month, e.g. 2011-03.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last month, e.g. 2011-12.")] = None,
    unit: UnitOption = POINTS,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV, with a column for each branch redeemed at.")
    ] = False,
) -> None:
    """Print the points roll-forward per month and issuing branch; exit status 1 if it does not tie to the wallets."""
    shop = find_merchant(merchant)
    told = rollforward_of(shop, _month(first), _month(last), check_unit(unit, shop))
    (_print_csv if as_csv else _print_tables)(told)
    for line in _ties(told):
        print(line, file=sys.stderr if as_csv else sys.stdout)
    if told.gaps:
        raise typer.Exit(1)


def _month(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month is in no zone
    except ValueError:
        raise UsageError(f"“{text}” is no month: write it as 2011-03.") from None


def _print_csv(told: Rollforward) -> None:
    places = sorted({place for row in told.rows for place in row.redeemed_at})
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["month", "branch", "opening", *NAMES, "closing", *(f"redeemed at {place}" for place in places)])
    for row in told.rows:
        figures = [row.opening, *(row.movements[name] for name in NAMES), row.closing]
        writer.writerow([f"{row.month:%Y-%m}", row.branch, *figures, *(row.redeemed_at[place] for place in places)])


def _print_tables(told: Rollforward) -> None:
    moved = {name for row in told.rows for name, points in row.movements.items() if points}
    shown = [name for name in NAMES if name in ALWAYS_SHOWN or name in moved]
    table = Table(title="Points by the branch that issued them")
    table.add_column("month")
    table.add_column("branch")
    for name in ("opening", *shown, "closing"):
        table.add_column(name.replace("_", " "), justify="right")
    for month, group in groupby(told.rows, key=lambda row: row.month):
        rows = list(group)
        for row in rows:
            table.add_row(*_cells(row, row.branch or NO_BRANCH, shown))
        if len(rows) > 1:
            table.add_row(*_cells(_total(month, rows), "all", shown), style="bold")
        table.add_section()
    print_table(table)
    if any(place != row.branch for row in told.rows for place in row.redeemed_at):
        print_table(_redeemed(told))


def _cells(row: Row, branch: str, shown: list[str]) -> list[str]:
    figures = [row.opening, *(row.movements[name] for name in shown), row.closing]
    return [f"{row.month:%Y-%m}", branch, *(f"{figure:,}" for figure in figures)]


def _total(month: date, rows: list[Row]) -> Row:
    movements: Counter[str] = Counter()
    for row in rows:
        movements.update(row.movements)
    return Row(month, "", sum(row.opening for row in rows), sum(row.closing for row in rows), movements)


def _redeemed(told: Rollforward) -> Table:
    table = Table(title="Redeemed, by the branch at which")
    for name in ("month", "issued by", "redeemed at"):
        table.add_column(name)
    table.add_column("points", justify="right")
    for row in told.rows:
        for place, points in sorted(row.redeemed_at.items()):
            if points:
                table.add_row(f"{row.month:%Y-%m}", row.branch or NO_BRANCH, place or NO_BRANCH, f"{points:,}")
    return table


def _ties(told: Rollforward) -> list[str]:
    if not told.gaps:
        return [f"It ties: all that was posted comes to {told.held_by_wallets:,}, which is what the wallets hold."]
    return ["It does not tie:", *(f"  {_gap(gap)}" for gap in told.gaps)]


def _gap(gap: Gap) -> str:
    where = ", ".join(
        [*([f"{gap.month:%Y-%m}"] if gap.month else []), *([gap.branch or NO_BRANCH] if gap.branch is not None else [])]
    )
    said = {
        "wallets": "all that was posted comes to {told:,}, but the wallets hold {found:,}",
        "debt": "postings say that {told:,} is owed, the wallets say {found:,}",
        "lots": "postings leave {told:,}, but the lots less what is owed hold {found:,}",
        "movements": "the movements lead to {told:,}, but the closing is {found:,}",
    }[gap.what]
    sentence = said.format(told=gap.told, found=gap.found)
    return f"{where}: {sentence}" if where else sentence
