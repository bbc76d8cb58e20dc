"""Webhooks: who is told of events, what became of it, and telling again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from wafa.operations.webhooks import endpoints as operations
from wafa.operations.webhooks.endpoints import EndpointRefusedError, EndpointUnknownError
from wafa.operations.webhooks.replay import EventUnknownError, replay_between, replay_event, replay_failed
from wafa.queries import webhooks as queries
from wafa.store.models import Scope, WebhookDelivery, WebhookEndpoint
from wafa.web import places
from wafa.web.api import shapes
from wafa.web.api import shapes_webhooks as told
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Code, Description, Id, Instant
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, Answered, once
from wafa.web.api.problems import ProblemError

router = Router(tags=["webhooks"])
WRITES = Needs(Scope.WEBHOOKS_WRITE, chain_wide=True)
Url = Annotated[str, Field(min_length=1, max_length=500)]
Types = Annotated[list[Code], Field(max_length=100)]


class EndpointIn(Body):
    """An address to be told of what happens from now on; no types: of everything."""

    url: Url
    description: Description = ""
    types: Types = []


class EndpointChangeIn(Body):
    """Only what is sent changes; `active` switches it off and on."""

    url: Url | None = None
    description: Description | None = None
    types: Types | None = None
    active: bool | None = None


class RotateIn(Body):
    """For how long the old secret signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class ReplayIn(Body):
    """One event; or those of a time; or (neither) those that were given up."""

    event: Id | None = None
    since: Instant | None = None
    until: Instant | None = None


class LogQuery(Body):
    """Which deliveries."""

    endpoint: Id | None = None
    status: Literal["", "waiting", "delivered", "given_up"] = ""
    limit: Annotated[int, Field(strict=False, ge=1, le=200)] = 50
    cursor: str = Field("", max_length=600)


@router.get("/webhooks", auth=WRITES, response=shapes.read(told.Endpoints), summary="All endpoints")
def list_endpoints(request: HttpRequest) -> HttpResponse:
    """Their secrets are not told again."""
    return as_json({"endpoints": [_endpoint(row) for row in queries.endpoints(caller_of(request).merchant)]})


@router.post("/webhooks", auth=WRITES, response=shapes.written(told.EndpointOut), summary="Add an endpoint")
def add(request: HttpRequest, body: EndpointIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Told of what happens from now on, signed with a secret that is told this once."""
    caller = caller_of(request)

    def do() -> Answered:
        with _refusals():
            row, secret = operations.add_endpoint(caller.merchant, body.url, body.description, body.types)
        return 201, _endpoint(row) | {"shown_once": {"secret": secret}}

    status, answer = once(caller, idempotency_key, ["webhook", body.model_dump()], do)
    return as_json(answer, status)


@router.patch("/webhooks/{uuid:endpoint_id}", auth=WRITES, response=shapes.read(told.EndpointOut), summary="Change it")
def change(request: HttpRequest, endpoint_id: UUID, body: EndpointChangeIn) -> HttpResponse:
    """What happened while it was switched off is told when it is switched on again."""
    merchant = caller_of(request).merchant
    with _refusals():
        row = operations.change_endpoint(
            merchant, endpoint_id, url=body.url, description=body.description, kinds=body.types
        )
        if body.active is not None:
            switch = operations.switch_on if body.active else operations.switch_off
            row = switch(merchant, endpoint_id)
    return as_json(_endpoint(row))


@router.delete("/webhooks/{uuid:endpoint_id}", auth=WRITES, response=shapes.read(told.EndpointOut), summary="Remove it")
def remove(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """It is told nothing any more, and what it was told is forgotten."""
    merchant = caller_of(request).merchant
    row = queries.endpoint(merchant, endpoint_id)
    if row is None:
        raise ProblemError(404, "not_found")
    answer = _endpoint(row)
    with _refusals():
        operations.remove_endpoint(merchant, endpoint_id)
    return as_json(answer)


@router.post(
    "/webhooks/{uuid:endpoint_id}/rotate",
    auth=WRITES,
    response=shapes.written(told.EndpointOut),
    summary="Exchange its secret",
)
def rotate(
    request: HttpRequest, endpoint_id: UUID, body: RotateIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """Both sign for a while, so that nothing is refused."""
    caller = caller_of(request)

    def do() -> Answered:
        with _refusals():
            secret = operations.rotate_secret(caller.merchant, endpoint_id, timedelta(hours=body.overlap_hours))
        row = queries.endpoint(caller.merchant, endpoint_id)
        assert row is not None
        return 201, _endpoint(row) | {"shown_once": {"secret": secret}}

    status, answer = once(caller, idempotency_key, ["webhook secret", str(endpoint_id), body.overlap_hours], do)
    return as_json(answer, status)


@router.post(
    "/webhooks/{uuid:endpoint_id}/replay", auth=WRITES, response=shapes.read(told.Replayed), summary="Tell it again"
)
def replay(request: HttpRequest, endpoint_id: UUID, body: ReplayIn) -> HttpResponse:
    """Each event keeps its id, by which the receiver knows that it has seen it."""
    merchant = caller_of(request).merchant
    by_time = body.since is not None and body.until is not None
    if (body.since is None) != (body.until is None) or (by_time and body.event):
        raise ProblemError(422, "body_not_valid", path="since")
    with _refusals():
        if body.event:
            replay_event(merchant, endpoint_id, body.event)
            return as_json({"events": 1})
        if body.since and body.until:
            return as_json({"events": replay_between(merchant, endpoint_id, body.since, body.until)})
        return as_json({"events": replay_failed(merchant, endpoint_id)})


@router.get("/deliveries", auth=WRITES, response=shapes.read(told.Deliveries), summary="What became of it")
def deliveries(request: HttpRequest, wanted: Query[LogQuery]) -> HttpResponse:
    """The log of deliveries, the latest first."""
    place = places.read(wanted.cursor, queries.LATEST)
    if wanted.cursor and place is None:
        raise ProblemError(422, "cursor_not_valid", path="cursor")
    found = queries.deliveries(
        caller_of(request).merchant,
        wanted.limit,
        endpoint_id=wanted.endpoint,
        state=wanted.status,
        after=place,
    )
    return as_json({"deliveries": [_delivery(row) for row in found.rows], "next": places.written(found.after)})


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (EndpointUnknownError, EventUnknownError):
        raise ProblemError(404, "not_found") from None
    except EndpointRefusedError as error:
        path = "types" if error.field == "kinds" else error.field
        detail = {"field": error.field, "reason": error.reason}
        raise ProblemError(422, "webhook_refused", path=path, detail=detail) from None


def _endpoint(row: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "url": row.url,
        "description": row.description,
        "types": row.kinds,
        "active": row.is_active,
        "off_because": row.off_because,
        "created_at": row.created_at.isoformat(),
    }


def _delivery(row: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "endpoint": str(row.endpoint_id),
        "event": str(row.event_id),
        "event_number": row.number,
        "type": row.event.kind,
        "status": row.state,
        "attempts": row.attempts,
        "next_at": row.next_at.isoformat() if row.state == "waiting" else None,
        "last_status": row.last_status,
        "last_error": row.last_error,
        "delivered_at": row.delivered_at.isoformat() if row.delivered_at else None,
    }
