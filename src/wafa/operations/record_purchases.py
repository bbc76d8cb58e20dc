"""Recording purchases: what was sold earns at once."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def record_purchases(merchant_id: UUID, purchases: Sequence[RecordPurchase], actor: Actor) -> list[Outcome]:
    """Count purchases; one outcome each, in order: Accepted, Duplicate or Refused."""
    return post(merchant_id, purchases, actor)
