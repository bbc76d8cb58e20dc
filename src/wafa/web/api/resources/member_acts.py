"""What happens to members: blocked and let in again, brought along, merged and parted, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wafa.core.commands import CloseMember, MergeMembers, UndoMerge
from wafa.operations.refer import ReferralFault, ReferralRefusedError, refer
from wafa.operations.set_member_status import set_member_status
from wafa.store.identify import ID, MemberName
from wafa.store.models import MemberStatus, Scope
from wafa.web.api import shapes, shapes_members
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.idempotency import IDEMPOTENCY_KEY
from wafa.web.api.member_bodies import MergeIn, ReferrerIn, StatusIn
from wafa.web.api.member_told import found_profile, written
from wafa.web.api.problems import ProblemError
from wafa.web.api.requests import carry_out, found_number

router = Router(tags=["members"])
WRITES = Needs(Scope.MEMBERS_WRITE)
POSTS = Needs(Scope.MEMBERS_WRITE, asked_again=True)

WITHOUT_REASON = StatusIn()
# What was sent cannot be; all others: how things are stands in the way.
NOT_AS_SENT = {ReferralFault.REFERRER_UNKNOWN, ReferralFault.THE_SAME}


@router.post(
    "/members/{uuid:member_id}/block",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="Block a member",
)
def block(
    request: HttpRequest,
    member_id: UUID,
    body: StatusIn = WITHOUT_REASON,
    idempotency_key: str | None = IDEMPOTENCY_KEY,
) -> HttpResponse:
    """Nothing can be spent, and receipts are counted as anonymous. Points stay, and run out as ever."""
    return _set_status(caller_of(request), member_id, MemberStatus.BLOCKED, body, idempotency_key)


@router.post(
    "/members/{uuid:member_id}/unblock",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="Let a member in again",
)
def unblock(
    request: HttpRequest,
    member_id: UUID,
    body: StatusIn = WITHOUT_REASON,
    idempotency_key: str | None = IDEMPOTENCY_KEY,
) -> HttpResponse:
    """As though nothing had been; receipts of the time between stay anonymous, and can be claimed."""
    return _set_status(caller_of(request), member_id, MemberStatus.ACTIVE, body, idempotency_key)


def _set_status(
    caller: Caller, member_id: UUID, status: MemberStatus, body: StatusIn, idempotency_key: str | None
) -> HttpResponse:
    def do() -> None:
        set_member_status(caller.merchant.id, member_id, status, body.reason, caller.merchant.now())

    return written(caller, idempotency_key, f"set {status}", member_id, body.model_dump(), do)


@router.post(
    "/members/{uuid:member_id}/referrer",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="Note who brought a member along",
)
def set_referrer(
    request: HttpRequest, member_id: UUID, body: ReferrerIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Once, and before the member has bought anything. What it is worth, and when, the programme says."""
    caller = caller_of(request)
    friend = found_profile(caller, member_id).number

    def do() -> None:
        try:
            refer(caller.merchant.id, friend, found_number(caller, body.referrer, "referrer"))
        except ReferralRefusedError as error:
            status = 422 if error.fault in NOT_AS_SENT else 409
            raise ProblemError(status, f"referral_{error.fault}", path="referrer") from None

    asked = body.model_dump(mode="json", exclude_unset=True)
    return written(caller, idempotency_key, "set referrer", member_id, asked, do)


@router.post(
    "/members/{uuid:member_id}/merge",
    auth=POSTS,
    response=shapes.written(shapes.Movement),
    summary="Merge a member into another",
)
def merge(
    request: HttpRequest, member_id: UUID, body: MergeIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Two cards of one person: all that this one has is the other's, and its numbers go on working.

    `id` is what undoing names. `points` and `balance` are told of the member who went.
    """
    caller = caller_of(request)
    found_profile(caller, member_id)

    def make(at: Any, key: str, member: str, into: str) -> MergeMembers:
        return MergeMembers(at=at, key=key, member=member, into=into)

    names = MemberName(ID, str(member_id)), body.into.name(caller.merchant, "into")
    return carry_out(caller, idempotency_key, make, *names, paths=("member", "into"))


@router.post("/merges/{uuid:merge}/undo", auth=POSTS, response=shapes.written(shapes.Movement), summary="Undo a merge")
def undo_merge(request: HttpRequest, merge: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """The two were not one: what the merge brought goes back, as far as it is still there."""

    def make(at: Any, key: str) -> UndoMerge:
        return UndoMerge(at=at, key=key, merge=merge)

    return carry_out(caller_of(request), idempotency_key, make, unknown="merge_unknown")


@router.post(
    "/members/{uuid:member_id}/close",
    auth=POSTS,
    response=shapes.written(shapes.Movement),
    summary="Close a membership",
)
def close(request: HttpRequest, member_id: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """The member leaves, for good: what is left is forfeited, what is owed is forgiven."""
    caller = caller_of(request)
    found_profile(caller, member_id)

    def make(at: Any, key: str, member: str) -> CloseMember:
        return CloseMember(at=at, key=key, member=member)

    return carry_out(caller, idempotency_key, make, MemberName(ID, str(member_id)))
