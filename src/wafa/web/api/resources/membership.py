"""What becomes of a membership: blocked, merged, left; cards, the code to show, the PIN, who brought them along."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from wafa.core.commands import CloseMember, MergeMembers, UndoMerge
from wafa.operations.join import CardTakenError, change_member, end_card, give_card, issue_qr, set_blocked
from wafa.operations.refer import ReferralRefusedError, refer
from wafa.store.identify import NUMBER, MemberName
from wafa.store.models import Member, Scope
from wafa.web.api import shapes
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Code
from wafa.web.api.found_members import member_of, told
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, Answered, once
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError
from wafa.web.api.requests import carry_out, found_number

router = Router(tags=["members"])
WRITES = Needs(Scope.MEMBERS_WRITE)


class IntoIn(Body):
    """The member who stays."""

    into: MemberRef


class ReferrerIn(Body):
    """Who brought them along."""

    referrer: MemberRef


class CardIn(Body):
    """A card that they are given."""

    number: Code


class PinIn(Body):
    """Four to twelve digits that they chose."""

    pin: str = Field(pattern="^[0-9]{4,12}$")


@router.post("/members/{member_id}/block", auth=WRITES, response=shapes.read(shapes.MemberOut), summary="Block")
def block(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """They spend nothing any more, and what they buy is recorded as nobody's. To say it again changes nothing."""
    return _blocked(request, member_id, True)


@router.post("/members/{member_id}/unblock", auth=WRITES, response=shapes.read(shapes.MemberOut), summary="Unblock")
def unblock(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """They take part again."""
    return _blocked(request, member_id, False)


@router.post(
    "/members/{member_id}/merge", auth=WRITES, response=shapes.written(shapes.Movement), summary="Merge into another"
)
def merge(
    request: HttpRequest, member_id: UUID, body: IntoIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Two cards of one person: all goes over, and the old numbers go on working. The answer's id undoes it."""
    caller = caller_of(request)
    own = Member.objects.of(caller.merchant).filter(id=member_id).first()
    if own is None:
        raise ProblemError(404, "not_found")

    def make(at: datetime, key: str, member: str, into: str) -> MergeMembers:
        return MergeMembers(at=at, key=key, member=member, into=into)

    names = MemberName(NUMBER, own.number), body.into.name(caller.merchant, "into")
    return carry_out(caller, idempotency_key, make, *names, paths=("member", "into"))


@router.post("/merges/{merge_id}/undo", auth=WRITES, response=shapes.written(shapes.Movement), summary="Undo a merge")
def undo_merge(request: HttpRequest, merge_id: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """What it brought goes back, as far as it is still there."""

    def make(at: datetime, key: str) -> UndoMerge:
        return UndoMerge(at=at, key=key, merge=merge_id)

    return carry_out(caller_of(request), idempotency_key, make, unknown="merge_unknown")


@router.post("/members/{member_id}/close", auth=WRITES, response=shapes.written(shapes.Movement), summary="Leave")
def close(request: HttpRequest, member_id: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """What is left is forfeited, what is owed is forgiven."""
    caller = caller_of(request)
    number = member_of(caller, member_id).number

    def make(at: datetime, key: str, member: str) -> CloseMember:
        return CloseMember(at=at, key=key, member=member)

    return carry_out(caller, idempotency_key, make, MemberName(NUMBER, number))


@router.put(
    "/members/{member_id}/referrer", auth=WRITES, response=shapes.read(shapes.MemberOut), summary="Who brought them"
)
def set_referrer(request: HttpRequest, member_id: UUID, body: ReferrerIn) -> HttpResponse:
    """Before they buy anything, and once; the programme says what both get for it."""
    caller = caller_of(request)
    member = member_of(caller, member_id)
    try:
        refer(caller.merchant.id, member.number, found_number(caller, body.referrer, "referrer"))
    except ReferralRefusedError as error:
        raise ProblemError(409, f"referral_{error.fault}", path="referrer") from None
    return as_json(told(Member.objects.of(caller.merchant).get(id=member.id)))


@router.post("/members/{member_id}/cards", auth=WRITES, response=shapes.read(shapes.CardOut), summary="Give a card")
def add_card(request: HttpRequest, member_id: UUID, body: CardIn) -> HttpResponse:
    """From now on they are known by it. Given again, it stays theirs."""
    caller = caller_of(request)
    member = member_of(caller, member_id)
    try:
        give_card(caller.merchant.id, member.id, body.number)
    except CardTakenError:
        raise ProblemError(409, "card_taken", path="number") from None
    return as_json({"number": body.number, "status": "active"})


@router.delete(
    "/members/{member_id}/cards/{number}", auth=WRITES, response=shapes.read(shapes.CardOut), summary="A card is lost"
)
def lose_card(request: HttpRequest, member_id: UUID, number: str) -> HttpResponse:
    """It opens nothing any more, and is never given to anybody else."""
    caller = caller_of(request)
    if not end_card(caller.merchant.id, member_of(caller, member_id).id, number, caller.merchant.now()):
        raise ProblemError(404, "not_found")
    return as_json({"number": number, "status": "ended"})


@router.post("/members/{member_id}/qr", auth=WRITES, response=shapes.written(shapes.QrOut), summary="A code to show")
def give_qr(request: HttpRequest, member_id: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Told this once: only a hash of it is kept. The one before it opens nothing any more."""
    caller = caller_of(request)
    member = member_of(caller, member_id)

    def do() -> Answered:
        token = issue_qr(caller.merchant.id, member.id, caller.merchant.now())
        return 201, {"member": str(member.id), "shown_once": {"token": token}}

    status, answer = once(caller, idempotency_key, {"qr": str(member.id)}, do)
    return as_json(answer, status)


@router.put("/members/{member_id}/pin", auth=WRITES, response=shapes.read(shapes.MemberOut), summary="Set the PIN")
def set_pin(request: HttpRequest, member_id: UUID, body: PinIn) -> HttpResponse:
    """With it they prove at the till that it is them. It is never told."""
    caller = caller_of(request)
    member = member_of(caller, member_id)
    change_member(caller.merchant.id, member.id, {"pin_hash": make_password(body.pin)})
    return as_json(told(member))


def _blocked(request: HttpRequest, member_id: UUID, blocked: bool) -> HttpResponse:
    caller = caller_of(request)
    member = member_of(caller, member_id)
    if not set_blocked(caller.merchant.id, member.id, blocked):
        raise ProblemError(409, "member_not_active", detail={"member": member.number, "status": member.status})
    return as_json(told(Member.objects.of(caller.merchant).get(id=member.id)))
