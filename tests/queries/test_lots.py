"""Outstanding lots: what a balance is made of, at any instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.world import GENEROUS, HALF_A_YEAR, NOON, PLAIN, World, line
from wafa.core.commands import MergeMembers, OpenBalance, OpeningLot, PlaceHold
from wafa.queries.lots import Holding, OutstandingLot, outstanding_lots

DAY = timedelta(days=1)
LAST = date(2011, 12, 1)


def held(world: World, at: datetime, member: str = "amal", unit: str = "points") -> Holding:
    """A member's lots."""
    return outstanding_lots(world.merchant, world.member(member), at, unit)


def lot(receipt: str, points: int, **figures: object) -> OutstandingLot:
    """A lot of the first branch, all of it available, unless the test says otherwise."""
    usual = {"available": points, "pending": 0, "held": 0, "available_at": None, "expires_on": LAST}
    return OutstandingLot(receipt, **({"issuing_branch": "olaya", "points": points} | usual | figures))  # type: ignore[arg-type]


def test_in_the_order_in_which_they_are_drawn() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 60), number="R1")
    world.buy(line("TEA", 40), number="R2", branch="airport")
    soon = date(2011, 7, 1)
    world.do(OpenBalance, lots=(OpeningLot(5), OpeningLot(7, soon)))
    first = lot("", 7, issuing_branch="", expires_on=soon)
    never = lot("", 5, issuing_branch="", expires_on=None)
    second = lot("R2", 40, issuing_branch="airport")
    assert held(world, NOON) == Holding((first, lot("R1", 60), second, never))
    world.do(PlaceHold, points=20)
    assert held(world, NOON).lots == (
        lot("", 7, issuing_branch="", expires_on=soon, available=0, held=7),
        lot("R1", 60, available=47, held=13),
        second,
        never,
    )


def test_what_was_outstanding_then() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 60), number="R1")
    world.now = NOON + DAY
    world.spend(50)
    assert held(world, NOON - DAY) == Holding()
    assert held(world, NOON).lots == (lot("R1", 60),)
    assert held(world, NOON + DAY).lots == (lot("R1", 60, available=10),)
    assert held(world, NOON + 365 * DAY) == Holding(), "it has lapsed, job or no job"


def test_pending_points_and_when_they_can_be_spent() -> None:
    world = World(PLAIN | {"available": {"kind": "after_days", "days": 2}})
    world.buy(line("TEA", 60), number="R1")
    tomorrow, arrived = held(world, NOON + DAY), held(world, NOON + 2 * DAY)
    at = datetime.fromisoformat("2011-06-03T00:00+03:00")
    assert tomorrow.lots == (lot("R1", 60, available=0, pending=60, available_at=at, expires_on=None),)
    assert arrived.lots == (lot("R1", 60, expires_on=None),)


def test_what_is_owed() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 60), number="R1")
    world.spend(50)
    world.bring_back(line("TEA", 0), of="R1")
    assert held(world, NOON) == Holding((), 50)


def test_lots_that_a_merge_brought_are_the_survivors_from_then_on() -> None:
    world = World(GENEROUS, members=("amal", "bilal"))
    world.buy(line("TEA", 60), number="R1", member="bilal")
    world.do(MergeMembers, at=NOON + DAY, member="bilal", into="amal")
    assert (held(world, NOON), held(world, NOON, "bilal").lots) == (Holding(), (lot("R1", 60),))
    assert (held(world, NOON + DAY).lots, held(world, NOON + DAY, "bilal")) == ((lot("R1", 60),), Holding())


def test_a_unit_in_which_nothing_was_ever_booked() -> None:
    assert held(World(GENEROUS), NOON, unit="stamps") == Holding()


def test_the_last_day_is_told_as_it_is_known_now() -> None:
    world = World(PLAIN | {"expiry": {"kind": "inactivity", "months": 6}})
    world.buy(line("TEA", 60), number="R1")
    world.buy(line("TEA", 1), number="R2", at=NOON + 10 * DAY)
    assert held(world, NOON).lots == (lot("R1", 60, expires_on=date(2011, 12, 11)),)
