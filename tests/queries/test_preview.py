"""A preview tells what a purchase would earn, and leaves no trace of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.db import query
from tests.world import DEMO, NOON, PLAIN, World, line
from wafa.core.commands import RecordPurchase
from wafa.core.outcomes import Refused
from wafa.core.programme import Programme
from wafa.core.refusals import Refusal
from wafa.queries.preview import Preview, preview

pytestmark = pytest.mark.django_db


def tried(world: World, command: RecordPurchase, instead: Programme | None = None) -> Preview:
    """What it would earn."""
    found = preview(world.id, command, instead)
    assert isinstance(found, Preview), found
    return found


def given(found: Preview) -> dict[str, int]:
    """Points by rule."""
    return {each.rule: each.award.points for each in found.judged if each.award}


def test_it_is_what_the_purchase_then_earns() -> None:
    world = World()
    world.buy(line("TEA", 400))
    for lines in ([line("TEA", 60)], [line("85123A", 100, 30)], [line("POST", 9)]):
        purchase = world.purchase(*lines)
        would = tried(world, purchase)
        (outcome,) = world.post(purchase)
        awards = outcome.slip.explanation["awards"]  # type: ignore[union-attr]
        assert given(would) == {award["rule"]: award["points"] for award in awards}
        assert would.points == outcome.slip.points  # type: ignore[union-attr]
        assert {each.rule for each in would.judged} == {rule["code"] for rule in DEMO["rules"]}


def test_it_writes_nothing_and_claims_nothing() -> None:
    world = World()
    before = world.rows()
    tried(world, world.purchase(number="R1"))
    assert world.rows() == before
    assert query("SELECT count(*) FROM document_number WHERE merchant_id = %s", world.id) == [(0,)]


def test_of_nobodys_receipt_it_says_what_joining_would_bring() -> None:
    world = World()
    would = tried(world, world.purchase(line("TEA", 30), member=None))
    assert given(would)["welcome"] == 100
    assert (would.facts and would.facts.earlier_purchases) == 0


def test_the_tier_that_it_would_reach_and_the_next() -> None:
    """Silver from 500 points, gold from 2,000: by Programme the demo's; a first purchase brings 100 of welcome."""
    thresholds = {tier["code"]: tier["from"] for tier in DEMO["tiers"]}
    world = World()
    would = tried(world, world.purchase(line("TEA", thresholds["silver"])))
    assert (would.tier, would.tier_after) == ("bronze", "silver")
    assert would.ahead is not None
    assert (would.ahead.tier.code, would.ahead.missing) == ("gold", thresholds["gold"] - thresholds["silver"])


def test_a_draft_is_tried_in_place_of_what_is_in_force() -> None:
    world = World(PLAIN)
    fixed: dict[str, Any] = {"code": "visit", "kind": "fixed", "points": 7, "name": {"en": "Visit"}}
    draft = Programme.read(PLAIN | {"rules": [fixed]})
    assert given(tried(world, world.purchase(), draft)) == {"visit": 7}
    assert given(tried(world, world.purchase())) == {"base": 100}


def test_before_there_was_a_programme_nothing_is_earned() -> None:
    world = World(PLAIN)
    would = tried(world, world.purchase(occurred_at=NOON - timedelta(days=4000)))
    assert (would.version_id, would.judged, would.points) == (None, (), 0)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"branch": "moon"}, Refusal.BRANCH_UNKNOWN),
        ({"currency": "EUR"}, Refusal.CURRENCY_NOT_THE_MERCHANTS),
        ({"member": "nobody"}, Refusal.MEMBER_UNKNOWN),
        ({"occurred_at": NOON + timedelta(hours=1)}, Refusal.OCCURRED_IN_FUTURE),
        ({"number": ""}, Refusal.TEXT_NOT_USABLE),
    ],
)
def test_what_would_be_refused_is_refused(fields: dict[str, Any], refusal: Refusal) -> None:
    world = World()
    found = preview(world.id, world.purchase(**fields), None)
    assert isinstance(found, Refused)
    assert found.refusal == refusal


def test_of_somebody_who_is_blocked() -> None:
    world = World()
    member = world.member("amal")
    member.status = "blocked"
    member.save()
    found = preview(world.id, world.purchase())
    assert isinstance(found, Refused)
    assert found.refusal == Refusal.MEMBER_NOT_ACTIVE
