"""Activating receipts: the event that pending points waited for has happened."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import ActivateReceipt
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def activate_receipts(merchant_id: UUID, activations: Sequence[ActivateReceipt], actor: Actor) -> list[Outcome]:
    """Make pending points available; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, activations, actor)
