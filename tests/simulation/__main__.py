"""`python -m tests.simulation --seed 7`: one shop-year, on a server of its own; `--seeds 100` runs so many in a row."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Run, print what came of each seed, and answer 1 where something was found."""
    asked = _asked()
    home = Path(tempfile.mkdtemp(prefix="wafa-simulation-", dir="/tmp"))
    os.environ["WAFA_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wafa.config.settings"
    import django

    django.setup()
    from wafa.config import command, embedded

    sound = True
    try:
        command.prepare()
        for seed in range(asked.seed, asked.seed + asked.seeds):
            sound = _run(seed, asked) and sound
    finally:
        embedded.leave(even_if_kept=True)
        shutil.rmtree(home, ignore_errors=True)
    return 0 if sound else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seeds", type=int, default=1, help="how many, one after another")
    parser.add_argument("--branches", type=int, default=50)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--commands", type=int, default=20_000)
    return parser.parse_args()


def _run(seed: int, asked: argparse.Namespace) -> bool:
    from tests.simulation.shop import Size
    from tests.simulation.year import Year

    print(f"seed {seed} …", end=" ", flush=True)
    began = time.monotonic()
    report = Year(seed, Size(asked.branches, asked.members, asked.commands)).run()
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.answers.items()))
    print(f"{report.commands:,} commands, {report.killed} kills, {told}; {time.monotonic() - began:.0f} s", flush=True)
    print(f"    refused: {dict(report.refusals.most_common())}")
    for fault in [*report.faults[:20], *map(str, report.differences[:20])]:
        print(f"    FOUND: {fault}", flush=True)
    return report.is_sound


if __name__ == "__main__":
    sys.exit(main())
