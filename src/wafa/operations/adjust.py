"""Adjusting by hand: goodwill and corrections, each with a reason."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import Adjust
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def adjust(merchant_id: UUID, adjustments: Sequence[Adjust], actor: Actor) -> list[Outcome]:
    """Give or take points; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, adjustments, actor)
