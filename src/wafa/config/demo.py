"""`wafa demo`: a real shop's year of points, ready to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from wafa.config.home import home

if TYPE_CHECKING:
    from wafa.store.models import Merchant

HOST, PORT = "127.0.0.1", 8000
SIGN_IN = "demo_sign_in.json"


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards, or stop.")] = True,
    data: Annotated[bool, typer.Option("--data/--no-data", help="Load the year of receipts, or set up alone.")] = True,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = PORT,
) -> None:
    """Set up the demo shop, load its year of receipts (once), and serve the pages."""
    from wafa.jobs.demo.merchant import ensure_merchant, ensure_people

    console = Console(highlight=False, soft_wrap=True)
    merchant = ensure_merchant()
    if data:
        _load(console, merchant)
    people = ensure_people(merchant, home() / SIGN_IN)
    table = Table("who", "user name", "password", title=f"To sign in at http://{host}:{port}/")
    for person in people:
        table.add_row(person.role, person.username, person.password)
    console.print(table)
    if serve:
        from wafa.config.serve import serve as run

        run(host, port, workers=1)


def _load(console: Console, merchant: Merchant) -> None:
    from wafa.jobs.demo import receipts
    from wafa.jobs.imports.bar import ProgressBar, report

    if receipts.are_loaded(merchant):
        console.print("The year of receipts is loaded.")
        return
    console.print("Loading the year of receipts: 541,909 lines, each document at its own time.")
    rejects: Path = home() / "demo.rejects.csv"
    with ProgressBar(Console(stderr=True)) as bar:
        summary = receipts.load(merchant, rejects, bar.show)
    for line in report(summary):
        console.print(line)
