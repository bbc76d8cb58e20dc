"""Recording activities: points for what is no purchase, each once in its period."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import RecordActivity
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def record_activities(merchant_id: UUID, activities: Sequence[RecordActivity], actor: Actor) -> list[Outcome]:
    """Count what members did; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, activities, actor)
