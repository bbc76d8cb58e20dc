"""The event log: all that has happened, in one order, for a client that was away."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from wafa.store.models import OutboxEvent, Scope
from wafa.web.api import shapes, shapes_shop
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, MaybeCode
from wafa.web.api.problems import ProblemError

router = Router(tags=["events"])


class EventsQuery(Body):
    """From where, and how many."""

    after: str = Field("", max_length=20, description="`next` of the page before; empty: from the beginning.")
    type: MaybeCode = Field("", description="One kind of event alone.")
    limit: Annotated[int, Field(strict=False, ge=1, le=1000)] = 100


@router.get("/events", auth=Needs(Scope.EVENTS_READ), response=shapes.read(shapes_shop.Events), summary="What happened")
def list_events(request: HttpRequest, wanted: Query[EventsQuery]) -> HttpResponse:
    """Numbered after their commit, so that none that was committed late is ever passed over. Kept for ever."""
    if wanted.after and not (wanted.after.isascii() and wanted.after.isdigit() and int(wanted.after) < 2**63):
        raise ProblemError(422, "cursor_not_valid", path="after")
    rows = OutboxEvent.objects.of(caller_of(request).merchant).filter(number__gt=int(wanted.after or 0))
    if wanted.type:
        rows = rows.filter(kind=wanted.type)
    found = list(rows.order_by("number")[: wanted.limit])
    return as_json(
        {"events": [_event(row) for row in found], "next": str(found[-1].number) if found else wanted.after or "0"}
    )


def _event(row: OutboxEvent) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "type": row.kind,
        "occurred_at": row.created_at.isoformat(),
        "sequence": row.wallet_sequence,
        "data": row.body,
    }
