"""What comes late: asked for before something that was posted meanwhile, or happened under rules of the past."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, PLAIN, World, line
from wafa.operations.publish_programme import StartsTooEarlyError, publish_programme
from wafa.store.models import Entry


def ladder(**thresholds: int) -> list[dict[str, object]]:
    """Tiers by code."""
    return [{"code": code, "from": points, "name": {"en": code}} for code, points in thresholds.items()]


def posted(world: World) -> list[object]:
    """When the wallet's entries were posted, in their order."""
    return list(Entry.objects.of(world.id).order_by("sequence").values_list("posted_at", flat=True))


def test_nothing_is_posted_before_what_is_posted_already(world: World) -> None:
    """Two tills chose their instants, then waited for the same wallet: the later one came first."""
    world.buy(line("TEA", 50), at=NOON)
    world.buy(line("TEA", 50), number="R2", at=NOON - timedelta(seconds=3))
    world.bring_back(line("TEA", 0), of="R2", at=NOON - timedelta(seconds=2))
    assert posted(world) == [NOON, NOON, NOON]
    assert world.differences() == []


def test_expiry_asked_for_earlier_is_posted_no_earlier(world: World) -> None:
    world.buy(line("TEA", 50), at=NOON)
    later = NOON + timedelta(days=300)
    world.stand_at(later)
    world.buy(line("TEA", 50), at=later)
    world.expire(at=later - timedelta(days=1))
    assert posted(world) == sorted(posted(world))
    assert world.differences() == []


def test_a_receipt_of_the_past_counts_by_its_rules_on_the_ladder_of_today(world: World) -> None:
    """Silver was at 100 and is at 1,000: 110 points in all, the last 60 by a receipt of the days before, are bronze."""
    world = World(PLAIN | {"tiers": ladder(bronze=0, silver=100)})
    publish_programme(world.merchant, PLAIN | {"tiers": ladder(bronze=0, silver=1000)}, NOON)
    world.stand_at(NOON + timedelta(days=1))
    world.buy(line("TEA", 50))
    world.buy(line("TEA", 60), occurred_at=NOON - timedelta(days=3))
    assert (world.wallet().qualifying, world.wallet().tier) == (110, "bronze")
    assert world.differences() == []


def test_a_receipt_of_the_past_does_not_bring_back_a_tier_that_is_no_more(world: World) -> None:
    world = World(PLAIN | {"tiers": ladder(basic=0, silver=100)})
    publish_programme(world.merchant, PLAIN | {"tiers": ladder(member=0, elite=300)}, NOON)
    world.stand_at(NOON + timedelta(days=1))
    world.buy(line("TEA", 500))
    world.buy(line("TEA", 5), occurred_at=NOON - timedelta(days=3))
    assert world.wallet().tier == "elite"
    assert world.differences() == []


def test_a_version_does_not_begin_before_what_has_been_counted(world: World) -> None:
    world.buy(line("TEA", 50), at=NOON)
    with pytest.raises(StartsTooEarlyError):
        publish_programme(world.merchant, PLAIN, NOON)


def test_nor_before_it_was_counted_however_long_ago_it_happened(world: World) -> None:
    world.buy(line("TEA", 50), at=NOON, occurred_at=NOON - timedelta(days=2))
    with pytest.raises(StartsTooEarlyError):
        publish_programme(world.merchant, PLAIN, NOON - timedelta(days=1))
