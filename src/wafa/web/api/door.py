"""The way in for programs: past all that is there for browsers (sessions, cookies, CSRF, pages' policies).

A program brings its key with each request and is told in the language that it accepts; nothing of it is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation.trans_real import get_language_from_request

from wafa.store.ids import new_key
from wafa.web.api.problems import ProblemError, answer
from wafa.web.security import POLICY

PREFIX = "/api/v1/"
_USABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Door:
    """Middleware: requests of the API go straight to their call."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is no request of the API goes on as it came."""
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        request.id = _id_of(request)  # type: ignore[attr-defined]  # for the log
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE")
        with translation.override(get_language_from_request(request) if accepted else "en"):
            response = _called(request)
        response.headers["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


def _id_of(request: HttpRequest) -> str:
    """The program's own name for the request, or one of ours: by it both can speak of it."""
    own = request.META.get("HTTP_X_REQUEST_ID", "")
    return own if _USABLE.fullmatch(own) else new_key()


def _called(request: HttpRequest) -> HttpResponse:
    """What the call answers; an address or a method that there is not is told of as any other refusal."""
    try:
        request.resolver_match = match = resolve(request.path_info)
    except Resolver404:
        return answer(request, ProblemError(404, "not_found"))
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code == 405:
        refused = answer(request, ProblemError(405, "method_not_allowed"))
        refused["Allow"] = response.get("Allow", "")
        return refused
    return response
