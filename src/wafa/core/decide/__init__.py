"""Deciding a batch: the commands in order, each seeing what the earlier ones did."""

from collections.abc import Sequence
from itertools import pairwise

from wafa.core.commands import Command, ExpireLots, RecordPurchase
from wafa.core.decide.expiry import decide_expiry
from wafa.core.decide.purchase import decide_purchase
from wafa.core.decide.returns import decide_return
from wafa.core.outcomes import Outcome
from wafa.core.snapshot import Snapshot


def decide(snapshot: Snapshot, commands: Sequence[Command]) -> list[Outcome]:
    """One outcome a command, in order. The snapshot is moved forward; a refusal leaves it as it was.

    Kinds may mix; a command's `at` is never earlier than the one before it.
    """
    if any(later.at < earlier.at for earlier, later in pairwise(commands)):
        raise ValueError("the commands of a batch must come in the order of their instants")
    return [_decide_one(snapshot, command) for command in commands]


def _decide_one(snapshot: Snapshot, command: Command) -> Outcome:
    if isinstance(command, ExpireLots):
        return decide_expiry(snapshot, command)
    if isinstance(command, RecordPurchase):
        return decide_purchase(snapshot, command)
    return decide_return(snapshot, command)
