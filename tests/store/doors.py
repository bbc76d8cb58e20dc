"""A row in each of the tables that the API's door has of its own."""

from __future__ import annotations

from tests.world import World
from wafa.operations.api_keys import KeyTerms, create_key
from wafa.store.models import MemberToken, WaitingAdjustment


def open_the_door(world: World) -> None:
    """A key, a card, and an adjustment that waits."""
    key, _ = create_key(world.id, KeyTerms("till", requests_a_minute=60, adjusts_most=100))
    create_key(world.id, KeyTerms("till"), follows=key)
    MemberToken(merchant=world.merchant, member=world.member(), kind="card", value=f"C-{world.id}").save()
    WaitingAdjustment(
        merchant=world.merchant,
        key="api:1",
        content_hash=b"",
        member_number="amal",
        unit="points",
        points=500,
        reason="goodwill",
        note="They had to wait.",
        asked_by=key,
        asked_at=world.now,
    ).save()
