"""When to try again, and what an answer means."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

# Before each attempt after the first: together three days and four hours.
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
ATTEMPTS = 1 + len(DELAYS)
# Those that failed together must not come back together.
JITTER = 0.2
RETRY_AFTER_MOST = timedelta(hours=24)
WAITS_AS_ASKED = {429, 503}
GONE = 410


class Outcome(Enum):
    """What an attempt came to."""

    DELIVERED = "delivered"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or in its place why there is none; and how long to wait, as the receiver asks."""

    status: int | None = None
    error: str = ""
    retry_after: str = ""


def outcome_of(answer: Answer) -> Outcome:
    """2xx: taken. 410: never again. Anything else is a failure, a redirect too: it could lead anywhere."""
    if answer.status is not None and 200 <= answer.status < 300:
        return Outcome.DELIVERED
    return Outcome.GONE if answer.status == GONE else Outcome.FAILED


def next_attempt(attempts: int, answer: Answer, now: datetime, chance: random.Random) -> datetime | None:
    """When to try again after so many attempts, the failed one among them; None: it is given up."""
    if attempts >= ATTEMPTS:
        return None
    delay = DELAYS[attempts - 1] * chance.uniform(1 - JITTER, 1 + JITTER)
    if answer.status in WAITS_AS_ASKED:
        delay = max(delay, min(_asked(answer.retry_after, now), RETRY_AFTER_MOST))
    return now + delay


def _asked(retry_after: str, now: datetime) -> timedelta:
    """Retry-After is a number of seconds or a date; nothing where it is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return timedelta(seconds=min(int(retry_after[:9]), RETRY_AFTER_MOST.total_seconds()))
    try:
        date = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return timedelta()
    return max(timedelta(), (date if date.tzinfo else date.replace(tzinfo=UTC)) - now)
