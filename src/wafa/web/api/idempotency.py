"""Idempotency keys: a write that has no document number is carried out once under its key, however often it is sent.

Where it makes an entry, the entry keeps the key (law 4); where it makes none, a row of the same commit does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from ninja.params.functions import Header

from wafa.store.models import DoneRequest
from wafa.web.api.access import Caller
from wafa.web.api.problems import ProblemError

PREFIX = "api:"
"""Before a program's key, where it is kept: the platform's own jobs have keys too."""

IDEMPOTENCY_KEY: Any = Header(
    None,
    alias="Idempotency-Key",
    description="Of your making, 1 to 100 visible ASCII characters: send the same again with what you send again.",
)
_VISIBLE = re.compile(r"[\x21-\x7e]{1,100}")

Answered = tuple[int, dict[str, Any]]
"""A status, and what is said."""


def kept_key(idempotency_key: str | None) -> str:
    """The key as it is kept; raises ProblemError where it is missing."""
    if idempotency_key is None:
        raise ProblemError(400, "idempotency_key_missing")
    if not _VISIBLE.fullmatch(idempotency_key):
        raise ProblemError(400, "idempotency_key_not_valid")
    return PREFIX + idempotency_key


_under_way: set[tuple[UUID, str]] = set()
_lock = Lock()


@contextmanager
def in_flight(caller: Caller, key: str) -> Iterator[None]:
    """While a request is being carried out, the same key is refused here; another process waits, and then knows."""
    mine = (caller.merchant.id, key)
    with _lock:
        if mine in _under_way:
            raise ProblemError(409, "request_in_flight", retry_after=1)
        _under_way.add(mine)
    try:
        yield
    finally:
        with _lock:
            _under_way.discard(mine)


def once(caller: Caller, idempotency_key: str | None, asked: object, do: Callable[[], Answered]) -> Answered:
    """Do it in one transaction with the row that remembers it; or tell again what was answered, with status 200.

    `asked` is what the request said, as JSON: another one under the same key is refused. What `do` answers under
    `shown_once` is told this time and not kept.
    """
    key, content = kept_key(idempotency_key), hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).digest()
    with in_flight(caller, key):
        with transaction.atomic():
            _wait_for(caller, key)
            known = _known(caller, key, content)
            if known:
                return known
            status, answer = do()
            secrets = answer.pop("shown_once", {})
            DoneRequest.objects.create(
                merchant_id=caller.merchant.id, key=key, content_hash=content, status=status, answer=answer
            )
        return status, answer | secrets


def _wait_for(caller: Caller, key: str) -> None:
    """Until no other process carries out the same key: what it did is known then, and not met as somebody else's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"{caller.merchant.id} {key}"])


def _known(caller: Caller, key: str, content: bytes) -> Answered | None:
    row = DoneRequest.objects.of(caller.merchant).filter(key=key).first()
    if row is None:
        return None
    if bytes(row.content_hash) != content:
        raise ProblemError(422, "key_reused_with_other_content", detail={"key": key.removeprefix(PREFIX)})
    return 200, row.answer
