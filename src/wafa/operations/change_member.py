"""Changing what is known of one member: only what is said changes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wafa.store.members import lock_member

CHANGEABLE = frozenset(
    {"name", "phone", "email", "language", "born_on", "birth_calendar", "tags", "pin_hash"},
)


def change_member(
    merchant_id: UUID,
    member_id: UUID,
    changes: Mapping[str, Any],
    *,
    consents: Mapping[str, bool] | None = None,
    at: datetime,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Change columns by name; `check` may raise once nobody else can change the member any more.

    Raises MemberMissingError, MemberClosedError.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise AssertionError(f"{sorted(unknown)} cannot be changed like this")
    with transaction.atomic():
        member = lock_member(merchant_id, member_id)
        check()
        for name, value in changes.items():
            setattr(member, name, value)
        member.consents = agreed(member.consents, consents or {}, at)
        member.save(update_fields=[*changes, "consents"])


def agreed(kept: Mapping[str, Any], said: Mapping[str, bool], at: datetime) -> dict[str, Any]:
    """What a member has agreed to, or not, and since when: who says the same again has said it before."""
    new = {
        channel: {"given": given, "at": at.isoformat()}
        for channel, given in said.items()
        if channel not in kept or kept[channel]["given"] != given
    }
    return {**kept, **new}
