"""One endpoint: what it hears of, and the log of what it was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.queries.webhooks import LATEST, Backlog, backlogs, deliveries
from wafa.store.models import DeliveryState, Merchant, WebhookDelivery
from wafa.web import places
from wafa.web.console.access import Viewer, webhook_page
from wafa.web.console.views.webhooks.finding import Typed, find, told_kinds
from wafa.wording.webhooks import answer, event_title, state_title

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log."""

    delivery: WebhookDelivery
    title: str
    state: str
    answer: str


@webhook_page()
def endpoint_page(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """All about it but its secret."""
    return shown(request, viewer.merchant, endpoint_id)


def shown(
    request: HttpRequest, merchant: Merchant, endpoint_id: UUID, form: Typed | None = None, **more: Any
) -> HttpResponse:
    """The page; with what was typed, where that cannot be."""
    found = find(merchant, endpoint_id)
    state = request.GET.get("state", "")
    state = state if state in DeliveryState.values else ""
    log = deliveries(
        merchant,
        A_PAGE,
        endpoint_id=found.id,
        state=state,
        after=places.read(request.GET.get("after", ""), LATEST),
        before=places.read(request.GET.get("before", ""), LATEST),
    )
    context = {
        "endpoint": found,
        "kinds": told_kinds(found),
        "backlog": backlogs(merchant).get(found.id, Backlog()),
        "form": form or Typed(found.url, found.description, tuple(found.kinds)),
        "rows": [Row(each, event_title(each.event.kind), state_title(each.state), answer(each)) for each in log.rows],
        "state": state,
        "states": [(each, state_title(each)) for each in DeliveryState.values],
        "before": places.written(log.before),
        "after": places.written(log.after),
    }
    refused = bool(more or (form and form.why))
    return render(request, "console/webhooks/endpoint.html", context | more, status=422 if refused else 200)
