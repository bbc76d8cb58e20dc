"""Telling an endpoint again: one event, those of a time, or those that it never took.

An event that is told again begins anew: at once, then by the plan; and it is in the order of its wallet again. It keeps
its id, by which the receiver knows that it has seen it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from wafa.operations.webhooks.endpoints import EndpointUnknownError
from wafa.store.ids import least_id
from wafa.store.models import DeliveryState, Merchant, OutboxEvent, WebhookDelivery, WebhookEndpoint
from wafa.store.webhooks import Due, add_deliveries

A_BATCH = 10_000

_AGAIN = """
    UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = %s, delivered_at = NULL
    WHERE merchant_id = %s AND endpoint_id = %s AND event_id = ANY(%s)
"""


class EventUnknownError(LookupError):
    """The merchant's log has no such event."""


def replay_event(merchant: Merchant, endpoint_id: UUID, event_id: UUID) -> None:
    """Tell one event again, whatever its kind. Raises EndpointUnknownError, EventUnknownError."""
    endpoint = _endpoint(merchant, endpoint_id)
    if not _again(endpoint, _log(merchant).filter(id=event_id)):
        raise EventUnknownError(event_id)


def replay_between(merchant: Merchant, endpoint_id: UUID, since: datetime, until: datetime) -> int:
    """Tell again what happened from one instant until another, by the system's clock, of the kinds that the endpoint
    hears of; how many events that are. Raises EndpointUnknownError.
    """
    endpoint = _endpoint(merchant, endpoint_id)
    # An event's id begins with the instant at which it was made, and rows are found by it.
    events = _log(merchant).filter(id__gte=least_id(since), id__lt=least_id(until))
    if endpoint.kinds:
        events = events.filter(kind__in=endpoint.kinds)
    return _again(endpoint, events)


def replay_failed(merchant: Merchant, endpoint_id: UUID) -> int:
    """Try again what was given up; how many events that are. Raises EndpointUnknownError."""
    endpoint = _endpoint(merchant, endpoint_id)
    failed = WebhookDelivery.objects.of(merchant).filter(endpoint_id=endpoint.id, state=DeliveryState.GIVEN_UP)
    return failed.update(state=DeliveryState.WAITING, attempts=0, next_at=timezone.now())


def _again(endpoint: WebhookEndpoint, events: QuerySet[OutboxEvent]) -> int:
    found, last = 0, 0
    while batch := list(_after(events, last)):
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            ids = [event["id"] for event in batch]
            cursor.execute(_AGAIN, [now, endpoint.merchant_id, endpoint.id, ids])
            if cursor.rowcount < len(ids):
                add_deliveries([_due(endpoint, event) for event in batch], now)
        found, last = found + len(batch), batch[-1]["number"]
    return found


def _after(events: QuerySet[OutboxEvent], last: int) -> Any:
    return events.filter(number__gt=last).order_by("number").values("id", "number", "wallet_id")[:A_BATCH]


def _due(endpoint: WebhookEndpoint, event: dict[str, Any]) -> Due:
    return endpoint.merchant_id, endpoint.id, event["id"], event["number"], event["wallet_id"]


def _log(merchant: Merchant) -> QuerySet[OutboxEvent]:
    return OutboxEvent.objects.of(merchant).filter(Q(number__isnull=False))


def _endpoint(merchant: Merchant, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.of(merchant).defer("secrets").filter(id=endpoint_id).first()
    if endpoint is None:
        raise EndpointUnknownError(endpoint_id)
    return endpoint
