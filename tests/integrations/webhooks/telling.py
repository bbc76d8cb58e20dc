"""Short words for what webhooks do in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.db import query
from tests.world import World
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.delivering import deliver
from wafa.store.models import OutboxEvent, WebhookDelivery, WebhookEndpoint


def tell(rounds: int = 1) -> None:
    """Number what happened, and send what is due; further rounds come when everything is due again."""
    for _ in range(rounds):
        while mark_done(1000):
            pass
        deliver(seconds=20)
        hurry()


def hurry() -> None:
    """Let the time until the next attempts pass."""
    from wafa.store.net import across_merchants

    with across_merchants():
        query("UPDATE webhook_delivery SET next_at = now() - interval '1 second' WHERE state = 'waiting'")


def log(world: World) -> list[WebhookDelivery]:
    """All deliveries, in the order of their events."""
    return list(WebhookDelivery.objects.of(world.id).order_by("number", "id"))


def states(world: World) -> list[tuple[str, int, int | None, str]]:
    """How each stands: its state, attempts, last status and last error."""
    return [(each.state, each.attempts, each.last_status, each.last_error) for each in log(world)]


def endpoint_of(world: World, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint as its row stands."""
    return WebhookEndpoint.objects.of(world.id).get(id=endpoint_id)


def events(world: World) -> list[OutboxEvent]:
    """The merchant's log."""
    return list(OutboxEvent.objects.of(world.id).filter(number__isnull=False).order_by("number"))


def until_next(each: WebhookDelivery, since: Any) -> timedelta:
    """How long after an instant the next attempt is."""
    return each.next_at - since
