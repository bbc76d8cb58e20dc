"""The statement's cursor: how far each card has been told. Opaque, and refused where no page gave it."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

import orjson

from wafa.queries.statement_page import Place
from wafa.web.api.problems import ProblemError

LARGEST = 2**63 - 1


def written_cursor(place: Place | None) -> str | None:
    """A place for an address; None: no more follows."""
    if place is None:
        return None
    said = orjson.dumps({wallet.hex: sequence for wallet, sequence in place.items()})
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def read_cursor(text: str) -> Place:
    """The place that a cursor names; raises ProblemError. Wallets that are not the member's are never read."""
    if not text:
        return {}
    try:
        said = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        place = {UUID(hex=wallet): sequence for wallet, sequence in said.items()}
    except (binascii.Error, ValueError, AttributeError):
        raise ProblemError(422, "cursor_not_valid", path="cursor") from None
    if not all(type(sequence) is int and 0 < sequence <= LARGEST for sequence in place.values()):
        raise ProblemError(422, "cursor_not_valid", path="cursor")
    return place
