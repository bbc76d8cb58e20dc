"""`wafa bench http`: requests a second, latencies and failures, by kind of request and number of connections."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wafa.config.bench import yardstick as yardsticks
from wafa.config.bench.http import asking
from wafa.config.bench.http.measuring import Options
from wafa.config.bench.process import environment
from wafa.jobs.commands.errors import UsageError

CONNECTIONS = (1, 8, 64, 256)


def bench_http(
    yardstick: Annotated[
        Path | None, typer.Option(help="A folder with a program `run`: figures are also given as a share of its.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often; the median is what to quote.")] = 3,
    seconds: Annotated[int, typer.Option(min=1, max=600, help="How long each run asks.")] = 5,
    members: Annotated[int, typer.Option(min=1, help="Who are enrolled beforehand.")] = 20_000,
    kind: Annotated[list[str] | None, typer.Option(help="One kind of request (may be repeated); else all.")] = None,
    connections: Annotated[list[int] | None, typer.Option(min=1, max=1000, help="At a time; else several.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Web processes.")] = 2,
) -> None:
    """Measure the API, with wrk asking it, on a server and a database made for that."""
    if unknown := set(kind or ()) - set(asking.KINDS):
        raise UsageError(f"{unknown.pop()} is none of {', '.join(asking.KINDS)}.")
    asking.check()
    if yardstick:
        yardsticks.check(yardstick)
    options = Options(
        members=members,
        runs=runs,
        seconds=seconds,
        kinds=kind or list(asking.KINDS),
        connections=connections or list(CONNECTIONS),
        workers=workers,
        yardstick=str(yardstick.resolve()) if yardstick else "",
    )
    print(f"{members:,} members, the demo's programme, {workers} web processes, median of {runs}", flush=True)
    with tempfile.TemporaryDirectory(prefix="wafa-bench-") as place:
        arguments = [sys.executable, "-m", "wafa.config.bench.http.measuring", options.as_json()]
        done = subprocess.run(arguments, env=environment(Path(place)), check=False)  # noqa: S603
    if done.returncode:
        # It has said why.
        raise typer.Exit(done.returncode)
