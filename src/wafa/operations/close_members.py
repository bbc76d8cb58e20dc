"""Closing members: who leaves forfeits what is left, and owes nothing."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import CloseMember
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def close_members(merchant_id: UUID, closures: Sequence[CloseMember], actor: Actor) -> list[Outcome]:
    """Close members; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, closures, actor)
