"""`wafa verify`: are the books right?"""

import typer
from rich.console import Console

from wafa.jobs.commands.merchants import MerchantOption, find_merchant
from wafa.queries.verify import verify as checks_of

SHOWN = 50


def verify(
    merchant: MerchantOption = None,
    every: bool = typer.Option(False, "--all", help=f"Name all differences, not the first {SHOWN} of each check."),
) -> None:
    """Work everything out again from the ledger's entries, compare, and name each difference; exit status 1 if any."""
    console, found = Console(highlight=False, soft_wrap=True), 0
    for check in checks_of(find_merchant(merchant)):
        found += check.found
        mark = "[green]ok[/]" if not check.found else f"[red]{check.found:,} differences[/]"
        console.print(f"{check.name}: {check.looked_at:,} checked, {mark}")
        for difference in check.differences if every else check.differences[:SHOWN]:
            console.print(f"  {difference}", markup=False)
    if found:
        console.print(f"[red]{found:,} differences.[/]")
        raise typer.Exit(1)
    console.print("[green]The books are right.[/]")
