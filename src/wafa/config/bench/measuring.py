"""The measured process of `wafa bench engine`: one process, batch after batch, in one lane or in two.

In two lanes there are two batches in flight, each of other members: while the database writes one, the next is decided.

Run as a module in a home of its own, with the options as JSON; prints the figures as they come.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wafa.config.bench.kinds import Kind
    from wafa.config.bench.shop import Shop
    from wafa.core.commands import Command

    Batch = list[Command]

# Receipts a run, by the size of the batch: a few seconds each.
RECEIPTS = {1: 500, 10: 2_000, 100: 5_000, 500: 10_000}

Measured = tuple[int, list[float], int]
"""The size of the batch, receipts a second of each run, SQL statements a batch."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured; `yardstick` is its folder, or empty."""

    members: int
    runs: int
    kinds: list[str]
    sizes: list[int]
    lanes: int
    yardstick: str

    def as_json(self) -> str:
        """For the process that measures."""
        return json.dumps(asdict(self))


def main() -> None:
    """Open a shop, measure each kind of work in each size, with the yardstick before and after each kind."""
    options = Options(**json.loads(sys.argv[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    import django

    django.setup()
    from wafa.config import command, embedded
    from wafa.jobs.commands.errors import UsageError

    try:
        command.prepare()
        _measure_all(options)
    except UsageError as error:
        print(f"wafa: {error}", file=sys.stderr)
        sys.exit(2)
    finally:
        embedded.leave()


def _measure_all(options: Options) -> None:
    from wafa.config.bench import counting
    from wafa.config.bench.kinds import KINDS
    from wafa.config.bench.shop import Shop

    counting.allow()
    shop = Shop(options.members)
    yardstick = _yardstick(options.yardstick)
    for name in options.kinds:
        kind = KINDS[name]
        measured = [(size, *_measure(shop, kind, size, options)) for size in options.sizes]
        before, yardstick = yardstick, _yardstick(options.yardstick)
        _print(name, measured, before, yardstick)


def _print(name: str, measured: list[Measured], before: float, after: float) -> None:
    """A table for the kind; with the yardstick, if there was one, as it was before and after."""
    print(name + (f", yardstick {before:,.0f} before, {after:,.0f} after" if before else ""))
    ratio = "   of yardstick" if before else ""
    print(f"  batch   receipts/s    least     most{ratio}   statements a batch")
    for size, speeds, statements in measured:
        middle = median(speeds)
        if before:
            ratio = f"   {2 * middle / (before + after):>12.2f}"
        print(
            f"  {size:>5}   {middle:>10,.0f} {min(speeds):>8,.0f} {max(speeds):>8,.0f}{ratio}   {statements:>18}",
            flush=True,
        )


def _measure(shop: Shop, kind: Kind, size: int, options: Options) -> tuple[list[float], int]:
    """Receipts a second of each run, and the statements of one batch more."""
    from wafa.config.bench import counting

    _post(shop, kind, _batches(shop, kind, size, 1))
    speeds = []
    for _ in range(options.runs):
        batches = _batches(shop, kind, size, RECEIPTS[size] // size, options.lanes)
        began = time.perf_counter()
        if options.lanes == 1:
            _post(shop, kind, batches)
        else:
            _post_in_lanes(shop, kind, batches)
        speeds.append(len(batches) * size / (time.perf_counter() - began))
    batches = _batches(shop, kind, size, 1)
    return speeds, counting.statements(lambda: _post(shop, kind, batches))


def _batches(shop: Shop, kind: Kind, size: int, count: int, lanes: int = 1) -> list[Batch]:
    """Made beforehand: making them is the door's work, not the engine's. In lanes, one after the other of each."""
    if kind.of_sold:
        shop.stock_up(size * count)
    batches = []
    for index in range(count):
        with shop.only_members_of(index % lanes, lanes):
            batches.append([kind.one(shop) for _ in range(size)])
    return batches


def _post(shop: Shop, kind: Kind, batches: list[Batch]) -> None:
    for batch in batches:
        _post_one(shop, kind, batch)


def _post_in_lanes(shop: Shop, kind: Kind, batches: list[Batch]) -> None:
    from wafa.operations.two_lanes import two_lanes

    with two_lanes() as side_by_side:
        side_by_side(lambda batch: _post_one(shop, kind, batch), batches)


def _post_one(shop: Shop, kind: Kind, batch: Batch) -> None:
    from wafa.config.bench.shop import ACTOR
    from wafa.core.outcomes import Accepted, Posted

    outcomes = kind.operation(shop.merchant.id, batch, ACTOR)
    if not all(isinstance(outcome, Accepted | Posted) for outcome in outcomes):
        raise RuntimeError("what is measured must be accepted, all of it")


def _yardstick(folder: str) -> float:
    from wafa.config.bench.yardstick import receipts_a_second

    return receipts_a_second(Path(folder)) if folder else 0.0


if __name__ == "__main__":
    main()
