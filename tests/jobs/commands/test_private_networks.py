"""`wafa private-networks`."""

from __future__ import annotations

from tests.jobs.commands.typed import typed
from tests.world import World
from wafa.store.models import Merchant


def test_refused_until_it_is_allowed() -> None:
    world, other = World(), World()
    assert typed(world, "private-networks") == "Webhooks to private networks: refused\n"
    assert typed(world, "private-networks", "--allow") == "Webhooks to private networks: allowed\n"
    assert typed(world, "private-networks") == "Webhooks to private networks: allowed\n"
    assert Merchant.objects.get(id=world.id).webhooks_reach_private
    assert not Merchant.objects.get(id=other.id).webhooks_reach_private
    assert typed(world, "private-networks", "--refuse") == "Webhooks to private networks: refused\n"
