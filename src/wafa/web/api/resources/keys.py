"""Keys: made, exchanged and revoked by another key, which can give nothing that it does not have itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from wafa.operations.api_keys import KeyRefusedError, KeyTerms, create_key, revoke_key, rotate_key
from wafa.store.models import ApiKey, Scope
from wafa.store.models.api_key import TILL_SCOPES
from wafa.web.api import shapes, shapes_shop
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.fields import Body, Code, Instant, MaybeCode
from wafa.web.api.idempotency import IDEMPOTENCY_KEY, Answered, once
from wafa.web.api.problems import ProblemError

router = Router(tags=["keys"])
WRITES = Needs(Scope.KEYS_WRITE, chain_wide=True)


class KeyIn(Body):
    """What a key shall be allowed; without scopes: what a till needs."""

    name: Code
    scopes: Annotated[list[Code], Field(max_length=30)] = []
    branches: Annotated[list[Code], Field(max_length=1000)] = []
    till: MaybeCode = ""
    adjusts_most: Annotated[int, Field(ge=0, le=10**9)] | None = None
    requests_a_minute: Annotated[int, Field(ge=1, le=10**9)] | None = None
    expires_at: Instant | None = None


class RotateIn(Body):
    """For how long the old one goes on."""

    overlap_hours: Annotated[int, Field(ge=0, le=24 * 365)] = 24


@router.get("/keys", auth=WRITES, response=shapes.read(shapes_shop.Keys), summary="All keys")
def list_keys(request: HttpRequest) -> HttpResponse:
    """The oldest first; what their tokens were is not known any more."""
    rows = ApiKey.objects.of(caller_of(request).merchant).order_by("created_at", "id")
    return as_json({"keys": [_told(row) for row in rows]})


@router.post("/keys", auth=WRITES, response=shapes.written(shapes_shop.KeyOut), summary="Make a key")
def make_key(request: HttpRequest, body: KeyIn, idempotency_key: str | None = IDEMPOTENCY_KEY) -> HttpResponse:
    """Its token is told this once."""
    caller = caller_of(request)
    for scope in body.scopes or sorted(TILL_SCOPES):
        if scope in Scope.values:
            caller.may(scope)
    _within(caller, body)

    def do() -> Answered:
        try:
            key, token = create_key(caller.merchant.id, KeyTerms(**body.model_dump()))
        except KeyRefusedError as error:
            raise ProblemError(422, "key_refused", path=error.field, detail={"given": error.given}) from None
        return 201, _told(key) | {"shown_once": {"token": token}}

    status, answer = once(caller, idempotency_key, ["key", body.model_dump(mode="json")], do)
    return as_json(answer, status)


@router.post(
    "/keys/{uuid:key_id}/rotate", auth=WRITES, response=shapes.written(shapes_shop.KeyOut), summary="Exchange a key"
)
def rotate(
    request: HttpRequest, key_id: UUID, body: RotateIn, idempotency_key: str | None = IDEMPOTENCY_KEY
) -> HttpResponse:
    """One with the same rights in its place; the old one goes on for a while, so that nothing stops."""
    caller = caller_of(request)
    old = _found(caller, key_id)
    for scope in old.scopes:
        caller.may(scope)

    def do() -> Answered:
        made = rotate_key(caller.merchant.id, key_id, timedelta(hours=body.overlap_hours))
        if made is None:
            raise ProblemError(409, "key_ended")
        return 201, _told(made[0]) | {"shown_once": {"token": made[1]}}

    status, answer = once(caller, idempotency_key, ["rotate", str(key_id), body.overlap_hours], do)
    return as_json(answer, status)


@router.delete("/keys/{uuid:key_id}", auth=WRITES, response=shapes.read(shapes_shop.KeyOut), summary="Revoke a key")
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """From now on it opens nothing."""
    caller = caller_of(request)
    _found(caller, key_id)
    revoke_key(caller.merchant.id, key_id)
    return as_json(_told(_found(caller, key_id)))


def _within(caller: Caller, body: KeyIn) -> None:
    """Nobody gives more than they have: not a till that is not theirs, not a higher limit."""
    if caller.key.till and body.till != caller.key.till:
        raise ProblemError(403, "till_not_allowed", path="till", detail={"till": caller.key.till})
    most = caller.key.adjusts_most
    if most is not None and (body.adjusts_most is None or body.adjusts_most > most):
        raise ProblemError(403, "more_than_own", path="adjusts_most")


def _found(caller: Caller, key_id: UUID) -> ApiKey:
    key = ApiKey.objects.of(caller.merchant).filter(id=key_id).first()
    if key is None:
        raise ProblemError(404, "not_found")
    return key


def _told(key: ApiKey) -> dict[str, Any]:
    instants = {name: getattr(key, name) for name in ("created_at", "expires_at", "revoked_at", "last_used_at")}
    return {
        "id": str(key.id),
        "name": key.name,
        "scopes": list(key.scopes),
        "branches": list(key.branches),
        "till": key.till,
        "adjusts_most": key.adjusts_most,
        "requests_a_minute": key.requests_a_minute,
        **{name: instant.isoformat() if instant else None for name, instant in instants.items()},
    }
