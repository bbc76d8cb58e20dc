"""Webhooks: the endpoints, and the log of what they were told. Secrets are in neither."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.store.models import DeliveryState, Merchant, WebhookDelivery, WebhookEndpoint

LATEST = Order(("id",), descending=True)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many deliveries of an endpoint wait, and how many were given up."""

    waiting: int = 0
    given_up: int = 0


def endpoints(merchant: Merchant) -> list[WebhookEndpoint]:
    """All of the merchant's, in the order in which they were added."""
    return list(_endpoints(merchant).order_by("created_at", "id"))


def endpoint(merchant: Merchant, endpoint_id: UUID) -> WebhookEndpoint | None:
    """One of the merchant's."""
    return _endpoints(merchant).filter(id=endpoint_id).first()


def deliveries(
    merchant: Merchant,
    size: int,
    *,
    endpoint_id: UUID | None = None,
    state: DeliveryState | str = "",
    after: Place | None = None,
    before: Place | None = None,
) -> Page[WebhookDelivery]:
    """The log, the latest first, with each event; of one endpoint or of all, in one state or in any."""
    rows = WebhookDelivery.objects.of(merchant).select_related("event")
    if endpoint_id is not None:
        rows = rows.filter(endpoint_id=endpoint_id)
    if state:
        rows = rows.filter(state=state)
    return page(rows, LATEST, size, after=after, before=before)


def delivery(merchant: Merchant, delivery_id: UUID) -> WebhookDelivery | None:
    """One line of the log, with its event."""
    return WebhookDelivery.objects.of(merchant).select_related("event").filter(id=delivery_id).first()


def backlogs(merchant: Merchant) -> dict[UUID, Backlog]:
    """By endpoint, of those that have anything undone."""
    undone = WebhookDelivery.objects.of(merchant).exclude(state=DeliveryState.DELIVERED)
    counted = undone.order_by().values("endpoint_id", "state").annotate(n=Count("id"))
    by_endpoint: dict[UUID, dict[str, int]] = {}
    for row in counted:
        by_endpoint.setdefault(row["endpoint_id"], {})[row["state"]] = row["n"]
    return {
        endpoint_id: Backlog(states.get(DeliveryState.WAITING, 0), states.get(DeliveryState.GIVEN_UP, 0))
        for endpoint_id, states in by_endpoint.items()
    }


def _endpoints(merchant: Merchant) -> QuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.of(merchant).defer("secrets")
