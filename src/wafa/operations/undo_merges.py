"""Undoing merges: the two were not one after all."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import UndoMerge
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def undo_merges(merchant_id: UUID, merges: Sequence[UndoMerge], actor: Actor) -> list[Outcome]:
    """Part members again; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, merges, actor)
