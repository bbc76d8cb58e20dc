"""What wrk is told to ask, and what it says of the answers."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wafa.jobs.commands.errors import UsageError

SCRIPT = Path(__file__).with_name("requests.lua")
RECEIPTS_A_BATCH = 500
KINDS = ("purchases", "preview", "lookup", "balance", "redeem", "mixed", "batch")


@dataclass(frozen=True, slots=True)
class Figures:
    """Answers a second, latencies in milliseconds, and what was not answered with 2xx."""

    a_second: float
    p50_ms: float
    p99_ms: float
    refused: int
    broken: int


def check() -> None:
    """Refuse to begin without wrk."""
    if shutil.which("wrk") is None:
        raise UsageError("wrk is not installed (Debian: apt-get install wrk).")


def ask(kind: str, url: str, token: str, members: int, source: str, connections: int, seconds: int) -> Figures:
    """Ask for so many seconds over so many connections, from one thread: the other processor is the server's."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    command += ["-s", str(SCRIPT), url, "--", kind, token, str(members), source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    told = next((line.split()[1:] for line in done.stdout.splitlines() if line.startswith("figures ")), None)
    if done.returncode or told is None:
        raise UsageError(f"wrk failed: {done.stderr.strip() or done.stdout.strip()}")
    requests, micros, p50, p99, refused, broken = map(int, told)
    return Figures(requests / (micros / 1e6), p50 / 1000, p99 / 1000, refused, broken)
