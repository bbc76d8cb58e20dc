"""The same enrolment sent twice at once, to two processes: one member, and both are told of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from tests.concurrency.at_once import at_once
from tests.web.api.till import Answer, Till
from tests.world import World
from wafa.store.models import Member
from wafa.web.api import idempotency


def enrolling(till: Till, body: dict[str, str], key: str) -> Callable[[], Answer]:
    """What a program sends."""
    return lambda: till.post("/members", body, Idempotency_Key=key)


@pytest.mark.parametrize("body", [{"external_id": "dana"}, {}])
def test_both_are_told_of_the_same_member(world: World, monkeypatch: pytest.MonkeyPatch, body: dict[str, str]) -> None:
    # Two processes do not know what the other has under way.
    monkeypatch.setattr(idempotency, "in_flight", lambda *_: nullcontext())
    for turn in range(5):
        asked = {name: f"{value}-{turn}" for name, value in body.items()}
        answers = at_once(*[enrolling(Till(world.merchant), asked, f"k{turn}") for _ in range(3)])
        assert sorted(answer.status for answer in answers) == [200, 200, 201]
        assert len({answer.json["id"] for answer in answers}) == 1
    assert Member.objects.of(world.merchant).count() == 1 + 5


def test_of_those_who_want_the_same_number_one_gets_it(world: World) -> None:
    answers = at_once(*[enrolling(Till(world.merchant), {"external_id": "dana"}, f"k{n}") for n in range(3)])
    assert sorted(answer.status for answer in answers) == [201, 409, 409]
    assert Member.objects.of(world.merchant).count() == 1 + 1
