"""Claiming receipts that were recorded without a member."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import ClaimReceipt
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def claim_receipts(merchant_id: UUID, claims: Sequence[ClaimReceipt], actor: Actor) -> list[Outcome]:
    """Credit anonymous receipts late; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, claims, actor)
