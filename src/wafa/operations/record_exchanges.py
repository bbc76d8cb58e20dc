"""Recording exchanges: goods sold and goods returned on one slip."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import RecordExchange
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def record_exchanges(merchant_id: UUID, exchanges: Sequence[RecordExchange], actor: Actor) -> list[Outcome]:
    """Count exchanges; one outcome each, in order: Accepted, Duplicate or Refused."""
    return post(merchant_id, exchanges, actor)
