"""Points that no receipt gave: activities, and transfers from one member to another."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from wafa.core.commands import RecordActivity, Transfer
from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Scope
from wafa.web.api import shapes
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.fields import Body, Code, Instant, MaybeCode, Points
from wafa.web.api.idempotency import IDEMPOTENCY_KEY
from wafa.web.api.member_names import MemberRef
from wafa.web.api.requests import carry_out

router = Router()


class ActivityIn(Body):
    """A member did something that is no purchase: a review, a check-in, whatever the programme names."""

    member: MemberRef
    activity: Code = Field(description="Its code in the programme.")
    occurred_at: Instant
    subject: MaybeCode = Field("", description="What it was about, where it counts once for each: the item reviewed.")
    branch: MaybeCode = Field("", description="The one that issues the points, if any.")


class TransferIn(Body):
    """Points pass from one member to another."""

    member: MemberRef
    to: MemberRef
    points: Points
    unit: Code = POINTS


@router.post(
    "/activities",
    auth=Needs(Scope.ACTIVITIES_WRITE, asked_again=True),
    response=shapes.written(shapes.Movement),
    tags=["activities"],
    summary="Record an activity",
)
def record_activity(
    request: HttpRequest, body: ActivityIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Each counts once in its own period, however often it is told, and by whichever system."""
    caller = caller_of(request)
    if caller.key.branches:
        caller.acts_for(body.branch)

    def make(at: datetime, key: str, member: str) -> RecordActivity:
        return RecordActivity(
            at=at,
            key=key,
            member=member,
            activity=body.activity,
            occurred_at=body.occurred_at,
            subject=body.subject,
            branch=body.branch,
        )

    return carry_out(caller, idempotency_key, make, body.member.name(caller.merchant))


@router.post(
    "/transfers",
    auth=Needs(Scope.TRANSFERS_WRITE, asked_again=True),
    response=shapes.written(shapes.Movement),
    tags=["transfers"],
    summary="Pass points on",
)
def transfer(request: HttpRequest, body: TransferIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Lots keep their last day. Whether it is allowed, within which limits and for which fee, the programme says."""
    caller = caller_of(request)

    def make(at: datetime, key: str, member: str, to: str) -> Transfer:
        return Transfer(at=at, key=key, member=member, to=to, points=body.points, unit=body.unit)

    names = body.member.name(caller.merchant), body.to.name(caller.merchant, "to")
    return carry_out(caller, idempotency_key, make, *names, paths=("member", "to"))
