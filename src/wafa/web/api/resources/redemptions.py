"""Spending points: redeemed at once, or held first and captured when the bill is paid."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from wafa.core.commands import CancelRedemption, CaptureHold, PlaceHold, Redeem, ReleaseHold
from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Scope
from wafa.web.api import shapes
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.fields import Body, Code, MaybeCode, Points
from wafa.web.api.idempotency import IDEMPOTENCY_KEY
from wafa.web.api.member_names import MemberRef
from wafa.web.api.proofs import Proof, proven
from wafa.web.api.requests import carry_out

router = Router(tags=["redemptions"])
WRITES = Needs(Scope.REDEMPTIONS_WRITE, asked_again=True)

Purpose = Literal["money_off", "reward", "gift"]


class AtTheTillIn(Body):
    """Where it is asked for."""

    branch: Code
    till: MaybeCode = ""
    cashier: MaybeCode = ""

    def place(self) -> dict[str, str]:
        """As the core reads it."""
        return {"branch": self.branch, "till": self.till, "cashier": self.cashier}


class RedeemIn(AtTheTillIn):
    """Points to be spent."""

    member: MemberRef
    points: Points
    unit: Code = POINTS
    proof: Proof | None = Field(None, description="What the member shows; needed beyond the programme's bound.")
    purpose: Purpose = "money_off"
    reference: MaybeCode = Field("", description="What it was for: a receipt's number, a reward's code.")


class HoldIn(AtTheTillIn):
    """Points to be reserved."""

    member: MemberRef
    points: Points
    unit: Code = POINTS
    proof: Proof | None = Field(None, description="What the member shows; needed beyond the programme's bound.")
    minutes: int | None = Field(None, ge=1, le=525_600, description="Without it: as long as the programme says.")


class CaptureIn(AtTheTillIn):
    """Held points to be spent: all, or so many; the rest is released."""

    points: Points | None = None
    purpose: Purpose = "money_off"
    reference: MaybeCode = ""


@router.post("/redemptions", auth=WRITES, response=shapes.written(shapes.Movement), summary="Spend points")
def redeem(request: HttpRequest, body: RedeemIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """The first to run out are spent first. `worth_minor` is what they pay of a bill, by the programme."""
    caller = caller_of(request)

    shown = proven(caller, body.member, body.proof)

    def make(at: datetime, key: str, member: str) -> Redeem:
        return Redeem(
            at=at,
            key=key,
            member=member,
            points=body.points,
            unit=body.unit,
            purpose=body.purpose,
            reference=body.reference,
            proof=shown,
            **body.place(),
        )

    return carry_out(caller, idempotency_key, make, body.member.name(caller.merchant), place=body)


@router.post(
    "/redemptions/{redemption}/cancel",
    auth=WRITES,
    response=shapes.written(shapes.Movement),
    summary="Cancel a redemption",
)
def cancel_redemption(
    request: HttpRequest, redemption: UUID, body: AtTheTillIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """The very lots get their points back, with their last day."""

    def make(at: datetime, key: str) -> CancelRedemption:
        return CancelRedemption(at=at, key=key, redemption=redemption, **body.place())

    return carry_out(caller_of(request), idempotency_key, make, place=body, unknown="redemption_unknown")


@router.post("/holds", auth=WRITES, response=shapes.written(shapes.Movement), summary="Reserve points")
def hold(request: HttpRequest, body: HoldIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """For a while nobody else can spend them; time releases them by itself."""
    caller = caller_of(request)

    shown = proven(caller, body.member, body.proof)

    def make(at: datetime, key: str, member: str) -> PlaceHold:
        return PlaceHold(
            at=at,
            key=key,
            member=member,
            points=body.points,
            unit=body.unit,
            minutes=body.minutes,
            proof=shown,
            **body.place(),
        )

    return carry_out(caller, idempotency_key, make, body.member.name(caller.merchant), place=body)


@router.post(
    "/holds/{hold_id}/capture", auth=WRITES, response=shapes.written(shapes.Movement), summary="Spend held points"
)
def capture(
    request: HttpRequest, hold_id: UUID, body: CaptureIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Honoured also after a lot's last day."""

    def make(at: datetime, key: str) -> CaptureHold:
        return CaptureHold(
            at=at,
            key=key,
            hold=hold_id,
            points=body.points,
            purpose=body.purpose,
            reference=body.reference,
            **body.place(),
        )

    return carry_out(caller_of(request), idempotency_key, make, place=body, unknown="hold_unknown")


@router.post(
    "/holds/{hold_id}/release", auth=WRITES, response=shapes.written(shapes.Movement), summary="Give held points back"
)
def release(
    request: HttpRequest, hold_id: UUID, body: AtTheTillIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """To the lots that they came from."""

    def make(at: datetime, key: str) -> ReleaseHold:
        return ReleaseHold(at=at, key=key, hold=hold_id, **body.place())

    return carry_out(caller_of(request), idempotency_key, make, place=body, unknown="hold_unknown")
