"""The guide's example does what the guide says, word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.architecture.tree import ROOT
from tests.integrations.webhooks.receiver import Receiver
from tests.integrations.webhooks.telling import hurry, tell
from tests.world import World
from wafa.integrations.webhooks.plan import DELAYS, RETRY_AFTER_MOST
from wafa.integrations.webhooks.sending import ALL_SECONDS
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.forgetting import KEPT
from wafa.operations.webhooks.endpoints import OVERLAP, add_endpoint

GUIDE = (ROOT / "docs" / "guides" / "webhooks.md").read_text("utf-8")


def test_the_example(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mark_done(1000)
    _, secret = add_endpoint(world.merchant, receiver.url)
    world.buy()
    tell()
    hurry()
    monkeypatch.setenv("WAFA_WEBHOOK_SECRET", secret)
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    example: dict[str, Any] = {}
    exec(code, example)
    (received,) = receiver.received
    assert example["receive"](received.body, received.headers) == 204
    assert example["receive"](received.body, received.headers) == 204
    assert capsys.readouterr().out == f"PointsAccrued {world.member().id} 1\n"
    assert example["receive"](received.body + b" ", received.headers) == 401


def test_its_figures() -> None:
    hours = [delay.total_seconds() / 3600 for delay in DELAYS]
    told = re.search(r"\| after \| at once \|(.*)\|", GUIDE)
    assert told
    units = {"s": 1 / 3600, "min": 1 / 60, "h": 1}
    assert hours == [int(n) * units[unit] for n, unit in re.findall(r"(\d+) (\w+)", told[1])]
    for figure in (
        f"within {ALL_SECONDS} seconds",
        f"For {OVERLAP.total_seconds() / 3600:.0f} hours both sign",
        f"kept for {KEPT.days} days",
    ):
        assert figure in GUIDE
    assert RETRY_AFTER_MOST.days == 1
