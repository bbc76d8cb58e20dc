"""`wafa bench engine`: how many receipts a second the operations take, in one process, by the size of the batch."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wafa.config.bench import yardstick as yardsticks
from wafa.config.bench.measuring import RECEIPTS, Options
from wafa.config.bench.process import environment
from wafa.jobs.commands.errors import UsageError


def bench_engine(
    yardstick: Annotated[
        Path | None, typer.Option(help="A folder with a program `run`: figures are also given as a share of its.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often; the median is what to quote.")] = 3,
    members: Annotated[int, typer.Option(min=1, help="Who are enrolled beforehand.")] = 20_000,
    kind: Annotated[list[str] | None, typer.Option(help="One kind of work (may be repeated); else all.")] = None,
    lanes: Annotated[
        int, typer.Option(min=1, max=2, help="Batches in flight, each of other members (2: purchases only).")
    ] = 1,
    size: Annotated[list[int] | None, typer.Option(help="One size of batch (may be repeated); else all.")] = None,
) -> None:
    """Measure the operations on a server of their own, and print receipts a second and SQL statements a batch."""
    from wafa.config.bench.kinds import KINDS

    for chosen, known in ((kind, list(KINDS)), (size, list(RECEIPTS))):
        if unknown := set(chosen or ()) - set(known):
            raise UsageError(f"{unknown.pop()} is none of {', '.join(map(str, known))}.")
    if lanes > 1 and kind != ["purchases"]:
        raise UsageError("Only purchases can be measured in two lanes: --kind purchases --lanes 2.")
    if yardstick:
        yardsticks.check(yardstick)
    options = Options(
        members=members,
        runs=runs,
        kinds=kind or list(KINDS),
        sizes=size or list(RECEIPTS),
        lanes=lanes,
        yardstick=str(yardstick.resolve()) if yardstick else "",
    )
    print(
        f"{members:,} members, the demo's programme, three lines a receipt; one process, "
        f"{'two lanes' if lanes > 1 else 'one lane'}, median of {runs}",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="wafa-bench-") as place:
        arguments = [sys.executable, "-m", "wafa.config.bench.measuring", options.as_json()]
        done = subprocess.run(arguments, env=environment(Path(place)), check=False)  # noqa: S603
    if done.returncode:
        # It has said why.
        raise typer.Exit(done.returncode)
