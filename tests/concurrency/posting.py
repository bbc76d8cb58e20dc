"""A process that posts batches until it is done or killed: `python -m tests.concurrency.posting MERCHANT`."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from uuid import UUID

import django

MEMBERS = [f"m{place}" for place in range(6)]
BATCHES = 50


def main(merchant_id: UUID) -> None:
    """Post batch after batch, and say so after each."""
    django.setup()
    from wafa.operations.post import post
    from wafa.store.actor import Actor

    for batch in batches():
        post(merchant_id, batch, Actor("till", "till 1"))
        print("posted", flush=True)


def batches():  # type: ignore[no-untyped-def]
    """The same batches whoever asks: sales, returns with and without a receipt, requests; half a day apart."""
    from tests.world import NOON, coming_back, line, purchase
    from wafa.core.commands import Adjust, PlaceHold, Redeem, Settle, Transfer

    chance = random.Random(7)
    work = []
    for place in range(BATCHES):
        at = NOON + timedelta(hours=100 * place)
        batch = []
        for each in range(8):
            member, number = chance.choice(MEMBERS), f"K{place}-{each}"
            facts = {"member": member, "number": number, "at": at}
            asked = {"member": member, "key": number, "at": at}
            kind = chance.random()
            if kind < 0.4 or not place:
                batch.append(purchase(line("TEA", chance.randrange(900), 3), line("CUP", 40, 2), **facts))
            elif kind < 0.55:
                batch.append(coming_back(line(chance.choice(("TEA", "CUP")), 0), **facts))
            elif kind < 0.7:
                batch.append(coming_back(line("CUP", 0), of=f"K{chance.randrange(place)}-{each}", **facts))
            elif kind < 0.8:
                batch.append(Redeem(**asked, branch="olaya", points=chance.randrange(1, 400)))
            elif kind < 0.9:
                batch.append(PlaceHold(**asked, branch="olaya", points=chance.randrange(1, 400)))
            elif kind < 0.95:
                batch.append(Transfer(**asked, to=chance.choice(MEMBERS), points=chance.randrange(1, 400)))
            else:
                batch.append(Adjust(**asked, points=77, reason="goodwill", note="They had to wait."))
        batch.append(Settle(at=at))
        work.append(batch)
    return work


if __name__ == "__main__":
    main(UUID(sys.argv[1]))
