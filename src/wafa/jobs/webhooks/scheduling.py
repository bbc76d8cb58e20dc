"""From the log to deliveries: each endpoint's cursor moves over the events that have been numbered since."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from wafa.store.net import across_merchants
from wafa.store.rows import array
from wafa.store.webhooks import Due, add_deliveries

# One that another process schedules for is left to it.
_BEHIND = """
    SELECT e.merchant_id, e.id, least(log.last, e.cursor + %s)
    FROM webhook_endpoint e
    CROSS JOIN LATERAL (
        SELECT number AS last FROM outbox_event
        WHERE merchant_id = e.merchant_id AND number IS NOT NULL ORDER BY number DESC LIMIT 1
    ) AS log
    WHERE e.is_active AND e.cursor < log.last
    FOR UPDATE OF e SKIP LOCKED
"""

_EVENTS = """
    SELECT e.merchant_id, e.id, o.id, o.number, o.wallet_id
    FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS behind (merchant_id, id, upto)
    JOIN webhook_endpoint e ON e.merchant_id = behind.merchant_id AND e.id = behind.id
    JOIN outbox_event o ON o.merchant_id = e.merchant_id AND o.number > e.cursor AND o.number <= behind.upto
    WHERE cardinality(e.kinds) = 0 OR o.kind = ANY (e.kinds)
    ORDER BY o.number, e.id
"""

_MOVE = """
    UPDATE webhook_endpoint e SET cursor = behind.upto
    FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[]) AS behind (merchant_id, id, upto)
    WHERE e.merchant_id = behind.merchant_id AND e.id = behind.id
"""


def schedule_deliveries(limit: int) -> int:
    """Make deliveries of at most `limit` further events of each endpoint's log; how many events were looked at.

    Four statements, however many endpoints and merchants there are.
    """
    with across_merchants(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BEHIND, [limit])
        behind = cursor.fetchall()
        if not behind:
            return 0
        columns = [array(column) for column in zip(*behind, strict=True)]
        cursor.execute(_EVENTS, columns)
        due: list[Due] = cursor.fetchall()
        add_deliveries(due, timezone.now())
        cursor.execute(_MOVE, columns)
    return len(due) or len(behind)
