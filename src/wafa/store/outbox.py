"""The outbox: events go in with the entries that caused them, in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.core.ledger import entry as kinds
from wafa.core.ledger.entry import Entry
from wafa.store.copies import Copies
from wafa.store.ids import new_key
from wafa.store.rows import as_json, instant

EVENT_OF_ENTRY = {
    kinds.ACCRUAL: "PointsAccrued",
    kinds.CLAWBACK: "PointsClawedBack",
    kinds.REINSTATEMENT: "PointsReinstated",
    kinds.REVERSAL: "ReceiptMovedAway",
    kinds.CLAIM: "ReceiptClaimed",
    kinds.EXPIRY: "PointsExpired",
    kinds.ACTIVATION: "PointsActivated",
    kinds.REDEMPTION: "PointsRedeemed",
    kinds.CANCELLATION: "RedemptionCancelled",
    kinds.HOLD: "PointsHeld",
    kinds.CAPTURE: "HoldCaptured",
    kinds.RELEASE: "HoldReleased",
    kinds.ADJUSTMENT: "PointsAdjusted",
    kinds.REWARD: "ActivityRewarded",
    kinds.GRANT: "UnitsGranted",
    kinds.REVOCATION: "UnitsRevoked",
    kinds.TRANSFER_OUT: "PointsTransferredOut",
    kinds.TRANSFER_IN: "PointsTransferredIn",
    kinds.MERGE_OUT: "MemberMerged",
    kinds.MERGE_IN: "MemberTakenOver",
    kinds.UNMERGE_OUT: "MemberParted",
    kinds.UNMERGE_IN: "MergeUndone",
    kinds.OPENING: "BalanceOpened",
    kinds.CLOSURE: "MemberClosed",
    kinds.REVIEW: "TierReviewed",
}

ENROLLED = "MemberEnrolled"
BLOCKED, UNBLOCKED = "MemberBlocked", "MemberUnblocked"
TIER_CHANGED = "TierChanged"
KINDS = (ENROLLED, BLOCKED, UNBLOCKED, *EVENT_OF_ENTRY.values(), TIER_CHANGED)
"""All that can happen."""

Event = tuple[str, UUID, int, dict[str, Any], datetime]
"""Kind, wallet, the wallet's sequence, body, and when."""
Joined = tuple[UUID, UUID, datetime]
"""A wallet, its member, and when they joined."""


def append(copies: Copies, merchant_id: UUID, joined: Sequence[Joined], entries: Sequence[Entry]) -> None:
    """An event a member who joined, an event an entry, and one more where it moved the member to another tier."""
    put(copies, merchant_id, (*_enrolments(joined), *_movements(entries)))


def put(copies: Copies, merchant_id: UUID, events: Iterable[Event]) -> None:
    """Events as they are."""
    merchant = str(merchant_id)
    copies.append(
        "outbox_event",
        "merchant_id, id, kind, wallet_id, wallet_sequence, body, created_at",
        (
            (merchant, new_key(), kind, str(wallet), str(sequence), as_json(body), instant(at))
            for kind, wallet, sequence, body, at in events
        ),
    )


def _enrolments(joined: Sequence[Joined]) -> Iterator[Event]:
    for wallet, member, at in joined:
        yield ENROLLED, wallet, 0, {"member": str(member)}, at


def _movements(entries: Sequence[Entry]) -> Iterator[Event]:
    for entry in entries:
        for kind, body in _events_of(entry):
            yield kind, entry.wallet.id, entry.sequence, body, entry.posted_at


def _events_of(entry: Entry) -> Iterator[tuple[str, dict[str, Any]]]:
    member = str(entry.wallet.member_id)
    yield (
        EVENT_OF_ENTRY[entry.kind],
        {
            "entry": str(entry.id),
            "member": member,
            "document": str(entry.document_id) if entry.document_id else None,
            "unit": entry.wallet.unit,
            "points": entry.points,
            "balance": entry.after,
        },
    )
    if entry.tier_after != entry.tier_before:
        yield TIER_CHANGED, {"member": member, "from": entry.tier_before, "to": entry.tier_after}
