"""The three headers by which a receiver knows that a message is ours, and which one it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook


def headers(event_id: UUID, at: datetime, message: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """One signature a secret, so that a receiver may know either while they are exchanged. The id is the event's: it
    is the same whenever the event is told again.
    """
    message_id, text = str(event_id), message.decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, at, text) for secret in secrets),
    }
