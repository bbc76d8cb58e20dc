"""What members show to be known by: cards, the code on their phone, a PIN."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from ninja import Router
from pydantic import Field

from wafa.operations.change_member import change_member
from wafa.operations.member_tokens import CardTakenError, add_card, end_card, issue_qr
from wafa.store.models import Scope
from wafa.web.api import shapes, shapes_members
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Pin
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, once
from wafa.web.api.member_bodies import CardIn
from wafa.web.api.member_told import found_profile, refusing, written
from wafa.web.api.problems import ProblemError
from wafa.wording.normalise import clean_reference

router = Router(tags=["members"])
WRITES = Needs(Scope.MEMBERS_WRITE)


class PinIn(Body):
    """What the member types at the till: 4 to 12 digits; null: none any more."""

    pin: Pin | None = Field(description="It is never told.")


@router.post(
    "/members/{uuid:member_id}/cards",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="Give a member a card",
)
def add_card_to(
    request: HttpRequest, member_id: UUID, body: CardIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """From now on they are known by it; given again, it stays theirs. One that has ended is nobody's any more."""
    caller = caller_of(request)

    def do() -> None:
        try:
            add_card(caller.merchant.id, member_id, body.number)
        except CardTakenError:
            raise ProblemError(409, "card_taken", path="number") from None

    return written(caller, idempotency_key, "add card", member_id, body.model_dump(), do)


@router.delete(
    "/members/{uuid:member_id}/cards/{path:number}",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="End a card",
)
def end_card_of(
    request: HttpRequest, member_id: UUID, number: str, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Lost, or worn: nobody is known by it any more, and it is never given again."""
    caller = caller_of(request)
    card = clean_reference(number)

    def do() -> None:
        if not end_card(caller.merchant.id, member_id, card):
            raise ProblemError(404, "not_found")

    return written(caller, idempotency_key, "end card", member_id, card, do)


@router.post(
    "/members/{uuid:member_id}/qr",
    auth=WRITES,
    response=shapes.written(shapes_members.QrToken),
    summary="Issue a QR token",
)
def issue_qr_to(request: HttpRequest, member_id: UUID, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """The secret that the member's phone shows. It is told here and nowhere else; the one before it ends."""
    caller = caller_of(request)
    found_profile(caller, member_id)

    def do() -> tuple[int, dict[str, Any]]:
        token = refusing(lambda: issue_qr(caller.merchant.id, member_id))
        member = found_profile(caller, member_id).id
        return 201, {"member": str(member), "shown_once": {"token": token}}

    status, answer = once(caller, idempotency_key, ["issue qr", str(member_id)], do)
    return as_json(answer, status)


@router.put(
    "/members/{uuid:member_id}/pin",
    auth=WRITES,
    response=shapes.read(shapes_members.Member),
    summary="Set a member's PIN",
)
def set_pin(
    request: HttpRequest, member_id: UUID, body: PinIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Only a slow hash of it is kept."""
    caller = caller_of(request)
    kept = make_password(body.pin) if body.pin else ""

    def do() -> None:
        change_member(caller.merchant.id, member_id, {"pin_hash": kept}, at=caller.merchant.now())

    # A plain hash of ten thousand PINs is tried in no time, so what is kept of the request needs our secret.
    asked = salted_hmac("wafa.api.pin", body.pin).hexdigest() if body.pin else None
    return written(caller, idempotency_key, "set pin", member_id, asked, do)
