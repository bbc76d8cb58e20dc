"""Members as they are answered, and the writes that are answered with the member as they are afterwards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja.params.functions import Header

from wafa.core.refusals import Refusal
from wafa.queries.profiles import Profile, profile_of
from wafa.store.members import MemberClosedError, MemberMissingError
from wafa.store.models import MemberStatus
from wafa.web.api.access import Caller
from wafa.web.api.answers import as_json
from wafa.web.api.idempotency import once
from wafa.web.api.problems import ProblemError, of_refusal

IF_MATCH: Any = Header(
    None,
    alias="If-Match",
    description="The ETag of the member as you know them: if they have changed since, 412, and nothing is done.",
)
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def found_profile(caller: Caller, member_id: UUID) -> Profile:
    """Raises ProblemError: another merchant's member is not there."""
    profile = profile_of(caller.merchant.id, member_id)
    if profile is None:
        raise ProblemError(404, "not_found")
    return profile


def member_told(profile: Profile) -> dict[str, Any]:
    """As the shape `Member` says."""
    return {
        "id": str(profile.id),
        "merged_into": merged_into(profile),
        "external_id": profile.number,
        "status": profile.status,
        "name": profile.name,
        "phone": profile.phone or None,
        "email": profile.email or None,
        "language": profile.language or None,
        "born_on": profile.born_on,
        "birth_calendar": profile.birth_calendar,
        "tags": profile.tags,
        "consents": profile.consents,
        "referrer": str(profile.referrer_id) if profile.referrer_id else None,
        "cards": profile.cards,
        "has_qr": profile.has_qr,
        "has_pin": profile.has_pin,
        "enrolled_at": profile.enrolled_at.isoformat(),
    }


def merged_into(profile: Profile) -> str | None:
    """The survivor's id, where another's was asked for."""
    return str(profile.id) if profile.asked_id != profile.id else None


def member_answer(profile: Profile, status: int = 200) -> HttpResponse:
    """With the ETag that a change may name."""
    response = as_json(member_told(profile), status)
    response["ETag"] = f'"{version_of(profile)}"'
    return response


def version_of(profile: Profile) -> str:
    """Another one as soon as anything of the member is."""
    told = member_told(profile) | {"merged_into": None}
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:32]


def must_match(caller: Caller, member_id: UUID, if_match: str | None) -> None:
    """Raises ProblemError where the member is not as the header says; to be asked when their row is locked."""
    if if_match is None or if_match.strip() == "*":
        return
    if version_of(found_profile(caller, member_id)) not in _TAG.findall(if_match):
        raise ProblemError(412, "precondition_failed")


def written(
    caller: Caller, idempotency_key: str | None, call: str, member_id: UUID, asked: object, do: Callable[[], object]
) -> HttpResponse:
    """Change a member once under a key, and answer with the member.

    Only their id is kept with the key: what is known of people does not belong in rows that are for ever.
    """
    found_profile(caller, member_id)

    def change() -> tuple[int, dict[str, Any]]:
        refusing(do)
        return 200, {"id": str(member_id)}

    once(caller, idempotency_key, [call, str(member_id), asked], change)
    return member_answer(found_profile(caller, member_id))


def refusing(do: Callable[[], object]) -> object:
    """Do it; who is not there, or has left, is refused with a ProblemError."""
    try:
        return do()
    except MemberMissingError:
        raise ProblemError(404, "not_found") from None
    except MemberClosedError as error:
        detail = {"member": error.number, "status": MemberStatus.CLOSED.value}
        raise of_refusal(Refusal.MEMBER_NOT_ACTIVE, detail) from None
