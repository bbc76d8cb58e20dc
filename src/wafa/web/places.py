"""Places in a list as they stand in an address: opaque, short, and believed only as far as they can be read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.queries.console.keyset import Order, Place

LONGEST = 600
_INTEGER_MAX = 2**63 - 1


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _integer(value: Any) -> int:
    number = int(_text(value))
    if abs(number) > _INTEGER_MAX:
        raise ValueError(value)
    return number


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant


def _identifier(value: Any) -> UUID:
    return UUID(_text(value))


_READ: dict[str, Callable[[Any], Any]] = {
    "number": _text,
    "name": _text,
    "id": _identifier,
    "enrolled_at": _instant,
    "occurred_at": _instant,
    "posted_at": _instant,
    "available": _integer,
    "sequence": _integer,
    "position": _integer,
}


def written(place: Place | None) -> str:
    """A place for an address; empty where there is none."""
    if place is None:
        return ""
    values = [value.isoformat() if isinstance(value, datetime) else str(value) for value in place]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read(text: str, order: Order) -> Place | None:
    """The place that an address names, or None where it names none: whoever plays with it sees the first page."""
    if not text or len(text) > LONGEST:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(order.columns):
            return None
        return tuple(_READ[column](value) for column, value in zip(order.columns, values, strict=True))
    except (ValueError, OverflowError):
        return None
