"""The member that an address names; one who was merged leads to whoever took over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wafa.store.identify import identify
from wafa.store.models import Member
from wafa.web.api.access import Caller
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError


def member_of(caller: Caller, member_id: UUID) -> Member:
    """Raises ProblemError where there is none at this merchant."""
    member = Member.objects.of(caller.merchant).select_related("survivor").filter(id=member_id).first()
    if member is None:
        raise ProblemError(404, "not_found")
    return member.survivor or member


def members_named(caller: Caller, name: MemberRef) -> list[Member]:
    """Those whom a name fits: of a shared phone there are several."""
    wanted = name.name(caller.merchant, "")
    numbers = identify(caller.merchant.id, [wanted])[wanted]
    rows = Member.objects.of(caller.merchant).select_related("survivor").filter(number__in=numbers)
    found = {(row.survivor or row).id: row.survivor or row for row in rows.order_by("number")}
    return list(found.values())


def told(member: Member) -> dict[str, Any]:
    """As the API tells of a member."""
    return {
        "id": str(member.id),
        "external_id": member.number,
        "name": member.name,
        "phone": member.phone,
        "email": member.email,
        "language": member.language,
        "status": member.status,
        "enrolled_at": member.enrolled_at.isoformat(),
        "born_on": member.born_on.isoformat() if member.born_on else None,
        "birth_calendar": member.birth_calendar,
        "tags": member.tags,
        "consents": member.consents,
        "referrer": str(member.referrer_id) if member.referrer_id else None,
    }
