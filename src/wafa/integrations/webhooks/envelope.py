"""The message: what happened, when, and where in the merchant's log and the wallet's order it stands."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import orjson

from wafa.store.models import OutboxEvent


def envelope(event: OutboxEvent, merchant_code: str) -> dict[str, Any]:
    """The specification's three members; the timestamp is the merchant's clock's."""
    return {
        "type": event.kind,
        "timestamp": event.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {
            "merchant": merchant_code,
            "number": event.number,
            "wallet": str(event.wallet_id) if event.wallet_id else None,
            "wallet_sequence": event.wallet_sequence,
            **event.body,
        },
    }


def message(event: OutboxEvent, merchant_code: str) -> bytes:
    """As it is signed and sent."""
    return orjson.dumps(envelope(event, merchant_code))
