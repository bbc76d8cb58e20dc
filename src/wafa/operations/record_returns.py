"""Recording returns: what came back takes its points with it."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import RecordReturn
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def record_returns(merchant_id: UUID, returns: Sequence[RecordReturn], actor: Actor) -> list[Outcome]:
    """Count returns; one outcome each, in order: Accepted, Duplicate or Refused."""
    return post(merchant_id, returns, actor)
