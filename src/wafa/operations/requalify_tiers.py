"""Requalifying members: tiers are reviewed, in set-based batches of bounded size (law 9)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.core.commands import ReviewTiers
from wafa.core.outcomes import Reviewed
from wafa.core.tiers.ladder import Ladder
from wafa.operations.post import post
from wafa.operations.two_lanes import two_lanes
from wafa.store.actor import Actor
from wafa.store.calendars import calendars
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions
from wafa.store.rows import array, text_array

WALLETS_A_BATCH = 2000

# What the review would change, put as a question to the database: `wafa.core.tiers.review`. Whoever it names is looked
# at again under lock, by the law itself; so it may name too many, but nobody may be missing.
_NEXT = """
    SELECT w.id FROM wallet w
    CROSS JOIN LATERAL (
        SELECT greatest(width_bucket(max(held), %s::bigint[]), 1) - 1 AS supported,
               coalesce(array_position(%s::text[], w.tier::text), 0) - 1 AS rank
        FROM (
            SELECT CASE WHEN span.first IS NULL THEN w.qualifying ELSE coalesce((
                       SELECT sum(p.qualifying) FROM progress p
                       WHERE p.merchant_id = w.merchant_id AND p.wallet_id = w.id
                         AND p.day BETWEEN span.first AND span.last
                   ), 0)::bigint END AS held
            FROM unnest(%s::date[], %s::date[]) AS span (first, last)
        ) AS progress
    ) AS stands
    WHERE w.merchant_id = %s AND w.unit = 'points' AND w.status = 'open' AND w.tier <> '' AND w.id > %s
      AND (CASE WHEN stands.supported >= stands.rank
                THEN stands.supported > stands.rank OR w.below_since IS NOT NULL
                ELSE w.below_since IS NULL OR %s - w.below_since >= %s END
           -- Its review would be as of that instant.
           OR w.posted_at > %s)
    ORDER BY w.id LIMIT %s
"""


def requalify_tiers(merchant: Merchant, actor: Actor | None = None) -> int:
    """Review every member's tier by the merchant's clock; answers how many entries came of it.

    Who holds the lowest tier of a ladder cannot fall; but a new ladder may lift them, so they are looked at too.
    """
    actor = actor or Actor("job", "requalify_tiers")
    at = merchant.now()
    ladder = load_versions(merchant.id).ladder(at)
    if not ladder.tiers:
        return 0
    with two_lanes() as side_by_side:
        return sum(side_by_side(lambda batch: _review(merchant, batch, at, actor), _batches(merchant, ladder, at)))


def _review(merchant: Merchant, wallets: tuple[UUID, ...], at: datetime, actor: Actor) -> int:
    outcomes = post(merchant.id, [ReviewTiers(at=at, wallets=wallets)], actor)
    return sum(len(outcome.entries) for outcome in outcomes if isinstance(outcome, Reviewed))


def _batches(merchant: Merchant, ladder: Ladder, at: datetime) -> Iterator[tuple[UUID, ...]]:
    """The wallets whose tier, or whose grace, changes at a review."""
    today = at.astimezone(merchant.zone).date()
    spans = ladder.qualification.window.spans(today, calendars())
    thresholds = array(tier.threshold for tier in ladder.tiers)
    codes = text_array(tier.code for tier in ladder.tiers)
    firsts, lasts = array(span.first for span in spans), array(span.last or "infinity" for span in spans)
    grace = max(ladder.qualification.grace_days, 1)
    last = UUID(int=0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                _NEXT,
                [thresholds, codes, firsts, lasts, merchant.id, last, today, grace, at, WALLETS_A_BATCH],
            )
            wallets = tuple(id for (id,) in cursor.fetchall())
        if not wallets:
            return
        yield wallets
        last = wallets[-1]
