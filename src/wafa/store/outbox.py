"""The outbox: events go in with the entries that caused them, in the same transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.core.ledger.entry import ACCRUAL, CLAWBACK, EXPIRY, Entry
from wafa.store.ids import new_key
from wafa.store.rows import as_json, copy, instant

EVENT_OF_ENTRY = {ACCRUAL: "PointsAccrued", CLAWBACK: "PointsClawedBack", EXPIRY: "PointsExpired"}


_COLUMNS = "merchant_id, id, kind, wallet_id, wallet_sequence, body, created_at"


def append_enrolments(merchant_id: UUID, joined: Sequence[tuple[UUID, UUID, datetime]]) -> None:
    """An event for each member who joined: (wallet, member, when)."""
    merchant = str(merchant_id)
    copy(
        "outbox_event",
        _COLUMNS,
        (
            (merchant, new_key(), "MemberEnrolled", str(wallet), "0", as_json({"member": str(member)}), instant(at))
            for wallet, member, at in joined
        ),
    )


def append_entries(merchant: str, entries: Sequence[Entry]) -> None:
    """An event an entry, and one more where it moved the member to another tier."""
    copy(
        "outbox_event",
        _COLUMNS,
        (
            (
                merchant,
                new_key(),
                kind,
                str(entry.wallet.id),
                str(entry.sequence),
                as_json(body),
                instant(entry.posted_at),
            )
            for entry in entries
            for kind, body in _events_of(entry)
        ),
    )


def _events_of(entry: Entry) -> Iterator[tuple[str, dict[str, Any]]]:
    member = str(entry.wallet.member_id)
    yield (
        EVENT_OF_ENTRY[entry.kind],
        {
            "entry": str(entry.id),
            "member": member,
            "document": str(entry.document_id) if entry.document_id else None,
            "points": entry.points,
            "balance": entry.after,
        },
    )
    if entry.tier_before and entry.tier_after != entry.tier_before:
        yield "TierChanged", {"member": member, "from": entry.tier_before, "to": entry.tier_after}
