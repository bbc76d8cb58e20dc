"""How many SQL statements a batch takes, by kind and size.

Run as a module in a home of its own; prints a line a kind of batch: kind, receipts, statements.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wafa.core.commands import Command

SIZES = (1, 10, 500)
FIRST = datetime(2011, 1, 3, 9, tzinfo=UTC)


def main() -> None:
    """Post batches of each kind and size, and print what each took."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    import django

    django.setup()
    from wafa.config import command, embedded
    from wafa.config.bench import counting
    from wafa.jobs.demo.merchant import ensure_merchant

    try:
        command.prepare()
        counting.allow()
        merchant = ensure_merchant()
        at = FIRST
        for kind, build in (("purchases", _purchases), ("purchases, returns and expiry", _mixed)):
            for size in SIZES:
                at += timedelta(days=200)
                _count(merchant.id, build(size, at), size)  # The members join, and plans are made.
                statements = _count(merchant.id, build(size, at + timedelta(days=190)), size)
                print(json.dumps({"kind": kind, "receipts": size, "statements": statements}))
    finally:
        embedded.leave()


def _count(merchant_id: object, commands: Sequence[Command], members: int) -> int:
    from wafa.config.bench import counting
    from wafa.operations.post import post
    from wafa.store.actor import Actor

    enrol = {str(number): commands[0].at for number in range(members)}
    actor = Actor("job", "bench")
    return counting.statements(lambda: post(merchant_id, commands, actor, enrol=enrol))  # type: ignore[arg-type]


def _purchases(size: int, at: datetime) -> list[Command]:
    from wafa.core.commands import Line, RecordPurchase

    lines = (Line("85123A", 6000, 1530), Line("71053", 6000, 2034), Line("84406B", 8000, 2200))
    return [
        RecordPurchase(
            at=at + timedelta(seconds=number),
            occurred_at=at + timedelta(seconds=number),
            source=f"bench-{size}",
            number=f"{at:%Y%m%d}-{number}",
            branch="germany",
            member=str(number),
            currency="GBP",
            lines=lines,
        )
        for number in range(size)
    ]


def _mixed(size: int, at: datetime) -> list[Command]:
    """Of ten receipts one is a return; and what has passed its last day runs out."""
    from wafa.core.commands import Line, RecordReturn, Settle

    commands: list[Command] = [Settle(at=at), *_purchases(size, at)]
    commands += [
        RecordReturn(
            at=at + timedelta(hours=1),
            occurred_at=at + timedelta(hours=1),
            source=f"bench-{size}",
            number=f"C{at:%Y%m%d}-{number}",
            branch="germany",
            member=str(number),
            currency="GBP",
            lines=(Line("85123A", 2000, 510),),
        )
        for number in range(0, size, 10)
    ]
    return commands


if __name__ == "__main__":
    main()
