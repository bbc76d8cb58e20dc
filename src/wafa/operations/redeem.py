"""Redeeming points: for money off, a reward, a gift."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import Redeem
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def redeem(merchant_id: UUID, redemptions: Sequence[Redeem], actor: Actor) -> list[Outcome]:
    """Spend points; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, redemptions, actor)
