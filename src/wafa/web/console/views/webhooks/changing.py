"""What is done to an endpoint: changed, switched, given a new secret, removed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wafa.operations.webhooks import endpoints as operations
from wafa.operations.webhooks.endpoints import EndpointRefusedError, EndpointUnknownError
from wafa.web.console.access import Viewer, webhook_page
from wafa.web.console.views.webhooks.endpoint import shown
from wafa.web.console.views.webhooks.finding import find, typed


@webhook_page("POST")
def change(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """Another address, description, or other kinds."""
    find(viewer.merchant, endpoint_id)
    said = typed(request)
    try:
        operations.change_endpoint(
            viewer.merchant, endpoint_id, url=said.url, description=said.description, kinds=said.kinds
        )
    except EndpointRefusedError as error:
        return shown(request, viewer.merchant, endpoint_id, said.refused(error))
    except EndpointUnknownError as error:
        raise Http404 from error
    messages.success(request, _("The endpoint is saved."))
    return redirect("console:webhook", endpoint_id)


@webhook_page("POST")
def switch(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """On, or off."""
    on = request.POST.get("to") == "on"
    try:
        (operations.switch_on if on else operations.switch_off)(viewer.merchant, endpoint_id)
    except EndpointUnknownError as error:
        raise Http404 from error
    messages.success(request, _("The endpoint is switched on.") if on else _("The endpoint is switched off."))
    return redirect("console:webhook", endpoint_id)


@webhook_page("POST")
def rotate(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """A new secret, shown with the answer; the old one goes on for a day, or ends at once."""
    at_once = request.POST.get("when") == "now"
    endpoint = find(viewer.merchant, endpoint_id)
    try:
        secret = operations.rotate_secret(viewer.merchant, endpoint_id, timedelta() if at_once else operations.OVERLAP)
    except EndpointUnknownError as error:
        raise Http404 from error
    context = {"endpoint": endpoint, "secret": secret, "at_once": at_once}
    return render(request, "console/webhooks/secret.html", context)


@webhook_page("POST")
def remove(request: HttpRequest, viewer: Viewer, endpoint_id: UUID) -> HttpResponse:
    """It is gone, and its log with it."""
    try:
        operations.remove_endpoint(viewer.merchant, endpoint_id)
    except EndpointUnknownError as error:
        raise Http404 from error
    messages.success(request, _("The endpoint is removed."))
    return redirect("console:webhooks")
