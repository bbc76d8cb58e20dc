"""Opening balances: what members bring from an old programme, once."""

from collections.abc import Sequence
from uuid import UUID

from wafa.core.commands import OpenBalance
from wafa.core.outcomes import Outcome
from wafa.operations.post import post
from wafa.store.actor import Actor


def open_balances(merchant_id: UUID, balances: Sequence[OpenBalance], actor: Actor) -> list[Outcome]:
    """Bring balances over; one outcome each, in order: Posted, Duplicate or Refused."""
    return post(merchant_id, balances, actor)
