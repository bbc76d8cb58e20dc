"""Members: enrolled, looked up by whatever they are known by, read, changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from wafa.operations.change_member import change_member
from wafa.operations.enrol_member import NumberTakenError, enrol_member
from wafa.operations.member_tokens import CardTakenError
from wafa.queries.profiles import profiles_by_number
from wafa.store.identify import identify
from wafa.store.models import Scope
from wafa.web.api import shapes, shapes_members
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, once
from wafa.web.api.member_bodies import ChangeIn, EnrolIn, TagsIn, tags_kept
from wafa.web.api.member_names import MemberRef
from wafa.web.api.member_told import IF_MATCH, found_profile, member_answer, member_told, must_match, written
from wafa.web.api.problems import ProblemError

router = Router(tags=["members"])
READS, WRITES = Needs(Scope.MEMBERS_READ), Needs(Scope.MEMBERS_WRITE)
CHANGED: dict[int, Any] = shapes.read(shapes_members.Member) | {412: shapes.Problem}


@router.post("/members", auth=WRITES, response=shapes.written(shapes_members.Member), summary="Enrol a member")
def enrol(request: HttpRequest, body: EnrolIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """They can earn and spend at once. Asked again under the same key: the member as they are now."""
    caller = caller_of(request)
    enrolment = body.enrolment(caller.merchant)

    def do() -> tuple[int, dict[str, Any]]:
        try:
            return 201, {"id": str(enrol_member(caller.merchant.id, enrolment, caller.merchant.now()))}
        except NumberTakenError:
            raise ProblemError(409, "member_exists", path="external_id") from None
        except CardTakenError:
            raise ProblemError(409, "card_taken", path="card") from None

    status, kept = once(caller, idempotency_key, ["enrol", body.model_dump(mode="json")], do)
    return member_answer(found_profile(caller, UUID(kept["id"])), status)


@router.get("/members", auth=READS, response=shapes.read(shapes_members.Members), summary="Look members up")
def look_up(request: HttpRequest, wanted: Query[MemberRef]) -> HttpResponse:
    """In exactly one way. A list, since several may share a phone or an e-mail address; those who left are not in it.

    A phone as people write it, in any digits; without its country's code it is of the merchant's country.
    """
    caller = caller_of(request)
    name = wanted.name(caller.merchant, "")
    numbers = identify(caller.merchant.id, [name])[name]
    profiles = profiles_by_number(caller.merchant.id, numbers) if numbers else []
    return as_json({"members": [member_told(profile) for profile in profiles]})


@router.get("/members/{uuid:member_id}", auth=READS, response=shapes.read(shapes_members.Member), summary="A member")
def get_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The ETag in the answer's head is another one as soon as anything of the member is."""
    return member_answer(found_profile(caller_of(request), member_id))


@router.patch("/members/{uuid:member_id}", auth=WRITES, response=CHANGED, summary="Change a member")
def change(
    request: HttpRequest,
    member_id: UUID,
    body: ChangeIn,
    idempotency_key: str | None = IDEMPOTENCY_KEY,
    if_match: str | None = IF_MATCH,
) -> HttpResponse:
    """Only the fields that are sent change. Receipts of before keep what rules read then."""
    caller = caller_of(request)
    changes, asked = body.changes(caller.merchant), body.model_dump(mode="json", exclude_unset=True)

    def do() -> None:
        change_member(
            caller.merchant.id,
            member_id,
            changes,
            consents=body.consents,
            at=caller.merchant.now(),
            check=lambda: must_match(caller, member_id, if_match),
        )

    return written(caller, idempotency_key, "change", member_id, asked, do)


@router.put("/members/{uuid:member_id}/tags", auth=WRITES, response=CHANGED, summary="Set a member's tags")
def set_tags(
    request: HttpRequest,
    member_id: UUID,
    body: TagsIn,
    idempotency_key: str | None = IDEMPOTENCY_KEY,
    if_match: str | None = IF_MATCH,
) -> HttpResponse:
    """They are the segments that rules name; all others that the member had are gone."""
    caller = caller_of(request)

    def do() -> None:
        change_member(
            caller.merchant.id,
            member_id,
            {"tags": tags_kept(body.tags)},
            at=caller.merchant.now(),
            check=lambda: must_match(caller, member_id, if_match),
        )

    return written(caller, idempotency_key, "set tags", member_id, body.model_dump(), do)
