"""Which deliveries are sent next, and by whom: a claim lasts as long as an attempt may take, then it is void."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from wafa.store.models import Merchant, OutboxEvent, WebhookDelivery, WebhookEndpoint
from wafa.store.net import across_merchants
from wafa.store.rows import array

# Longer than any attempt takes, looking up the host's name included. Who dies meanwhile has its deliveries sent again.
CLAIM = timedelta(minutes=3)

# How far first attempts are looked for: beyond so many that all wait for others of their wallets, nobody is served.
HEAD = 1000

# First attempts are in the order of the log, wallet by wallet: one waits until those before it have been made. A wallet
# is one member's, in one unit. As the head of the log is looked at whole, an event's predecessors are always in it.
# Where there are more endpoints than senders, chance is fair to all.
_CLAIM = """
    WITH chosen AS MATERIALIZED (
        SELECT due.merchant_id, due.id
        FROM webhook_endpoint e
        LEFT JOIN unnest(%(busy)s::uuid[], %(sending)s::int[]) AS busy (id, sending) ON busy.id = e.id
        CROSS JOIN LATERAL (
            (
                SELECT merchant_id, id, next_at, number FROM webhook_delivery
                WHERE merchant_id = e.merchant_id AND endpoint_id = e.id AND state = 'waiting' AND attempts > 0
                  AND next_at <= %(now)s
                ORDER BY next_at LIMIT %(each)s
            )
            UNION ALL
            SELECT merchant_id, id, next_at, number FROM (
                SELECT DISTINCT ON (coalesce(wallet_id, id)) merchant_id, id, next_at, number FROM (
                    SELECT merchant_id, id, next_at, number, wallet_id FROM webhook_delivery
                    WHERE merchant_id = e.merchant_id AND endpoint_id = e.id AND state = 'waiting' AND attempts = 0
                    ORDER BY number LIMIT %(head)s
                ) AS head
                ORDER BY coalesce(wallet_id, id), number
            ) AS first_of_wallet
            WHERE next_at <= %(now)s
            ORDER BY next_at, number
            LIMIT greatest(0, %(each)s - coalesce(busy.sending, 0))
        ) AS due
        WHERE e.is_active
        ORDER BY random()
        LIMIT %(limit)s
    )
    UPDATE webhook_delivery SET next_at = %(until)s
    FROM (
        SELECT d.merchant_id, d.id FROM chosen JOIN webhook_delivery d USING (merchant_id, id)
        WHERE d.state = 'waiting' AND d.next_at <= %(now)s
        FOR UPDATE OF d SKIP LOCKED
    ) AS due
    WHERE webhook_delivery.merchant_id = due.merchant_id AND webhook_delivery.id = due.id
    RETURNING webhook_delivery.merchant_id, webhook_delivery.id, webhook_delivery.endpoint_id, webhook_delivery.event_id
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery to be attempted now, and what that takes."""

    id: UUID
    attempts: int
    event: OutboxEvent
    endpoint: WebhookEndpoint
    merchant: Merchant


def claim(now: datetime, limit: int, each: int, sending: Counter[UUID]) -> list[Claimed]:
    """At most `limit` deliveries that are due, at most `each` for one endpoint together with those that are under way.

    Five statements, whatever the limit.
    """
    values: dict[str, Any] = {"now": now, "until": now + CLAIM, "limit": limit, "each": each, "head": HEAD}
    values |= {"busy": array(sending.keys()), "sending": array(sending.values())}
    with across_merchants(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        rows = cursor.fetchall()
        return _loaded(rows) if rows else []


def _loaded(rows: Sequence[tuple[UUID, UUID, UUID, UUID]]) -> list[Claimed]:
    merchants, ids, endpoints, events = (set(column) for column in zip(*rows, strict=True))
    deliveries = _by_id(WebhookDelivery, merchants, ids)
    of_endpoint, of_event = _by_id(WebhookEndpoint, merchants, endpoints), _by_id(OutboxEvent, merchants, events)
    of_merchant = Merchant.objects.in_bulk(list(merchants))
    claimed = [
        Claimed(id, deliveries[id].attempts, of_event[event], of_endpoint[endpoint], of_merchant[merchant])
        for merchant, id, endpoint, event in rows
    ]
    return sorted(claimed, key=lambda each: each.event.number or 0)


def _by_id(model: Any, merchants: Iterable[UUID], ids: Iterable[UUID]) -> dict[UUID, Any]:
    rows: QuerySet[Any] = QuerySet(model).filter(Q(merchant_id__in=list(merchants)), id__in=list(ids))
    return {row.id: row for row in rows}
