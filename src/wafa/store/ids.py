"""Identifiers: UUIDv7 (RFC 9562), made in Python so that a till can make one offline."""

from uuid import UUID

import uuid_utils
import uuid_utils.compat


def new_id() -> UUID:
    """A fresh identifier; later ones sort after earlier ones of the same process."""
    return uuid_utils.compat.uuid7()


def new_key() -> str:
    """The same as text, six times faster: for rows so many that nobody holds them as objects."""
    return str(uuid_utils.uuid7())
