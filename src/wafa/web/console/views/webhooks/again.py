"""Telling an endpoint again: one event, those of a time, those that were given up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wafa.operations.webhooks.endpoints import EndpointUnknownError
from wafa.operations.webhooks.replay import EventUnknownError, replay_between, replay_event, replay_failed
from wafa.store.models import Merchant
from wafa.web.console.access import Viewer, webhook_page
from wafa.web.console.views.webhooks.endpoint import shown
from wafa.wording.figures import number


@webhook_page("POST")
def one(request: HttpRequest, viewer: Viewer, endpoint_id: UUID, event_id: UUID) -> HttpResponse:
    """One event."""
    try:
        replay_event(viewer.merchant, endpoint_id, event_id)
    except (EndpointUnknownError, EventUnknownError) as error:
        raise Http404 from error
    return _back(request, endpoint_id, 1)


@webhook_page("POST")
def failed(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """All that was given up."""
    try:
        return _back(request, endpoint_id, replay_failed(viewer.merchant, endpoint_id))
    except EndpointUnknownError as error:
        raise Http404 from error


@webhook_page("POST")
def between(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """All that happened between two instants."""
    merchant = viewer.merchant
    since, until = (_instant(request.POST.get(name, ""), merchant) for name in ("since", "until"))
    if since is None or until is None or since >= until:
        wrong = _("Choose from when until when, the earlier first.")
        chosen: dict[str, Any] = {name: request.POST.get(name, "") for name in ("since", "until")}
        return shown(request, merchant, endpoint_id, time_refused=wrong, **chosen)
    try:
        return _back(request, endpoint_id, replay_between(merchant, endpoint_id, since, until))
    except EndpointUnknownError as error:
        raise Http404 from error


def _instant(typed: str, merchant: Merchant) -> datetime | None:
    """A minute of the merchant's; None where it is none."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=merchant.zone)
    except (ValueError, OverflowError):
        return None


def _back(request: HttpRequest, endpoint_id: UUID, count: int) -> HttpResponse:
    said = ngettext("%(n)s event will be sent again.", "%(n)s events will be sent again.", count)
    messages.success(request, said % {"n": number(count)})
    return redirect("console:webhook", endpoint_id)
