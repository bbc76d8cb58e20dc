"""The measured process of `wafa bench bulk`: one kind of work, on a server of its own.

Run as a module in a home of its own, with the options as JSON; prints the figures as they come.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured; `check`: whether the books are verified afterwards."""

    kind: str
    lots: int
    members: int
    postings: int
    check: bool

    def as_json(self) -> str:
        """For the process that measures."""
        return json.dumps(asdict(self))


def main() -> None:
    """Open a shop, and measure each job."""
    options = Options(**json.loads(sys.argv[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    import django

    django.setup()
    from wafa.config import command, embedded

    try:
        command.prepare()
        _measure(options)
    finally:
        embedded.leave()


def _measure(options: Options) -> None:
    from wafa.config.bench.bulk.jobs import KINDS, Asked, differences
    from wafa.config.bench.bulk.shop import open_shop

    kind = KINDS[options.kind]
    asked = Asked(options.lots, options.members, options.postings)
    size, number = kind.size(asked), kind.number(asked)
    began = time.perf_counter()
    merchant = open_shop(size)
    seconds = time.perf_counter() - began
    print(f"{options.kind}: {size.members:,} members, {size.receipts:,} receipts, made in {seconds:.0f} s", flush=True)
    for name, job in kind.jobs(merchant):
        before, began = _peak_mb(), time.perf_counter()
        answer = job()
        seconds = time.perf_counter() - began
        print(
            f"  {name}: {number:,} {kind.counts} in {seconds:.1f} s, {number / seconds:,.0f}/s; "
            f"peak memory {_peak_mb():.0f} MB, {before:.0f} MB before; {answer}",
            flush=True,
        )
    if options.check:
        print(f"  verify afterwards: {differences(merchant):,} differences", flush=True)


def _peak_mb() -> float:
    """Of this process so far; Linux counts in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
