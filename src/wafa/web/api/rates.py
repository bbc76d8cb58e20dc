"""Rate limits: so many requests a minute a key, counted in this process; none unless the key has a limit."""

from __future__ import annotations

import time
from math import ceil
from threading import Lock
from uuid import UUID

from wafa.store.models import ApiKey
from wafa.web.api.problems import ProblemError

MINUTE = 60.0


class _Bucket:
    """Fills up evenly to a minute's worth; each request takes one out."""

    __slots__ = ("at", "left")

    def __init__(self, left: float, at: float) -> None:
        self.left, self.at = left, at


_buckets: dict[UUID, _Bucket] = {}
_lock = Lock()


def take_one(key: ApiKey) -> None:
    """Count a request of a key; raises ProblemError where it has asked too often."""
    limit = key.requests_a_minute
    if limit is None:
        return
    now = time.monotonic()
    with _lock:
        bucket = _buckets.setdefault(key.id, _Bucket(limit, now))
        bucket.left = min(limit, bucket.left + (now - bucket.at) * limit / MINUTE)
        bucket.at = now
        if bucket.left < 1:
            seconds = ceil((1 - bucket.left) * MINUTE / limit)
            raise ProblemError(429, "asked_too_often", detail={"seconds": seconds}, retry_after=seconds)
        bucket.left -= 1
