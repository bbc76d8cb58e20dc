"""Voiding receipts: the sale was a mistake, and all that is left of it is taken back."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import VoidReceipt
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def void_receipts(merchant_id: UUID, voids: Sequence[VoidReceipt], actor: Actor) -> list[Outcome]:
    """Void receipts; one outcome each, in order: Accepted, Duplicate or Refused."""
    return post(merchant_id, voids, actor)
