"""A draft may change; from going live on, the rules of a version are for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.db import query, refused, rolled_back
from tests.world import NOON, OPENING, PLAIN, World
from wafa.store.models import ProgrammeVersion

IMMUTABLE = "a live programme version is immutable"


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Version 1 is live, 2 has been retired, 3 is a draft."""
    world = World()
    for number, state in ((2, "retired"), (3, "draft")):
        starts_at = OPENING + timedelta(days=number)
        ProgrammeVersion(merchant=world.merchant, number=number, state=state, starts_at=starts_at, body=PLAIN).save()
    return world


def change(setting: str) -> str:
    """A statement that sets something on one version, given by its number."""
    return f"UPDATE programme_version SET {setting} WHERE merchant_id = %s AND number = %s"


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    "setting",
    [
        "body = '{}'",
        "body = jsonb_set(body, '{rules,0,points}', '2')",
        f"starts_at = '{NOON.isoformat()}'",
        "number = 9",
        "state = 'draft'",
        "id = gen_random_uuid()",
        "merchant_id = gen_random_uuid()",
    ],
)
def test_a_version_that_was_live_does_not_change(shop: World, number: int, setting: str) -> None:
    refused(f"{IMMUTABLE}: UPDATE refused", change(setting), shop.id, number)


@pytest.mark.parametrize("number", [1, 2])
def test_a_version_that_was_live_does_not_go(shop: World, number: int) -> None:
    statement = "DELETE FROM programme_version WHERE merchant_id = %s AND number = %s"
    refused(f"{IMMUTABLE}: DELETE refused", statement, shop.id, number)


def test_the_versions_are_not_truncated(shop: World) -> None:
    refused("append-only: TRUNCATE refused", "TRUNCATE programme_version CASCADE")


def test_a_live_version_can_be_retired(shop: World) -> None:
    with rolled_back():
        query(change("state = 'retired'"), shop.id, 1)
        assert ProgrammeVersion.objects.of(shop.id).get(number=1).state == "retired"


@pytest.mark.parametrize("setting", ["body = '{}'", f"starts_at = '{NOON.isoformat()}'", "number = 9"])
def test_a_draft_can_change(shop: World, setting: str) -> None:
    with rolled_back():
        query(change(setting), shop.id, 3)


def test_a_draft_can_go_live_with_its_last_change_and_then_stays(shop: World) -> None:
    with rolled_back():
        query(change("state = 'live', body = '{}'"), shop.id, 3)
        refused(IMMUTABLE, change("body = '{\"tiers\": []}'"), shop.id, 3)


def test_a_draft_can_go(shop: World) -> None:
    with rolled_back():
        query("DELETE FROM programme_version WHERE merchant_id = %s AND number = 3", shop.id)
        assert ProgrammeVersion.objects.of(shop.id).count() == 2
