"""A row in each of the tables of webhooks."""

from __future__ import annotations

from tests.world import World
from wafa.jobs.outbox import mark_done
from wafa.operations.webhooks.endpoints import add_endpoint
from wafa.operations.webhooks.replay import replay_event
from wafa.store.models import OutboxEvent


def tell_somebody(world: World) -> None:
    """An endpoint, and what it is about to be told: the first thing that ever happened."""
    while mark_done(10_000):
        pass
    endpoint, _ = add_endpoint(world.merchant, "https://shop.example/hook")
    replay_event(world.merchant, endpoint.id, OutboxEvent.objects.of(world.id).get(number=1).id)
