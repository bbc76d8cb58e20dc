"""Enrolling members: each gets a wallet with the row, so that a wallet can always be locked."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wafa.store import outbox
from wafa.store.copies import Copies
from wafa.store.newcomers import NewMember, make_newcomers

__all__ = ["NewMember", "enrol"]


def enrol(merchant_id: UUID, members: Sequence[NewMember]) -> int:
    """Enrol those who have not joined yet; answers how many did. Who is a member already stays as they are."""
    with transaction.atomic():
        joined = make_newcomers(merchant_id, members, {})
        with Copies() as copies:
            outbox.append(copies, merchant_id, joined, ())
    return len(joined)
