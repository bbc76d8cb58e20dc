"""Capturing holds: what was reserved is spent, the rest released."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import CaptureHold
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def capture_holds(merchant_id: UUID, captures: Sequence[CaptureHold], actor: Actor) -> list[Outcome]:
    """Spend held points; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, captures, actor)
