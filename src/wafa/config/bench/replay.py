"""`wafa bench replay`: the demo's year, from an empty server to the last balance."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from wafa.config.bench.process import WAFA, Cost, environment, run

DOCUMENTS, LINES = 25_900, 541_909


def bench_replay(
    runs: Annotated[int, typer.Option(min=1, help="How often; the median is what to quote.")] = 3,
) -> None:
    """Replay the demo's year on a server of its own, and print time, memory and SQL statements a batch."""
    costs = []
    for number in range(1, runs + 1):
        with tempfile.TemporaryDirectory(prefix="wafa-bench-") as place:
            home = Path(place)
            run([*WAFA, "migrate"], home)
            cost = run([*WAFA, "demo", "--no-serve"], home)
            costs.append(cost)
            print(f"run {number}: {_told(cost)}", flush=True)
            if number == runs:
                _print_summary(costs)
                _print_statements(home)


def _told(cost: Cost) -> str:
    return f"{cost.seconds:.1f} s, {cost.cpu_seconds:.1f} s of processor, {cost.peak_mb:.0f} MB at most"


def _print_summary(costs: list[Cost]) -> None:
    seconds = sorted(cost.seconds for cost in costs)
    middle = median(seconds)
    print(f"replay of {DOCUMENTS:,} documents, {LINES:,} lines, with everything that the command does:")
    print(f"  seconds: {seconds[0]:.1f} least, {middle:.1f} median, {seconds[-1]:.1f} most")
    print(f"  documents a second, by the median: {DOCUMENTS / middle:,.0f}")
    print(f"  peak memory of the process: {max(cost.peak_mb for cost in costs):.0f} MB")


def _print_statements(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wafa.config.bench.statements"],
        env=environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    print("SQL statements a batch, BEGIN and COMMIT included, by the server's log:")
    for line in done.stdout.splitlines():
        counted = json.loads(line)
        print(f"  {counted['receipts']:>4} {counted['kind']}: {counted['statements']}")
