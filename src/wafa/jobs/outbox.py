"""Numbering events after their commit, so that a reader with a cursor never skips one that committed late."""

from __future__ import annotations

import zlib

from django.db import connection, transaction
from django.utils import timezone

from wafa.store.net import across_merchants

# One runner at a time in the whole database; any number that nobody else uses.
LOCK = zlib.crc32(b"wafa.jobs.outbox")

# How far out of order ids can be: two processes that make ids within a millisecond, or on two machines' clocks.
LOOK_AHEAD = 10_000

# Ids are in the order of their making, almost. Inside a wallet its own sequence rules: `ready`, the largest id so far,
# holds an event back until those before it have come. No join but by key, so that a stale estimate can't hurt.
NUMBER = """
WITH waiting AS (
    SELECT id, merchant_id, wallet_id, wallet_sequence
    FROM outbox_event WHERE number IS NULL
    ORDER BY merchant_id, id LIMIT %(limit)s + %(look_ahead)s
), ordered AS (
    SELECT id, merchant_id, wallet_sequence,
        max(id::text COLLATE "C") OVER (
            PARTITION BY merchant_id, coalesce(wallet_id, id)
            ORDER BY wallet_sequence, id ROWS UNBOUNDED PRECEDING
        ) AS ready
    FROM waiting
), numbered AS (
    SELECT id, merchant_id, row_number() OVER (PARTITION BY merchant_id ORDER BY ready, wallet_sequence, id) AS place
    FROM ordered
    ORDER BY merchant_id, place LIMIT %(limit)s
), log AS MATERIALIZED (
    SELECT merchant.merchant_id, coalesce(last.number, 0) AS number
    FROM (SELECT DISTINCT merchant_id FROM numbered) AS merchant
    LEFT JOIN LATERAL (
        SELECT number FROM outbox_event
        WHERE merchant_id = merchant.merchant_id AND number IS NOT NULL
        ORDER BY number DESC LIMIT 1
    ) AS last ON true
)
UPDATE outbox_event AS event
SET number = log.number + numbered.place, done_at = %(now)s
FROM numbered JOIN log ON log.merchant_id = numbered.merchant_id
WHERE event.merchant_id = numbered.merchant_id AND event.id = numbered.id
"""


def mark_done(limit: int) -> int:
    """Number at most `limit` of the waiting events and mark them done; how many: 0 if none waits, or another process
    is at it. Two statements, whatever the limit."""
    with across_merchants(), transaction.atomic(), connection.cursor() as cursor:
        # Before the statement that reads: what the last runner numbered is then seen by it.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(NUMBER, {"limit": limit, "look_ahead": LOOK_AHEAD, "now": timezone.now()})
        return int(cursor.rowcount)
