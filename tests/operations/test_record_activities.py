"""Points for what is no purchase: each once in its period, whoever asks how often, and whatever happens at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.db import query, refused
from tests.world import NOON, PLAIN, World
from wafa.core.commands import MergeMembers, RecordActivity, UndoMerge
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal


def activity(code: str, once_per: str = "day", **more: Any) -> dict[str, Any]:
    """Ten points for it."""
    return {"code": code, "kind": "event", "points": 10, "once_per": once_per, "name": {"en": code.title()}} | more


SHOP = PLAIN | {
    "activities": [
        activity("check_in"),
        activity("survey", "subject"),
        activity("app", "lifetime", expiry={"kind": "days", "days": 10}),
        activity("summer", "week", during={"from": "2011-06-01", "to": "2011-08-31"}),
    ]
}


@pytest.fixture
def world(db: None) -> World:
    """A shop that gives points for four things."""
    return World(SHOP, ("amal", "bilal"))


def did(world: World, code: str, at: datetime = NOON, **more: Any) -> Any:
    """Amal did something."""
    return world.do(RecordActivity, activity=code, occurred_at=at, **{"branch": ""} | more)


def counted(outcome: Any) -> str:
    """What became of it."""
    return str(outcome.refusal) if isinstance(outcome, Refused) else type(outcome).__name__


ALREADY, UNKNOWN = "activity_counted_already", "activity_unknown"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        # By the merchant's day, which begins at 21:00 UTC.
        (
            "check_in",
            [(0, "", "Posted"), (8.9, "", ALREADY), (9, "", "Posted"), (-15, "", ALREADY), (-15.1, "", "Posted")],
        ),
        ("survey", [(0, "A", "Posted"), (48, "A", ALREADY), (0, "B", "Posted"), (0, "", "Posted"), (1, "", ALREADY)]),
        ("app", [(0, "", "Posted"), (9000, "", ALREADY)]),
        ("summer", [(0, "", "Posted"), (4 * 24, "", ALREADY), (5 * 24, "", "Posted"), (-24, "", UNKNOWN)]),
        ("dance", [(0, "", UNKNOWN)]),
    ],
)
def test_each_counts_once_in_its_period(world: World, code: str, asked: list[tuple[float, str, str]]) -> None:
    world.stand_at(NOON + timedelta(days=400))
    told = [counted(did(world, code, NOON + timedelta(hours=hours), subject=subject)) for hours, subject, _ in asked]
    assert told == [outcome for *_, outcome in asked]
    assert world.differences() == []


def test_the_same_asked_again_is_told_the_same(world: World) -> None:
    request = world.ask(RecordActivity, activity="check_in", occurred_at=NOON, branch="")
    first, again = world.post(request), world.post(request)
    assert isinstance(first[0], Posted)
    assert isinstance(again[0], Duplicate)
    assert again[0].first.id == first[0].slip.id
    assert world.wallet().available == 10


def test_two_in_one_batch_count_once(world: World) -> None:
    asked = [world.ask(RecordActivity, activity="check_in", occurred_at=NOON, branch="") for _ in range(3)]
    assert [counted(outcome) for outcome in world.post(*asked)] == ["Posted", ALREADY, ALREADY]


def test_its_points_last_as_the_activity_says_from_when_it_happened(world: World) -> None:
    did(world, "app", NOON - timedelta(days=3))
    assert query("SELECT expires_on::text FROM lot WHERE merchant_id = %s", world.id) == [("2011-06-08",)]


def test_it_is_counted_by_the_rules_of_its_day_and_pays_debt_first(world: World) -> None:
    bought = world.purchase()
    world.post(bought)
    world.spend(100)
    world.bring_back(*bought.lines, of=bought)
    assert world.wallet().debt == 100
    did(world, "check_in", branch="airport")
    assert (world.wallet().available, world.wallet().debt) == (0, 90)
    assert world.differences() == []


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"member": "nobody"}, Refusal.MEMBER_UNKNOWN),
        ({"branch": "moon"}, Refusal.BRANCH_UNKNOWN),
        ({"occurred_at": NOON + timedelta(minutes=6)}, Refusal.OCCURRED_IN_FUTURE),
        ({"activity": "x" * 61}, Refusal.TEXT_NOT_USABLE),
        ({"subject": "a\0b"}, Refusal.TEXT_NOT_USABLE),
        ({"activity": ""}, Refusal.TEXT_NOT_USABLE),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(world: World, fields: dict[str, Any], refusal: Refusal) -> None:
    asked = {"activity": "check_in", "occurred_at": NOON, "branch": ""} | fields
    outcome = world.do(RecordActivity, **asked)
    assert isinstance(outcome, Refused)
    assert outcome.refusal == refusal
    assert query("SELECT count(*) FROM entry WHERE merchant_id = %s", world.id) == [(0,)]


def test_what_one_card_did_the_other_did_once_they_are_merged(world: World) -> None:
    did(world, "check_in", member="bilal")
    merge = world.do(MergeMembers, member="bilal", into="amal")
    assert counted(did(world, "check_in")) == ALREADY
    world.do(UndoMerge, merge=merge.slip.id)  # type: ignore[union-attr]
    assert counted(did(world, "check_in")) == "Posted"
    assert world.differences() == []


def test_also_where_they_are_merged_in_the_same_batch(world: World) -> None:
    did(world, "check_in", member="bilal")
    merge = world.ask(MergeMembers, member="bilal", into="amal")
    asked = world.ask(RecordActivity, activity="check_in", occurred_at=NOON, branch="")
    assert [counted(outcome) for outcome in world.post(merge, asked)] == ["Posted", ALREADY]


def test_no_period_counts_twice_for_the_database_either(world: World) -> None:
    did(world, "check_in")
    refused(
        "entry_activity_once_a_period",
        """
        INSERT INTO entry SELECT changed.* FROM entry t CROSS JOIN LATERAL jsonb_populate_record(
            NULL::entry, to_jsonb(t) || jsonb_build_object(
                'id', gen_random_uuid(), 'sequence', 2, 'request_key', null, 'request_hash', null)) AS changed
        WHERE t.merchant_id = %s
        """,
        world.id,
    )


def test_from_many_devices_at_once_it_counts_once(transactional_db: None) -> None:
    world = World(SHOP)
    together, outcomes = Barrier(8), []

    def ask() -> None:
        together.wait()
        try:
            outcomes.append(counted(did(world, "check_in")))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["Posted", *[ALREADY] * 7]
    assert world.wallet().available == 10
    assert world.differences() == []
