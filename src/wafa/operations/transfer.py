"""Transferring points from member to member: lots keep their last day."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import Transfer
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def transfer(merchant_id: UUID, transfers: Sequence[Transfer], actor: Actor) -> list[Outcome]:
    """Pass points on; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, transfers, actor)
