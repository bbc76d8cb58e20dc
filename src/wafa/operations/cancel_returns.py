"""Cancelling returns: what came back is with the customer again."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import CancelReturn
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def cancel_returns(merchant_id: UUID, cancellations: Sequence[CancelReturn], actor: Actor) -> list[Outcome]:
    """Cancel returns; one outcome each, in order: Accepted, Duplicate or Refused."""
    return post(merchant_id, cancellations, actor)
