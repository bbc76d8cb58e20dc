"""Posting a batch: claim, lock, decide, append, commit. Every door goes through here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from wafa.core.commands import Command
from wafa.core.decide import decide
from wafa.core.outcomes import Outcome
from wafa.store import journal, outbox, projections
from wafa.store.actor import Actor
from wafa.store.copies import Copies
from wafa.store.loading import WorldMovedError, load
from wafa.store.loading.names import with_periods
from wafa.store.newcomers import NewMember, make_newcomers

TRIES = 5
"""How often a batch is begun anew because a member was merged, or left, while it waited for a lock; or because somebody
else used one of its keys for another wallet at that moment."""
KEY_RULE = "entry_request_once"


def post(
    merchant_id: UUID,
    commands: Sequence[Command],
    actor: Actor | Sequence[Actor],
    *,
    enrol: Mapping[str, datetime] | None = None,
    open_branches: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """Count a batch, whole or not at all; one outcome a command, in order.

    The commands come in the order of their `at`; each has an actor of its own, where not one is named for all. `enrol`
    names members to join first where they have not (number -> when), `open_branches` branches to make where they are
    missing (code -> name): in the same transaction.
    """
    if not commands:
        return []
    newcomers = [NewMember(*each) for each in (enrol or {}).items()]
    for _ in range(1 if connection.in_atomic_block else TRIES - 1):
        try:
            return _post(merchant_id, commands, actor, newcomers, open_branches or {})
        except (WorldMovedError, IntegrityError) as error:
            begin_anew = isinstance(error, WorldMovedError) or KEY_RULE in str(error)
            if connection.in_atomic_block or not begin_anew:
                raise
    return _post(merchant_id, commands, actor, newcomers, open_branches or {})


def _post(
    merchant_id: UUID,
    commands: Sequence[Command],
    actor: Actor | Sequence[Actor],
    newcomers: Sequence[NewMember],
    branches: Mapping[str, str],
) -> list[Outcome]:
    # Inside a larger transaction there is no savepoint: what fails here fails there.
    with transaction.atomic(savepoint=False):
        joined = make_newcomers(merchant_id, newcomers, branches) if newcomers or branches else []
        commands = with_periods(merchant_id, commands)
        world = load(merchant_id, commands)
        outcomes = decide(world, commands)
        with Copies() as copies:
            actors = [actor] * len(outcomes) if isinstance(actor, Actor) else actor
            journal.append(copies, merchant_id, outcomes, actors)
            outbox.append(copies, merchant_id, joined, journal.entries_of(outcomes))
        projections.move(merchant_id, world, outcomes)
    return outcomes
