"""When to try again: over about three days, never all at once, and as the receiver asks within bounds."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from wafa.integrations.webhooks.plan import ATTEMPTS, DELAYS, Answer, Outcome, next_attempt, outcome_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FAILED = Answer(500)


def delay(attempts: int, answer: Answer = FAILED, seed: int = 1) -> timedelta:
    """How long until the next attempt."""
    at = next_attempt(attempts, answer, NOW, random.Random(seed))
    assert at is not None
    return at - NOW


def test_ten_attempts_over_about_three_days() -> None:
    assert ATTEMPTS == 10
    assert timedelta(days=3) < sum(DELAYS, timedelta()) < timedelta(days=3, hours=6)
    assert next_attempt(ATTEMPTS, FAILED, NOW, random.Random(1)) is None


@pytest.mark.parametrize("attempts", range(1, ATTEMPTS))
def test_each_delay_is_near_its_plan_and_no_two_are_alike(attempts: int) -> None:
    planned = DELAYS[attempts - 1]
    delays = {delay(attempts, seed=seed) for seed in range(100)}
    assert len(delays) > 90
    assert planned * 0.8 <= min(delays) < planned * 0.9
    assert planned * 1.1 < max(delays) <= planned * 1.2


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.DELIVERED),
        (204, Outcome.DELIVERED),
        (299, Outcome.DELIVERED),
        (100, Outcome.FAILED),
        (301, Outcome.FAILED),
        (302, Outcome.FAILED),
        (307, Outcome.FAILED),
        (400, Outcome.FAILED),
        (404, Outcome.FAILED),
        (410, Outcome.GONE),
        (429, Outcome.FAILED),
        (500, Outcome.FAILED),
        (None, Outcome.FAILED),
    ],
)
def test_what_an_answer_means(status: int | None, outcome: Outcome) -> None:
    assert outcome_of(Answer(status)) is outcome


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("3600", timedelta(hours=1), timedelta(hours=1)),
        (format_datetime(NOW + timedelta(hours=3), usegmt=True), timedelta(hours=3), timedelta(hours=3)),
        ("99999999999999", timedelta(hours=24), timedelta(hours=24)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24), timedelta(hours=24)),
        ("0", timedelta(seconds=4), timedelta(seconds=6)),
        ("-7", timedelta(seconds=4), timedelta(seconds=6)),
        ("soon", timedelta(seconds=4), timedelta(seconds=6)),
        ("٣٦٠٠", timedelta(seconds=4), timedelta(seconds=6)),
        (format_datetime(NOW - timedelta(hours=3), usegmt=True), timedelta(seconds=4), timedelta(seconds=6)),
        ("Fri, 99 Foo 2026", timedelta(seconds=4), timedelta(seconds=6)),
        ("", timedelta(seconds=4), timedelta(seconds=6)),
    ],
)
def test_as_the_receiver_asks(status: int, asked: str, least: timedelta, most: timedelta) -> None:
    assert least <= delay(1, Answer(status, retry_after=asked)) <= most


def test_others_may_ask_for_nothing() -> None:
    assert delay(1, Answer(500, retry_after="3600")) <= timedelta(seconds=6)


def test_it_is_not_sooner_than_planned() -> None:
    assert delay(4, Answer(429, retry_after="1")) >= timedelta(hours=2) * 0.8
