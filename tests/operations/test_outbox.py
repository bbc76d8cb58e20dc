"""Events go in with the entries that caused them: all of them, in the wallet's order, or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, World, line
from wafa.store.models import OutboxEvent


def events(world: World, member: str = "amal") -> list[OutboxEvent]:
    """A member's events after joining."""
    found = OutboxEvent.objects.of(world.id).filter(wallet_id=world.wallet(member).id, wallet_sequence__gt=0)
    return list(found.order_by("wallet_sequence", "id"))


def test_an_event_for_each_entry(world: World) -> None:
    world.buy(line("TEA", 100, 2), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    world.expire(NOON + timedelta(days=365))
    entries = world.entries()
    assert [event.kind for event in events(world)] == ["PointsAccrued", "PointsClawedBack", "PointsExpired"]
    for event, entry in zip(events(world), entries, strict=True):
        assert (event.wallet_sequence, event.created_at) == (entry.sequence, entry.posted_at)
        assert (event.number, event.done_at) == (None, None)
        assert event.body == {
            "entry": str(entry.id),
            "member": str(world.member().id),
            "document": str(entry.document_id) if entry.document_id else None,
            "unit": "points",
            "points": entry.points,
            "balance": {"available": entry.available_after, "pending": 0, "held": 0, "debt": 0},
        }


def test_a_change_of_tier_is_an_event_of_its_own(world: World) -> None:
    world.buy(line("TEA", 1000), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    assert [(event.wallet_sequence, event.kind) for event in events(world)] == [
        (1, "PointsAccrued"),
        (1, "TierChanged"),
        (2, "PointsClawedBack"),
        (2, "TierChanged"),
    ]
    assert events(world)[-1].body == {"member": str(world.member().id), "from": "silver", "to": "bronze"}


def test_the_first_tier_of_all_is_no_change(world: World) -> None:
    world.buy()
    assert [event.kind for event in events(world)] == ["PointsAccrued"]


def test_an_upgrade_is_an_event(world: World) -> None:
    world.buy()
    world.buy(line("TEA", 1000))
    assert events(world)[-1].kind == "TierChanged"
    assert events(world)[-1].body == {"member": str(world.member().id), "from": "bronze", "to": "silver"}


def test_points_of_0_are_told_too(world: World) -> None:
    world.buy(line("POST", 3))
    assert [(event.kind, event.body["points"]) for event in events(world)] == [("PointsAccrued", 0)]


def test_nothing_happened_to_nobody(world: World) -> None:
    world.buy(member=None, number="R1")
    world.buy(member="nobody")
    world.bring_back(of="R1", member=None)
    assert events(world) == []


def test_a_duplicate_is_not_told_again(world: World) -> None:
    purchase = world.purchase()
    world.post(purchase, purchase)
    world.post(purchase)
    assert len(events(world)) == 1


def test_no_event_without_its_entry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the outbox is full")

    monkeypatch.setattr("wafa.store.outbox.append", fail)
    with pytest.raises(RuntimeError):
        world.buy()
    assert (events(world), world.entries(), world.holds()) == ([], [], 0)
