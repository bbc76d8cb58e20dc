"""The list of endpoints, and a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.operations.webhooks.endpoints import EndpointRefusedError, add_endpoint
from wafa.queries.webhooks import Backlog, backlogs, endpoints
from wafa.store.models import WebhookEndpoint
from wafa.web.console.access import Viewer, webhook_page
from wafa.web.console.views.webhooks.finding import Typed, told_kinds, typed


@dataclass(frozen=True, slots=True)
class Row:
    """An endpoint in the list."""

    endpoint: WebhookEndpoint
    kinds: str
    backlog: Backlog


@webhook_page()
def endpoint_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All of them, and the form for one more."""
    return _listed(request, viewer, Typed())


@webhook_page("POST")
def add(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One more; its secret is shown with the answer, and on no other page."""
    said = typed(request)
    try:
        made, secret = add_endpoint(viewer.merchant, said.url, said.description, said.kinds)
    except EndpointRefusedError as error:
        return _listed(request, viewer, said.refused(error), status=422)
    return render(request, "console/webhooks/secret.html", {"endpoint": made, "secret": secret, "is_new": True})


def _listed(request: HttpRequest, viewer: Viewer, said: Typed, status: int = 200) -> HttpResponse:
    undone = backlogs(viewer.merchant)
    rows = [Row(each, told_kinds(each), undone.get(each.id, Backlog())) for each in endpoints(viewer.merchant)]
    context = {"rows": rows, "form": said, "reaches_private": viewer.merchant.webhooks_reach_private}
    return render(request, "console/webhooks/endpoints.html", context, status=status)
