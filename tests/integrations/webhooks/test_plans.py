"""However long the queue, a claim reads a bounded part of it."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from tests.db import put_guards_away, query, rolled_back
from tests.world import World
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.claiming import HEAD, claim
from wafa.operations.webhooks.endpoints import add_endpoint
from wafa.store.net import across_merchants

QUEUE = 20 * HEAD
_QUEUED = """
    INSERT INTO webhook_delivery (merchant_id, id, endpoint_id, event_id, number, wallet_id, state, attempts, next_at,
                                  last_error, created_at)
    SELECT %s, gen_random_uuid(), %s, CASE n WHEN 1 THEN %s ELSE gen_random_uuid() END, n,
           CASE WHEN %s THEN gen_random_uuid() ELSE %s END, 'waiting', %s,
           now() - interval '1 hour' + n * interval '1 ms', '', now()
    FROM generate_series(1, %s) AS n
"""
_READ = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = %s"


@pytest.mark.parametrize("attempts", [0, 3], ids=["first", "again"])
@pytest.mark.parametrize("many", [True, False], ids=["many wallets", "one wallet"])
@pytest.mark.parametrize("analyzed", [True, False], ids=["with statistics", "without"])
def test_a_claim_reads_the_head_alone(world: World, many: bool, attempts: int, analyzed: bool) -> None:
    while mark_done(1000):
        pass
    made, _ = add_endpoint(world.merchant, "https://shop.example/")
    event = query("SELECT id FROM outbox_event WHERE merchant_id = %s AND number = 1", world.id)[0][0]
    with rolled_back():
        put_guards_away()
        wallet = world.wallet().id
        query(_QUEUED, world.id, made.id, event, many, wallet, attempts, QUEUE)
        if analyzed:
            query("ANALYZE webhook_delivery")
        with across_merchants():
            before = query(_READ, "webhook_delivery")[0][0]
            claimed = claim(timezone.now(), 1, 1, Counter())
            assert query(_READ, "webhook_delivery")[0][0] - before < 2 * HEAD
        assert [(each.event.number, each.attempts) for each in claimed] == [(1, attempts)]
