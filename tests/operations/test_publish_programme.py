"""Publishing rules: what happened under a version stays under it; a return reads the version of its receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, OPENING, PLAIN, World, line
from wafa.core.programme import ProgrammeInvalidError
from wafa.operations.publish_programme import StartsTooEarlyError, publish_programme
from wafa.store.models import ProgrammeVersion

DOUBLE = PLAIN | {"rules": [PLAIN["rules"][0] | {"points": 2}]}


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(PLAIN)


def test_the_rules_of_when_it_happened(world: World) -> None:
    publish_programme(world.merchant, DOUBLE, NOON)
    points = [
        world.buy(line("TEA", 10), occurred_at=NOON + timedelta(seconds=seconds)).slip.points for seconds in (-1, 0, 1)
    ]
    assert points == [10, 20, 20]
    assert world.differences() == []


def test_a_return_goes_by_the_rules_of_its_receipt(world: World) -> None:
    world.buy(line("TEA", 10, 2), number="R1")
    world.now = NOON + timedelta(days=2)
    publish_programme(world.merchant, DOUBLE, NOON + timedelta(days=1))
    world.buy(line("TEA", 10, 2), number="R2")
    assert [world.bring_back(line("TEA", 0), of=number).slip.points for number in ("R1", "R2")] == [-5, -10]
    assert world.differences() == []


def test_versions_are_numbered(world: World) -> None:
    versions = [publish_programme(world.merchant, DOUBLE, NOON + timedelta(days=day)) for day in range(3)]
    assert [version.number for version in versions] == [2, 3, 4]
    assert {version.state for version in ProgrammeVersion.objects.of(world.id)} == {"live"}


@pytest.mark.parametrize("starts_at", [OPENING, OPENING - timedelta(days=1)])
def test_never_from_before_the_one_that_is_there(world: World, starts_at: object) -> None:
    before = world.rows()
    with pytest.raises(StartsTooEarlyError) as refused:
        publish_programme(world.merchant, DOUBLE, starts_at)  # type: ignore[arg-type]
    assert refused.value.latest == OPENING
    assert world.rows() == before


def test_a_programme_that_cannot_be_is_not_stored(world: World) -> None:
    before = world.rows()
    with pytest.raises(ProgrammeInvalidError):
        publish_programme(world.merchant, PLAIN | {"tiers": []}, NOON)
    assert world.rows() == before
