"""Merging members: two cards of one person."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import MergeMembers
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def merge_members(merchant_id: UUID, merges: Sequence[MergeMembers], actor: Actor) -> list[Outcome]:
    """Merge members; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, merges, actor)
