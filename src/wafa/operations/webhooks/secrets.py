"""Secrets that webhooks are signed with: the newest signs, and older ones beside it until their time is over.

Kept in plain, as signing needs them. They are shown to the merchant once, when they are made, and logged never.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

PREFIX = "whsec_"
BYTES = 32
# Each one that still signs is a signature in the header.
SIGNING_MOST = 4

Kept = list[dict[str, Any]]


def first() -> Kept:
    """What a new endpoint has."""
    return [_made()]


def rotated(kept: Kept, now: datetime, until: datetime) -> Kept:
    """A new one ahead of those there were, each of which signs until then and no longer than it would have."""
    older = [
        each | {"until": min(_until(each) or until, until).isoformat()}
        for each in kept
        if (_until(each) or until) > now and until > now
    ]
    return [_made(), *older][:SIGNING_MOST]


def signing(kept: Sequence[dict[str, Any]], now: datetime) -> list[str]:
    """Those that sign at an instant, the newest first."""
    return [each["secret"] for each in kept if (until := _until(each)) is None or until > now]


def _made() -> dict[str, Any]:
    return {"secret": PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode(), "until": None}


def _until(each: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(each["until"]) if each["until"] else None
