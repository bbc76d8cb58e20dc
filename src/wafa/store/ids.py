"""Identifiers: UUIDv7 (RFC 9562), made in Python so that a till can make one offline."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh identifier; later ones sort after earlier ones of the same process."""
    return uuid_utils.compat.uuid7()
