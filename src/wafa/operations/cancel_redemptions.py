"""Cancelling redemptions: the very lots get their points back."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import CancelRedemption
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def cancel_redemptions(merchant_id: UUID, cancellations: Sequence[CancelRedemption], actor: Actor) -> list[Outcome]:
    """Undo redemptions; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, cancellations, actor)
