"""The yardstick: what the same server does when it is sent the bare statements of a receipt, by pgbench.

It is a folder with a program `run DATABASE_URL CLIENTS SECONDS`, which prints receipts a second. Wafa's own figures
mean something only as a share of what it says in the same minutes.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from wafa.config import embedded
from wafa.config.embedded import Layout
from wafa.jobs.commands.errors import UsageError

CLIENTS, SECONDS = 8, 10


def check(folder: Path) -> None:
    """Refuse a folder that is none."""
    if not os.access(folder / "run", os.X_OK):
        raise UsageError(f"{folder} is no yardstick: it has no program `run`.")


def receipts_a_second(folder: Path) -> float:
    """Run it on this home's server, as the owner of its database."""
    command = [str(folder / "run"), embedded.owner_url(), str(CLIENTS), str(SECONDS)]
    environment = {**os.environ, "PGBIN": str(Layout.here().programs)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        return float(done.stdout)
    except ValueError:
        raise UsageError(f"The yardstick gave no figure: {done.stderr.strip() or done.stdout.strip()}") from None
