"""Points that were spent before their goods came back: other lots answer, then the member owes, then pays first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.store.models import Lot

DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    """A point for each riyal, good for half a year."""
    return World(HALF_A_YEAR)


def rests(world: World) -> dict[str, int]:
    """What remains of each lot, by receipt."""
    return dict(Lot.objects.of(world.id).values_list("document__number", "remaining"))


def owing(world: World, points: int) -> None:
    """Amal spends so much, and brings back what it was for."""
    world.buy(line("SOAP", points), number="S")
    world.spend(points, number="S")
    world.bring_back(line("SOAP", 0), of="S")
    assert world.wallet().debt == points


def test_other_lots_answer_earliest_last_day_first(world: World) -> None:
    world.buy(line("SOAP", 70), number="S")
    world.spend(70, number="S")
    for number, days_ago in (("C", 0), ("A", 2), ("B", 1)):
        world.buy(line("TEA", 50), number=number, occurred_at=NOON - days_ago * DAY)
    back = world.bring_back(line("SOAP", 0), of="S")
    assert back.slip.explanation["receipts"][0]["taken"] == {
        "own_lot": 0, "already_expired": 0, "other_lots": 70, "debt": 0,
    }  # fmt: skip
    assert rests(world) == {"A": 0, "B": 30, "C": 50, "S": 0}
    assert world.differences() == []


def test_of_lots_with_the_same_last_day_the_oldest_first(world: World) -> None:
    for number in ("S", "A", "B"):
        world.buy(line("TEA", 50), number=number)
    world.spend(50, number="S")
    world.bring_back(line("TEA", 0), of="S")
    assert rests(world) == {"S": 0, "A": 0, "B": 50}


def test_what_is_missing_is_owed(world: World) -> None:
    world.buy(line("SOAP", 100), number="S")
    world.spend(80, number="S")
    world.buy(line("TEA", 30), number="A")
    back = world.bring_back(line("SOAP", 0), of="S")
    assert back.slip.explanation["receipts"][0]["taken"] == {
        "own_lot": 20, "already_expired": 0, "other_lots": 30, "debt": 50,
    }  # fmt: skip
    assert back.slip.after == {"available": 0, "pending": 0, "held": 0, "debt": 50}
    assert (back.slip.points, world.holds()) == (-100, -50)
    assert world.differences() == []


def test_the_next_points_pay_first(world: World) -> None:
    owing(world, 50)
    bought = world.buy(line("TEA", 30), number="A")
    assert (bought.slip.points, bought.slip.explanation["debt_paid"]) == (30, 30)
    assert bought.slip.after == {"available": 0, "pending": 0, "held": 0, "debt": 20}
    world.buy(line("TEA", 30), number="B")
    assert (world.wallet().available, world.wallet().debt) == (10, 0)
    assert rests(world) == {"S": 0, "A": 0, "B": 10}
    assert world.differences() == []


def test_a_receipt_that_paid_debt_comes_back(world: World) -> None:
    owing(world, 50)
    world.buy(line("TEA", 80), number="A")
    world.bring_back(line("TEA", 0), of="A")
    assert (world.wallet().available, world.wallet().debt) == (0, 50)
    assert world.differences() == []


def test_a_receipt_that_paid_debt_comes_back_in_the_same_batch(world: World) -> None:
    owing(world, 50)
    bought = world.purchase(line("TEA", 80), number="A")
    outcomes = world.post(bought, world.coming_back(line("TEA", 0), of=bought))
    assert [outcome.slip.points for outcome in outcomes] == [80, -80]
    assert (world.wallet().available, world.wallet().debt) == (0, 50)
    assert world.differences() == []


def test_other_lots_answer_for_a_receipt_of_the_same_batch(world: World) -> None:
    owing(world, 50)
    bought = world.purchase(line("TEA", 80), number="A")
    outcomes = world.post(
        bought,
        world.purchase(line("TEA", 40), number="B"),
        world.coming_back(line("TEA", 0), of=bought),
    )
    assert [outcome.slip.points for outcome in outcomes] == [80, 40, -80]
    assert rests(world) == {"S": 0, "A": 0, "B": 0}
    assert (world.wallet().available, world.wallet().debt) == (0, 10)
    assert world.differences() == []


def test_lapsed_lots_answer_for_nothing(world: World) -> None:
    world.buy(line("SOAP", 70), number="S")
    world.spend(70, number="S")
    world.buy(line("TEA", 50), number="A", occurred_at=NOON - 60 * DAY)
    world.now = NOON + 150 * DAY
    back = world.bring_back(line("SOAP", 0), of="S")
    assert back.slip.after == {"available": 0, "pending": 0, "held": 0, "debt": 70}
    assert [entry.kind for entry in world.entries()][-2:] == ["expiry", "clawback"]
    assert world.differences() == []


def test_debt_does_not_touch_the_tier(world: World) -> None:
    owing(world, 50)
    world.buy(line("TEA", 30))
    assert world.wallet().qualifying == 30
