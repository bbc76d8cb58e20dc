"""Requalifying members: tiers are reviewed, in set-based batches of bounded size (law 9)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.core.commands import ReviewTiers
from wafa.core.outcomes import Reviewed
from wafa.operations.post import post
from wafa.store.actor import Actor
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions

WALLETS_A_BATCH = 2000

_NEXT = """
    SELECT id FROM wallet
    WHERE merchant_id = %s AND unit = 'points' AND status = 'open' AND tier <> '' AND id > %s
    ORDER BY id LIMIT %s
"""


def requalify_tiers(merchant: Merchant, actor: Actor | None = None) -> int:
    """Review every member's tier by the merchant's clock; answers how many entries came of it.

    Who holds the lowest tier of a ladder cannot fall; but a new ladder may lift them, so they are looked at too.
    """
    actor = actor or Actor("job", "requalify_tiers")
    at = merchant.now()
    if not load_versions(merchant.id).ladder(at).tiers:
        return 0
    return sum(_review(merchant, wallets, at, actor) for wallets in _batches(merchant))


def _review(merchant: Merchant, wallets: tuple[UUID, ...], at: datetime, actor: Actor) -> int:
    outcomes = post(merchant.id, [ReviewTiers(at=at, wallets=wallets)], actor)
    return sum(len(outcome.entries) for outcome in outcomes if isinstance(outcome, Reviewed))


def _batches(merchant: Merchant) -> Iterator[tuple[UUID, ...]]:
    last = UUID(int=0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [merchant.id, last, WALLETS_A_BATCH])
            wallets = tuple(id for (id,) in cursor.fetchall())
        if not wallets:
            return
        yield wallets
        last = wallets[-1]
