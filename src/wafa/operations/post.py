"""Posting a batch: claim, lock, decide, append, commit. Every door goes through here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wafa.core.commands import Command
from wafa.core.decide import decide
from wafa.core.outcomes import Outcome
from wafa.store import journal, outbox, snapshot
from wafa.store.actor import Actor
from wafa.store.newcomers import NewMember, make_newcomers


def post(
    merchant_id: UUID,
    commands: Sequence[Command],
    actor: Actor,
    *,
    enrol: Mapping[str, datetime] | None = None,
    open_branches: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """Count a batch, whole or not at all; one outcome a command, in order.

    The commands come in the order of their `at`. `enrol` names members to join first where they have not (number ->
    when), `open_branches` branches to make where they are missing (code -> name): in the same transaction.
    """
    if not commands:
        return []
    # Inside a larger transaction there is no savepoint: what fails here fails there.
    with transaction.atomic(savepoint=False):
        joined = []
        if enrol or open_branches:
            members = [NewMember(*each) for each in (enrol or {}).items()]
            joined = make_newcomers(merchant_id, members, open_branches or {})
        world = snapshot.load(merchant_id, commands)
        outcomes = decide(world, commands)
        journal.append(merchant_id, world, outcomes, actor)
        outbox.append(merchant_id, joined, journal.entries_of(outcomes))
    return outcomes
