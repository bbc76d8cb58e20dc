"""Every kind of event: what it means, and the JSON Schema (2020-12) of its message. docs/reference/events.md is made of
this, and the tests hold it against real events.
"""

from __future__ import annotations

from typing import Any

from wafa.store.outbox import BLOCKED, ENROLLED, KINDS, TIER_CHANGED, UNBLOCKED

MEANINGS = {
    "MemberEnrolled": "A member has joined.",
    "MemberBlocked": "A member was blocked, and earns no more.",
    "MemberUnblocked": "A member who was blocked may earn again.",
    "PointsAccrued": "A receipt was counted, and earned points; 0 where it earned none.",
    "PointsClawedBack": "Goods came back, and the points they had earned were taken back.",
    "PointsReinstated": "A return was cancelled, and what it took was given again.",
    "ReceiptMovedAway": "A receipt went to another member, or was voided, and its points with it.",
    "ReceiptClaimed": "A receipt that was nobody's became this member's, with its points.",
    "PointsExpired": "Points ran out.",
    "PointsActivated": "Points that were pending became available.",
    "PointsRedeemed": "Points were spent.",
    "RedemptionCancelled": "A redemption was cancelled, and its points went back to their lots.",
    "PointsHeld": "Points were reserved at the till.",
    "HoldCaptured": "What was reserved was spent, in whole or in part.",
    "HoldReleased": "What was reserved is free again, because the till said so or the time was over.",
    "PointsAdjusted": "Somebody gave or took points by hand, for a reason.",
    "ActivityRewarded": "Points without a purchase: for a birthday, a review, a referral …",
    "UnitsGranted": "A rule gave stamps or money, in a wallet of that unit.",
    "UnitsRevoked": "Goods came back, or a return was cancelled: the stamps or money of the receipt followed.",
    "PointsTransferredOut": "The member passed points on to another.",
    "PointsTransferredIn": "The member got points from another.",
    "MemberMerged": "This card was merged into another, and its points went there.",
    "MemberTakenOver": "Another card was merged into this one, and its points came here.",
    "MemberParted": "A merge was undone: what had come from the other card left this one.",
    "MergeUndone": "A merge was undone: this card has its points again.",
    "BalanceOpened": "A balance was taken over from an earlier programme.",
    "MemberClosed": "The member has left, and what there was is forfeit.",
    "TierReviewed": "The member's tier was reviewed; `TierChanged` says whether it changed.",
    "TierChanged": "The member rose or fell to another tier.",
}

_ID = {"type": "string", "format": "uuid"}
_POINTS = {"type": "integer", "minimum": 0}

_PLACE: dict[str, Any] = {
    "merchant": {"type": "string", "description": "The merchant's code."},
    "number": {"type": "integer", "minimum": 1, "description": "Its place in the merchant's log, without gaps."},
    "wallet": _ID | {"description": "The member's wallet in one unit."},
    "wallet_sequence": {
        "type": "integer",
        "minimum": 0,
        "description": "The wallet's own count of its entries. Two events of one entry share it; 0: before the first.",
    },
    "member": _ID | {"description": "Whose wallet it is."},
}

_OF_ENTRY: dict[str, Any] = {
    "entry": _ID | {"description": "The entry in the ledger."},
    "document": {
        "type": ["string", "null"],
        "format": "uuid",
        "description": "The receipt or return that it is of.",
    },
    "unit": {"type": "string", "description": "`points`, or another unit of the programme."},
    "points": {
        "type": "integer",
        "description": "What it gained; below zero: lost. 0 where points only changed their place in it.",
    },
    "balance": {
        "type": "object",
        "description": "What the wallet held afterwards.",
        "properties": {"available": _POINTS, "pending": _POINTS, "held": _POINTS, "debt": _POINTS},
        "required": ["available", "pending", "held", "debt"],
        "additionalProperties": False,
    },
}

_OF_STATUS: dict[str, Any] = {"reason": {"type": "string", "description": "Why, in the words of whoever did it."}}

_OF_TIER: dict[str, Any] = {
    "from": {"type": "string", "description": "Code of the tier until then."},
    "to": {"type": "string", "description": "Code of the tier from the next receipt on."},
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a message of this kind."""
    own = {ENROLLED: {}, BLOCKED: _OF_STATUS, UNBLOCKED: _OF_STATUS, TIER_CHANGED: _OF_TIER}
    return _object(
        {
            "type": {"const": kind},
            "timestamp": {
                "type": "string",
                "format": "date-time",
                "description": "When it happened, by the merchant's clock, in UTC.",
            },
            "data": _object(_PLACE | own.get(kind, _OF_ENTRY)),
        }
    )


def example(kind: str) -> dict[str, Any]:
    """A message of this kind."""
    place = KINDS.index(kind)
    return {
        "type": kind,
        "timestamp": "2026-03-01T09:30:00.250000Z",
        "data": {
            "merchant": "noor",
            "number": 578_541 + place,
            "wallet": "019cab26-5c20-7e8b-93a1-0e2d6b6f5a11",
            "wallet_sequence": 0 if kind == ENROLLED else 12,
            "member": "019cab26-5c1f-7d05-8c5e-5f3f4a1c9e02",
            **_example_of(kind),
        },
    }


def _example_of(kind: str) -> dict[str, Any]:
    if kind == ENROLLED:
        return {}
    if kind in (BLOCKED, UNBLOCKED):
        return {"reason": "The card was lost." if kind == BLOCKED else "The card was found."}
    if kind == TIER_CHANGED:
        return {"from": "silver", "to": "gold"}
    points = _EXAMPLE_POINTS.get(kind, 0)
    balance = {"available": 1240 + points, "pending": 0, "held": 0, "debt": 0}
    if kind == "PointsHeld":
        balance |= {"available": 1140, "held": 100}
    return {
        "entry": "019cc1d4-9a4a-7c37-b0b6-41d3f8a7c2d5",
        "document": "019cc1d4-9a4a-7a10-9d7f-2c8e5b90f644" if kind in _OF_DOCUMENTS else None,
        "unit": "stamps" if kind.startswith("Units") else "points",
        "points": points,
        "balance": balance,
    }


_EXAMPLE_POINTS = {
    "PointsAccrued": 45,
    "PointsClawedBack": -45,
    "PointsReinstated": 45,
    "ReceiptMovedAway": -45,
    "ReceiptClaimed": 45,
    "PointsExpired": -120,
    "PointsRedeemed": -500,
    "RedemptionCancelled": 500,
    "HoldCaptured": -100,
    "PointsAdjusted": 50,
    "ActivityRewarded": 200,
    "UnitsGranted": 1,
    "UnitsRevoked": -1,
    "PointsTransferredOut": -300,
    "PointsTransferredIn": 300,
    "MemberMerged": -1240,
    "MemberTakenOver": 310,
    "MemberParted": -310,
    "MergeUndone": 310,
    "BalanceOpened": 1240,
    "MemberClosed": -1240,
}
_OF_DOCUMENTS = {
    "PointsAccrued",
    "PointsClawedBack",
    "PointsReinstated",
    "ReceiptMovedAway",
    "ReceiptClaimed",
}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
