"""`wafa bench bulk`: how long it takes to go over all members, and to verify it all, at the size of a large shop."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wafa.config.bench.bulk.measuring import Options
from wafa.config.bench.process import environment
from wafa.jobs.commands.errors import UsageError


def bench_bulk(
    kind: Annotated[list[str] | None, typer.Option(help="One kind of work (may be repeated); else all.")] = None,
    lots: Annotated[int, typer.Option(min=1, help="How many expire.")] = 1_000_000,
    members: Annotated[int, typer.Option(min=1, help="How many there are.")] = 200_000,
    postings: Annotated[int, typer.Option(min=4, help="How many are verified.")] = 10_000_000,
    check: Annotated[bool, typer.Option(help="Verify the books after each kind of work.")] = False,
) -> None:
    """Measure expiry, the review of tiers and verify, each on a server of its own: time, speed and peak memory."""
    from wafa.config.bench.bulk.jobs import KINDS

    if unknown := set(kind or ()) - set(KINDS):
        raise UsageError(f"{unknown.pop()} is none of {', '.join(KINDS)}.")
    for each in kind or KINDS:
        options = Options(each, lots, members, postings, check)
        with tempfile.TemporaryDirectory(prefix="wafa-bench-") as place:
            arguments = [sys.executable, "-m", "wafa.config.bench.bulk.measuring", options.as_json()]
            done = subprocess.run(arguments, env=environment(Path(place)), check=False)  # noqa: S603
        if done.returncode:
            # It has said why.
            raise typer.Exit(done.returncode)
