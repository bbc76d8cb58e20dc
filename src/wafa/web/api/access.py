"""Who asks: the key in the Authorization header, what it may do, and where."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from wafa.operations.api_keys import digest, merchant_in
from wafa.queries.api_keys import key_with
from wafa.store.actor import Actor
from wafa.store.models import ApiKey, Merchant, Scope
from wafa.web.api.problems import ProblemError
from wafa.web.api.rates import take_one

USED_EVERY = timedelta(minutes=1)
KNOWN_MOST = 1000
KNOWN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that was let in: its key, and its merchant."""

    key: ApiKey
    merchant: Merchant

    @property
    def actor(self) -> Actor:
        """As entries name it."""
        return Actor("api_key", self.key.name)

    def may(self, scope: str) -> None:
        """Refuse what the key was not made for."""
        if scope not in self.key.scopes:
            raise ProblemError(403, "scope_missing", detail={"scope": scope})

    def acts_for(self, branch: str, path: str = "branch") -> None:
        """Refuse a branch that is not the key's."""
        if self.key.branches and branch not in self.key.branches:
            raise ProblemError(403, "branch_not_allowed", path=path, detail={"branch": branch})

    def sends_for(self, till: str, path: str = "source") -> None:
        """Refuse a source or till that is not the key's."""
        if self.key.till and till != self.key.till:
            raise ProblemError(403, "till_not_allowed", path=path, detail={"till": self.key.till})


class Needs(HttpBearer):
    """A call that needs a scope.

    `chain_wide` calls are about the whole chain: not for a key that is bound to some branches. `asked_again` is for
    calls whose batch asks once more whether the key is still good, in the statement that tells the time: they may go by
    what was read of it a moment ago.
    """

    def __init__(self, scope: Scope, *, asked_again: bool = False, chain_wide: bool = False) -> None:
        super().__init__()
        self.scope, self._asked_again, self._chain_wide = scope, asked_again, chain_wide

    def __call__(self, request: HttpRequest) -> Any:
        """The caller; raises ProblemError."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise ProblemError(401, "not_signed_in")
        caller = self.authenticate(request, token.strip())
        request.auth = caller  # type: ignore[attr-defined]  # so that a refusal from here on knows the currency
        take_one(caller.key)
        caller.may(self.scope)
        if self._chain_wide and caller.key.branches:
            raise ProblemError(403, "not_for_a_branch")
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Whose key it is; raises ProblemError."""
        caller = _known.get(token) if self._asked_again else None
        if caller is None:
            caller = _look_up(token)
            _known.put(token, caller)
        return caller


def _look_up(token: str) -> Caller:
    merchant_id = merchant_in(token)
    key = key_with(merchant_id, digest(token)) if merchant_id else None
    now = timezone.now()
    if key is None or (key.expires_at and key.expires_at <= now):
        raise ProblemError(401, "key_not_valid")
    if key.last_used_at is None or key.last_used_at < now - USED_EVERY:
        ApiKey.objects.of(key.merchant).filter(id=key.id).update(last_used_at=now)
    return Caller(key, key.merchant)


class _Known:
    """Callers seen a moment ago, by their tokens' hashes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._callers: OrderedDict[bytes, tuple[float, Caller]] = OrderedDict()

    def get(self, token: str) -> Caller | None:
        """The caller, unless it was too long ago."""
        with self._lock:
            seen = self._callers.get(digest(token))
        return seen[1] if seen and time.monotonic() - seen[0] < KNOWN_SECONDS else None

    def put(self, token: str, caller: Caller) -> None:
        """Remember, and forget the oldest."""
        with self._lock:
            self._callers[digest(token)] = (time.monotonic(), caller)
            while len(self._callers) > KNOWN_MOST:
                self._callers.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._callers.clear()


_known = _Known()
forget_callers = _known.clear


def caller_of(request: HttpRequest) -> Caller:
    """Who was let in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]  # set by Needs
    return caller
