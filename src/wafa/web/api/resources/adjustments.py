"""Adjustments: goodwill and corrections, by hand. What is beyond the key's limit waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from wafa.core.commands import Adjust
from wafa.core.ledger.wallet import POINTS
from wafa.operations.approvals import (
    DecidedAlreadyError,
    KeyOfAnotherError,
    NothingWaitsError,
    SamePersonError,
    decline,
    keep_waiting,
    take_for_approval,
)
from wafa.store.identify import NUMBER, MemberName
from wafa.store.models import ApprovalState, Scope, WaitingAdjustment
from wafa.web.api import shapes
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Change, Code, Day, MaybeCode
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, kept_key
from wafa.web.api.member_names import MemberRef
from wafa.web.api.problems import ProblemError
from wafa.web.api.requests import carry_out, found_number

router = Router(tags=["adjustments"])
APPROVES = Needs(Scope.ADJUSTMENTS_APPROVE)


class AdjustIn(Body):
    """Points to a member or (below zero) from one; a reason's code and a note say why."""

    member: MemberRef
    points: Change
    reason: Code
    note: str = Field(min_length=1, max_length=400)
    unit: Code = POINTS
    branch: MaybeCode = ""
    expires_on: Day | None = Field(None, description="The points' last day, where it is not the programme's.")


@router.post(
    "/adjustments",
    auth=Needs(Scope.ADJUSTMENTS_WRITE, asked_again=True),
    response=shapes.written(shapes.Movement) | {202: shapes.Waiting},
    summary="Give or take points by hand",
)
def adjust(request: HttpRequest, body: AdjustIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Beyond the key's limit nothing is posted yet: 202, and it waits for a key that may approve."""
    caller = caller_of(request)
    if caller.key.branches:
        caller.acts_for(body.branch)
    most = caller.key.adjusts_most
    if most is None or abs(body.points) <= most:
        return carry_out(caller, idempotency_key, _maker(body), body.member.name(caller.merchant))
    key = kept_key(idempotency_key)
    number = found_number(caller, body.member)
    try:
        row = keep_waiting(caller.merchant.id, _maker(body)(caller.merchant.now(), key, number), caller.key)
    except KeyOfAnotherError:
        detail = {"key": idempotency_key}
        raise ProblemError(422, "key_reused_with_other_content", detail=detail) from None
    return as_json(_waiting(row), 202)


@router.get("/adjustments/waiting", auth=APPROVES, response=shapes.read(shapes.WaitingList), summary="What waits")
def list_waiting(request: HttpRequest) -> HttpResponse:
    """The oldest hundred adjustments that nobody has decided on."""
    everything = WaitingAdjustment.objects.of(caller_of(request).merchant).select_related("asked_by")
    rows = everything.filter(state=ApprovalState.WAITING)
    return as_json({"adjustments": [_waiting(row) for row in rows.order_by("asked_at", "id")[:100]]})


@router.post(
    "/adjustments/waiting/{waiting}/approve",
    auth=APPROVES,
    response=shapes.written(shapes.Movement),
    summary="Approve an adjustment",
)
def approve(request: HttpRequest, waiting: UUID) -> HttpResponse:
    """It is posted now, under the key that it was asked for with; never by the key that asked."""
    caller = caller_of(request)
    row = _taken(caller, waiting)

    def make(at: datetime, key: str, member: str) -> Adjust:
        return Adjust(
            at=at,
            key=key,
            member=member,
            points=row.points,
            reason=row.reason,
            note=row.note,
            unit=row.unit,
            branch=row.branch_code,
            expires_on=row.expires_on,
        )

    return carry_out(caller, row.key.removeprefix("api:"), make, MemberName(NUMBER, row.member_number))


@router.post(
    "/adjustments/waiting/{waiting}/decline",
    auth=APPROVES,
    response=shapes.read(shapes.Waiting),
    summary="Decline an adjustment",
)
def decline_waiting(request: HttpRequest, waiting: UUID) -> HttpResponse:
    """It will not be posted."""
    caller = caller_of(request)
    try:
        row = decline(caller.merchant.id, waiting, caller.key)
    except (NothingWaitsError, SamePersonError, DecidedAlreadyError) as error:
        raise _refusal(error) from None
    return as_json(_waiting(row))


def _taken(caller: Caller, waiting: UUID) -> WaitingAdjustment:
    try:
        return take_for_approval(caller.merchant.id, waiting, caller.key)
    except (NothingWaitsError, SamePersonError, DecidedAlreadyError) as error:
        raise _refusal(error) from None


def _refusal(error: Exception) -> ProblemError:
    if isinstance(error, NothingWaitsError):
        return ProblemError(404, "not_found")
    if isinstance(error, SamePersonError):
        return ProblemError(403, "second_person_needed")
    return ProblemError(409, "decided_already")


def _maker(body: AdjustIn) -> Callable[[datetime, str, str], Adjust]:
    def make(at: datetime, key: str, member: str) -> Adjust:
        return Adjust(at=at, key=key, member=member, **body.model_dump(exclude={"member"}))

    return make


def _waiting(row: WaitingAdjustment) -> dict[str, object]:
    return {
        "id": str(row.id),
        "status": row.state,
        "member": row.member_number,
        "points": row.points,
        "unit": row.unit,
        "reason": row.reason,
        "note": row.note,
        "asked_by": row.asked_by.name,
        "asked_at": row.asked_at.isoformat(),
    }
