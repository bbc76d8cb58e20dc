"""Receipts that have been recorded: looked at, claimed later, moved to the right member, their points set free."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from wafa.core.commands import ActivateReceipt, ClaimReceipt, MoveReceipt
from wafa.queries.receipt import ReceiptNow, receipt_now
from wafa.store.models import Scope
from wafa.web.api import shapes
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.bodies import ReceiptRef
from wafa.web.api.fields import Body, Code, Day, Minor, ShortCode
from wafa.web.api.idempotency import IDEMPOTENCY_KEY
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError
from wafa.web.api.requests import carry_out
from wafa.web.api.resources.purchases import router

WRITES = Needs(Scope.PURCHASES_WRITE, asked_again=True)


class Wanted(Body):
    """A document by its key."""

    source: Code
    number: Code
    period: ShortCode = ""


class ClaimIn(Body):
    """A receipt that was recorded without a member, and what is printed on its slip."""

    receipt: ReceiptRef
    member: MemberRef
    amount_minor: Minor = Field(description="The slip's total.")
    occurred_on: Day = Field(description="The slip's day, in the merchant's time zone.")


class MoveIn(Body):
    """A receipt that was credited to the wrong member."""

    receipt: ReceiptRef
    to: MemberRef


class ActivateIn(Body):
    """The event that a receipt's pending points wait for has happened."""

    receipt: ReceiptRef


@router.get(
    "/purchases",
    auth=Needs(Scope.PURCHASES_READ),
    response=shapes.read(shapes.Receipt),
    summary="A receipt as it is now",
)
def get_receipt(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """By its source and number; returns are found in the same way."""
    return as_json(_told(_found(caller_of(request), wanted)))


@router.post(
    "/purchases:claim", auth=WRITES, response=shapes.written(shapes.Movement), summary="Claim an anonymous receipt"
)
def claim(request: HttpRequest, body: ClaimIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Once, within the days that the programme gives; who claims must know what is printed on the slip."""
    caller = caller_of(request)
    found = receipt_now(caller.merchant.id, body.receipt.key())
    if found and not _fits(found, body, caller):
        raise ProblemError(422, "proof_wrong", path="amount_minor")

    def make(at: datetime, key: str, member: str) -> ClaimReceipt:
        return ClaimReceipt(at=at, key=key, receipt=body.receipt.key(), member=member)

    return carry_out(caller, idempotency_key, make, body.member.name(caller.merchant))


@router.post(
    "/purchases:move",
    auth=WRITES,
    response=shapes.written(shapes.Movement),
    summary="Move a receipt to the right member",
)
def move(request: HttpRequest, body: MoveIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """What it earned goes from the one, and the other earns it by the same rules."""
    caller = caller_of(request)
    _found(caller, body.receipt, unless_unknown=True)

    def make(at: datetime, key: str, to: str) -> MoveReceipt:
        return MoveReceipt(at=at, key=key, receipt=body.receipt.key(), to=to)

    return carry_out(caller, idempotency_key, make, body.to.name(caller.merchant, "to"), paths=("to",))


@router.post(
    "/purchases:activate", auth=WRITES, response=shapes.written(shapes.Movement), summary="Set pending points free"
)
def activate(request: HttpRequest, body: ActivateIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """The goods have been delivered, the stay is over: what waited for that can be spent."""
    caller = caller_of(request)
    _found(caller, body.receipt, unless_unknown=True)

    def make(at: datetime, key: str) -> ActivateReceipt:
        return ActivateReceipt(at=at, key=key, receipt=body.receipt.key())

    return carry_out(caller, idempotency_key, make)


def _found(caller: Caller, wanted: Wanted | ReceiptRef, *, unless_unknown: bool = False) -> ReceiptNow:
    """The receipt; one of a branch that is not the key's is not there for it. Raises ProblemError."""
    found = receipt_now(caller.merchant.id, (wanted.source, wanted.period, wanted.number))
    if found is None or (caller.key.branches and found.document.branch.code not in caller.key.branches):
        if unless_unknown:
            raise ProblemError(422, "receipt_unknown", path="receipt", detail={"number": wanted.number})
        raise ProblemError(404, "not_found")
    return found


def _fits(found: ReceiptNow, body: ClaimIn, caller: Caller) -> bool:
    day: date = found.document.occurred_at.astimezone(caller.merchant.zone).date()
    return found.document.amount_minor == body.amount_minor and day == body.occurred_on


def _told(found: ReceiptNow) -> dict[str, Any]:
    document = found.document
    return {
        "id": str(document.id),
        "kind": document.kind,
        "source": document.source,
        "period": document.period,
        "number": document.number,
        "occurred_at": document.occurred_at.isoformat(),
        "posted_at": document.posted_at.isoformat(),
        "branch": document.branch.code,
        "member": str(document.member_id) if document.member_id else None,
        "anonymous_reason": document.anonymous_reason,
        "total": {"amount_minor": document.amount_minor, "currency": document.currency},
        "lines": [
            {
                "item": line.item,
                "description": line.description,
                "quantity": _decimal(line.quantity_milli),
                "returned": _decimal(line.returned_milli),
                "amount_minor": line.amount_minor,
                "came_back": line.is_returned,
            }
            for line in found.lines
        ],
        "awards": [
            {"rule": award.rule, "first_points": award.first_points, "points": award.held_points}
            for award in found.awards
        ],
        "points": sum(award.held_points for award in found.awards),
    }


def _decimal(milli: int) -> str:
    return f"{(Decimal(milli) / 1000).normalize():f}"
