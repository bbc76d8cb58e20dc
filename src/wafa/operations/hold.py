"""Holding points: reserved at a till for a limited time."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import PlaceHold
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def hold(merchant_id: UUID, holds: Sequence[PlaceHold], actor: Actor) -> list[Outcome]:
    """Reserve points; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, holds, actor)
