"""`wafa lots`: what a member's balance is made of."""

import typer
from rich.table import Table

from wafa.core.ledger.wallet import POINTS
from wafa.jobs.commands.instants import AtOption, instant_of
from wafa.jobs.commands.member_named import find_member
from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.jobs.commands.printing import print_table
from wafa.jobs.commands.units import UnitOption, check_unit
from wafa.queries.lots import Holding, OutstandingLot, outstanding_lots
from wafa.store.models import Merchant

COLUMNS = ("receipt", "issued by", "last day", "available", "pending", "held", "of", "available at")
FIGURES = ("available", "pending", "held", "of")


def lots(
    member: str = typer.Argument(help="The member's number."),
    merchant: MerchantOption = None,
    at: AtOption = None,
    unit: UnitOption = POINTS,
) -> None:
    """Print the lots that a member holds, in the order in which they will be drawn, and what the member owes."""
    shop = find_merchant(merchant)
    instant = instant_of(at, shop)
    holding = outstanding_lots(shop, find_member(member, shop, instant), instant, check_unit(unit, shop))
    print_table(_table(holding, shop))
    if holding.debt:
        print(f"Owed: {holding.debt:,}")


def _table(holding: Holding, shop: Merchant) -> Table:
    table = Table(show_footer=bool(holding.lots))
    sums = {name: sum(getattr(lot, name) for lot in holding.lots) for name in ("available", "pending", "held")}
    for name in COLUMNS:
        footer = f"{sums[name]:,}" if name in sums else ""
        table.add_column(name, footer=footer, justify="right" if name in FIGURES else "left")
    for lot in holding.lots:
        table.add_row(*_row(lot, shop))
    return table


def _row(lot: OutstandingLot, shop: Merchant) -> list[str]:
    last_day = str(lot.expires_on) if lot.expires_on else "never runs out"
    figures = [f"{figure:,}" for figure in (lot.available, lot.pending, lot.held, lot.points)]
    if not lot.pending:
        when = ""
    elif lot.available_at is None:
        when = "when it is said to be"
    else:
        when = f"{lot.available_at.astimezone(shop.zone):%Y-%m-%d %H:%M}"
    return [lot.receipt, lot.issuing_branch, last_day, *figures, when]
