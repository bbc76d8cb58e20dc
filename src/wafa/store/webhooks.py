"""Making deliveries: an event for an endpoint, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.store.ids import new_key
from wafa.store.rows import array

Due = tuple[UUID, UUID, UUID, int, UUID | None]
"""Merchant, endpoint, event, the event's number, its wallet."""

_ADD = """
    INSERT INTO webhook_delivery (id, merchant_id, endpoint_id, event_id, number, wallet_id, state, attempts, next_at,
                                  last_error, created_at)
    SELECT due.id, due.merchant_id, due.endpoint_id, due.event_id, due.number, due.wallet_id, 'waiting', 0, %s, '', %s
    FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[], %s::uuid[])
        AS due (id, merchant_id, endpoint_id, event_id, number, wallet_id)
    ON CONFLICT (merchant_id, endpoint_id, event_id) DO NOTHING
"""


def add_deliveries(due: Sequence[Due], now: datetime) -> int:
    """Let events be delivered from now on, in one statement; how many were not there yet."""
    if not due:
        return 0
    columns = [array(column) for column in zip(*due, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [now, now, array(new_key() for _ in due), *columns])
        return int(cursor.rowcount)
