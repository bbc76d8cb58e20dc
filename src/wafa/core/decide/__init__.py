"""Deciding a batch: the commands in order, each seeing what the earlier ones did."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from wafa.core import commands as asked
from wafa.core.commands import Command
from wafa.core.decide.activities import decide_activity
from wafa.core.decide.adjustment import decide_adjust, decide_opening
from wafa.core.decide.annulment import decide_cancel_return, decide_void
from wafa.core.decide.exchange import decide_exchange
from wafa.core.decide.holds import decide_capture, decide_hold, decide_release
from wafa.core.decide.membership import decide_close
from wafa.core.decide.merge import decide_merge
from wafa.core.decide.purchase import decide_purchase
from wafa.core.decide.receipts import decide_activate, decide_claim, decide_move
from wafa.core.decide.redemption import decide_cancel_redemption, decide_redeem
from wafa.core.decide.returns import decide_return
from wafa.core.decide.review import decide_review
from wafa.core.decide.settle import decide_settle
from wafa.core.decide.transfer import decide_transfer
from wafa.core.decide.unmerge import decide_undo_merge
from wafa.core.outcomes import Outcome
from wafa.core.snapshot import Snapshot

_DECIDE: dict[type, Callable[[Snapshot, Any], Outcome]] = {
    asked.RecordPurchase: decide_purchase,
    asked.RecordReturn: decide_return,
    asked.RecordExchange: decide_exchange,
    asked.VoidReceipt: decide_void,
    asked.CancelReturn: decide_cancel_return,
    asked.Redeem: decide_redeem,
    asked.CancelRedemption: decide_cancel_redemption,
    asked.PlaceHold: decide_hold,
    asked.CaptureHold: decide_capture,
    asked.ReleaseHold: decide_release,
    asked.Adjust: decide_adjust,
    asked.OpenBalance: decide_opening,
    asked.RecordActivity: decide_activity,
    asked.Transfer: decide_transfer,
    asked.MergeMembers: decide_merge,
    asked.UndoMerge: decide_undo_merge,
    asked.CloseMember: decide_close,
    asked.ActivateReceipt: decide_activate,
    asked.ClaimReceipt: decide_claim,
    asked.MoveReceipt: decide_move,
    asked.Settle: decide_settle,
    asked.ReviewTiers: decide_review,
}


def decide(snapshot: Snapshot, commands: Sequence[Command]) -> list[Outcome]:
    """One outcome a command, in order. The snapshot is moved forward; a refusal leaves it as it was.

    But for what was due in a wallet anyway: that happens whenever it is touched. Kinds may mix; a command's `at` is
    never earlier than the one before it.
    """
    if any(later.at < earlier.at for earlier, later in pairwise(commands)):
        raise ValueError("the commands of a batch must come in the order of their instants")
    return [_DECIDE[type(command)](snapshot, command) for command in commands]
