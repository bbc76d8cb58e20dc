"""Releasing holds: what was reserved goes back to its lots."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import ReleaseHold
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def release_holds(merchant_id: UUID, releases: Sequence[ReleaseHold], actor: Actor) -> list[Outcome]:
    """Give held points back; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, releases, actor)
