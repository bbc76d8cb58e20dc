"""The programme: its versions, read as JSON and as sentences; drafts, and how they come into force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wafa.core.programme import Programme, ProgrammeInvalidError
from wafa.operations.drafts import discard_draft, save_draft
from wafa.operations.publish_programme import NoDraftError, StartsTooEarlyError, publish_programme
from wafa.queries.versions import DRAFT, LIVE, VersionRow, versions
from wafa.store.models import ProgrammeVersion, Scope
from wafa.web.api import shapes, shapes_shop
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Instant
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, Answered, once
from wafa.web.api.problems import ProblemError
from wafa.web.api.tags import IF_MATCH, must_match, tag_of
from wafa.wording.rules import problem, rule_sentence
from wafa.wording.rules.terms import Terms

router = Router(tags=["programme"])
READS, WRITES = Needs(Scope.PROGRAMME_READ), Needs(Scope.PROGRAMME_WRITE, chain_wide=True)
CHANGED = shapes.read(shapes_shop.Version) | {412: shapes.Problem, 428: shapes.Problem}


class DraftIn(Body):
    """What a version shall say, valid or not yet."""

    body: dict[str, Any]


class PublishIn(Body):
    """From when on; without an instant: from now on."""

    starts_at: Instant | None = None


@router.get("/programme/versions", auth=READS, response=shapes.read(shapes_shop.Versions), summary="All versions")
def list_versions(request: HttpRequest) -> HttpResponse:
    """Drafts first, then the latest to start."""
    return as_json({"versions": [_head(row) for row in versions(caller_of(request).merchant)]})


@router.get("/programme/current", auth=READS, response=shapes.read(shapes_shop.Version), summary="What is in force")
def current(request: HttpRequest) -> HttpResponse:
    """The version by which receipts of now earn."""
    caller = caller_of(request)
    live = next((row for row in versions(caller.merchant) if row.standing == LIVE), None)
    if live is None:
        raise ProblemError(404, "not_found")
    return _answer(caller, live)


@router.get(
    "/programme/versions/{int:number}", auth=READS, response=shapes.read(shapes_shop.Version), summary="A version"
)
def get_version(request: HttpRequest, number: int) -> HttpResponse:
    """As JSON, and each rule as a sentence."""
    caller = caller_of(request)
    return _answer(caller, _found(caller, number))


@router.post("/programme/versions", auth=WRITES, response=shapes.written(shapes_shop.VersionHead), summary="A draft")
def create_draft(request: HttpRequest, body: DraftIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Kept as it is, whether or not it could be published."""
    caller = caller_of(request)

    def do() -> Answered:
        return 201, {"number": save_draft(caller.merchant, body.body).number, "status": DRAFT, "starts_at": None}

    status, answer = once(caller, idempotency_key, ["draft", body.body], do)
    return as_json(answer, status)


@router.put("/programme/versions/{int:number}", auth=WRITES, response=CHANGED, summary="Change a draft")
def change_draft(request: HttpRequest, number: int, body: DraftIn, if_match: str | None = IF_MATCH) -> HttpResponse:
    """Only what somebody has read can be changed: If-Match names its ETag."""
    caller = caller_of(request)
    must_match(if_match, _draft(caller, number).body)
    try:
        save_draft(caller.merchant, body.body, number)
    except NoDraftError:
        raise ProblemError(404, "not_found") from None
    return _answer(caller, _found(caller, number))


@router.delete(
    "/programme/versions/{int:number}",
    auth=WRITES,
    response=shapes.read(shapes_shop.VersionHead),
    summary="Discard a draft",
)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """It is gone; what has been published stays for ever."""
    caller = caller_of(request)
    row = _draft(caller, number)
    try:
        discard_draft(caller.merchant, number)
    except NoDraftError:
        raise ProblemError(404, "not_found") from None
    return as_json(_head(row))


@router.get(
    "/programme/versions/{int:number}/validity",
    auth=READS,
    response=shapes.read(shapes_shop.Validity),
    summary="Whether it could be published",
)
def validity(request: HttpRequest, number: int) -> HttpResponse:
    """All that is wrong with it, each with its path and a sentence, as the console tells it."""
    row = _found(caller_of(request), number)
    try:
        Programme.read(row.body)
    except ProgrammeInvalidError as error:
        return as_json({"valid": False, "errors": _faults(error)})
    return as_json({"valid": True, "errors": []})


@router.post(
    "/programme/versions/{int:number}/publish",
    auth=WRITES,
    response=CHANGED,
    summary="Put a draft in force",
)
def publish(request: HttpRequest, number: int, body: PublishIn, if_match: str | None = IF_MATCH) -> HttpResponse:
    """From then on it cannot be changed. It starts after the one before it, and after all that has been counted."""
    caller = caller_of(request)
    row = _draft(caller, number)
    must_match(if_match, row.body)
    draft = ProgrammeVersion.objects.of(caller.merchant).get(id=row.id)
    try:
        publish_programme(caller.merchant, row.body, body.starts_at or caller.merchant.now(), draft=draft)
    except ProgrammeInvalidError as error:
        raise ProblemError(422, "programme_not_valid", errors=_faults(error)) from None
    except NoDraftError:
        raise ProblemError(412, "precondition_failed") from None
    except StartsTooEarlyError as error:
        detail = {"latest": error.latest.isoformat()}
        raise ProblemError(422, "starts_too_early", path="starts_at", detail=detail) from None
    return _answer(caller, _found(caller, number))


def _found(caller: Caller, number: int) -> VersionRow:
    row = next((row for row in versions(caller.merchant) if row.number == number), None)
    if row is None:
        raise ProblemError(404, "not_found")
    return row


def _draft(caller: Caller, number: int) -> VersionRow:
    row = _found(caller, number)
    if row.standing != DRAFT:
        raise ProblemError(409, "published_already")
    return row


def _head(row: VersionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "status": row.standing,
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
    }


def _answer(caller: Caller, row: VersionRow) -> HttpResponse:
    response = as_json(_head(row) | {"body": row.body, "rules": _sentences(caller, row.body)})
    response["ETag"] = tag_of(row.body)
    return response


def _sentences(caller: Caller, body: dict[str, Any]) -> list[dict[str, str]]:
    """Of what is valid; a draft that is not yet is told as JSON alone."""
    try:
        Programme.read(body)
    except ProgrammeInvalidError:
        return []
    terms = Terms.of(body, caller.merchant.currency)
    return [{"code": rule["code"], "text": rule_sentence(rule, terms)} for rule in body["rules"]]


def _faults(error: ProgrammeInvalidError) -> list[dict[str, str]]:
    return [{"path": path, "code": code, "detail": problem(path, code)} for path, code in error.problems]
