"""Drafts, and how versions stand: draft, scheduled, live, retired."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, PLAIN, World, line
from wafa.core.programme import ProgrammeInvalidError
from wafa.operations.drafts import NoDraftError, discard_draft, save_draft
from wafa.operations.publish_programme import publish_programme
from wafa.queries.versions import version_before, versions
from wafa.store.models import ProgrammeVersion

DOUBLE = PLAIN | {"rules": [PLAIN["rules"][0] | {"points": 2}]}
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(PLAIN)


def stands(world: World) -> list[tuple[int, str]]:
    """Numbers and standings, as the page lists them."""
    return [(row.number, row.standing) for row in versions(world.merchant)]


def test_a_draft_takes_no_part_in_anything(world: World) -> None:
    save_draft(world.merchant, DOUBLE)
    assert world.buy(line("TEA", 10)).slip.points == 10
    assert stands(world) == [(2, "draft"), (1, "live")]


def test_a_draft_may_be_unfinished(world: World) -> None:
    draft = save_draft(world.merchant, {"rules": "not yet"})
    with pytest.raises(ProgrammeInvalidError):
        publish_programme(world.merchant, draft.body, NOON + DAY, draft=draft)
    assert stands(world) == [(2, "draft"), (1, "live")]


def test_from_draft_to_retired(world: World) -> None:
    draft = save_draft(world.merchant, PLAIN)
    draft = save_draft(world.merchant, DOUBLE, draft.number)
    publish_programme(world.merchant, draft.body, NOON + DAY, draft=draft)
    assert stands(world) == [(2, "scheduled"), (1, "live")]
    world.stand_at(NOON + DAY)
    assert stands(world) == [(2, "live"), (1, "retired")]
    assert world.buy(line("TEA", 10)).slip.points == 20
    assert world.differences() == []


def test_a_draft_does_not_keep_another_version_from_starting_earlier(world: World) -> None:
    world.stand_at(NOON + 9 * DAY)
    save_draft(world.merchant, DOUBLE)
    assert publish_programme(world.merchant, DOUBLE, NOON + DAY).number == 3


def test_what_is_published_is_no_draft_any_more(world: World) -> None:
    draft = save_draft(world.merchant, DOUBLE)
    publish_programme(world.merchant, draft.body, NOON + DAY, draft=draft)
    for number in (1, 2, 99):
        with pytest.raises(NoDraftError):
            save_draft(world.merchant, PLAIN, number)
        with pytest.raises(NoDraftError):
            discard_draft(world.merchant, number)


def test_a_draft_is_published_once_whoever_looked_at_it_before(world: World) -> None:
    draft = save_draft(world.merchant, DOUBLE)
    publish_programme(world.merchant, DOUBLE, NOON + DAY, draft=draft)
    seen_before = ProgrammeVersion.objects.of(world.merchant).get(id=draft.id)
    seen_before.state = "draft"
    with pytest.raises(NoDraftError):
        publish_programme(world.merchant, DOUBLE, NOON + 2 * DAY, draft=seen_before)
    assert stands(world) == [(2, "scheduled"), (1, "live")]


def test_a_discarded_draft_is_gone(world: World) -> None:
    discard_draft(world.merchant, save_draft(world.merchant, DOUBLE).number)
    assert stands(world) == [(1, "live")]


def test_a_draft_is_its_merchants_own(world: World) -> None:
    draft = save_draft(World(PLAIN).merchant, DOUBLE)
    with pytest.raises(NoDraftError):
        save_draft(world.merchant, PLAIN, draft.number)


def test_which_one_a_new_one_follows(world: World) -> None:
    publish_programme(world.merchant, DOUBLE, NOON + 5 * DAY)
    for starts_at, before in ((NOON + DAY, 1), (NOON + 5 * DAY, 1), (NOON + 6 * DAY, 2)):
        follows = version_before(world.merchant, starts_at)
        assert follows is not None
        assert follows.number == before
