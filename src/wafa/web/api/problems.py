"""Refusals as RFC 9457 tells them: a stable type, the refusal's name, the field's path, a sentence for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from wafa.core.refusals import Refusal
from wafa.store.identify import NotOneMemberError
from wafa.wording.api import told
from wafa.wording.refusals import refused
from wafa.wording.sentences import sentence

TYPE = "urn:wafa:problem:"
"""Before the code: the same on every installation, so that a program can go by it."""

AGAIN_SECONDS = 1
"""After which to ask again what could not be done at that moment."""

CONFLICTS = frozenset(
    {
        Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT,
        Refusal.MEMBER_NOT_ACTIVE,
        Refusal.REDEMPTION_CANCELLED_ALREADY,
        Refusal.HOLD_CLOSED_ALREADY,
        Refusal.MERGE_UNDONE_ALREADY,
        Refusal.MERGE_TOO_OLD,
        Refusal.MERGED_SINCE,
        Refusal.RECEIPT_VOID,
        Refusal.RETURN_CANCELLED_ALREADY,
        Refusal.RECEIPT_HAS_A_MEMBER,
        Refusal.RECEIPT_HAS_NO_MEMBER,
        Refusal.RECEIPT_TOO_OLD,
        Refusal.ACTIVITY_COUNTED_ALREADY,
        Refusal.HOLD_OPEN,
        Refusal.CAPTURED_MORE_THAN_HELD,
        Refusal.RETURNED_MORE_THAN_LEFT,
        Refusal.INSUFFICIENT_POINTS,
        Refusal.RETURN_NOT_COVERED,
    }
)
"""What stands in the way is how things are, not what was sent: 409 in place of 422."""


class ProblemError(Exception):
    """The answer is a refusal. `detail` are the figures and names of the sentence; `path` the field, as in the body."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        path: str = "",
        detail: Mapping[str, Any] | None = None,
        retry_after: int | None = None,
        errors: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.path = status, code, path
        self.detail, self.retry_after, self.errors = dict(detail or {}), retry_after, list(errors)

    def body(self, currency: str = "") -> dict[str, Any]:
        """As it is told, in the reader's language; `currency` is the merchant's."""
        if self.code in Refusal.__members__.values():
            said = sentence(refused(Refusal(self.code), self.detail, currency))
        else:
            said = told(self.code, self.detail)
        body: dict[str, Any] = {"type": TYPE + self.code, "status": self.status, "code": self.code, "detail": said}
        if self.path:
            body["path"] = self.path
        if self.detail:
            body["figures"] = self.detail
        if self.errors:
            body["errors"] = self.errors
        return body


def of_refusal(refusal: Refusal, detail: Mapping[str, Any]) -> ProblemError:
    """The answer to what the core refused."""
    status = 409 if refusal in CONFLICTS else 422
    return ProblemError(status, refusal, path=_path(detail), detail=detail)


def not_one(error: NotOneMemberError, path: str) -> ProblemError:
    """The refusal of a name that fits nobody, or several."""
    if error.several:
        return ProblemError(409, "member_ambiguous", path=path)
    # What a QR code says is a secret.
    shown = "" if error.name.kind == "qr" else error.name.value
    return ProblemError(422, "member_unknown", path=path, detail={"member": shown})


def lost(error: Exception) -> ProblemError:
    """The answer where the database was lost; whatever else it was, was a fault of ours, and is raised."""
    if isinstance(error, OperationalError | InterfaceError):
        return ProblemError(503, "outcome_unknown", retry_after=AGAIN_SECONDS)
    raise error


def _path(detail: Mapping[str, Any]) -> str:
    if "line" in detail:
        return f"lines.{int(detail['line']) - 1}"
    return str(detail.get("field", ""))


def answer(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """The problem as a response."""
    caller = getattr(request, "auth", None)
    body = problem.body(caller.merchant.currency if caller else "")
    response = HttpResponse(orjson.dumps(body), status=problem.status, content_type="application/problem+json")
    if problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="wafa"'
    return response
