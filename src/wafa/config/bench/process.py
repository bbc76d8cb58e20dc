"""A `wafa` command as a process of its own, and what it cost by the system's own accounting."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from wafa.config.database import APP_URL, OWNER_URL
from wafa.jobs.commands.errors import UsageError

WAFA = [sys.executable, "-c", "from wafa.config.command import main; main()"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, seconds of processor of the process itself, and its peak memory."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def environment(home: Path) -> dict[str, str]:
    """The environment of a process that lives in that home, with a server of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in (APP_URL, OWNER_URL)}
    return {**kept, "WAFA_HOME": str(home)}


def run(arguments: list[str], home: Path) -> Cost:
    """Run it; what it prints goes to standard error, so that figures stand alone on standard output."""
    began = time.monotonic()
    process = subprocess.Popen(arguments, env=environment(home), stdout=sys.stderr)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise UsageError(f"The measured command failed with exit status {process.returncode}.")
    # Linux counts in KiB.
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
