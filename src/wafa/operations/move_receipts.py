"""Moving receipts to the member whose they are."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import MoveReceipt
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def move_receipts(merchant_id: UUID, moves: Sequence[MoveReceipt], actor: Actor) -> list[Outcome]:
    """Move receipts; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, moves, actor)
