"""The roll-forward: figures worked out by hand, and every way in which it may fail to tie."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.db import guards_away, query
from tests.world import GENEROUS, HALF_A_YEAR, NOON, World, line
from wafa.core.commands import (
    Adjust,
    CancelRedemption,
    CloseMember,
    MergeMembers,
    OpenBalance,
    OpeningLot,
    Redeem,
    Transfer,
)
from wafa.core.outcomes import Posted
from wafa.operations.settle import settle_due
from wafa.queries.rollforward import Gap, Row, rollforward

MAY, JUNE, JULY, DECEMBER = (date(2011, month, 1) for month in (5, 6, 7, 12))
IN_JULY = datetime(2011, 7, 15, 12, tzinfo=UTC)


def rows(world: World, **options: Any) -> dict[tuple[date, str], Row]:
    """The rows of a roll-forward that ties, by month and branch."""
    told = rollforward(world.merchant, **options)
    assert told.gaps == []
    return {(row.month, row.branch): row for row in told.rows}


def moved(row: Row) -> dict[str, int]:
    """Its movements that are not 0."""
    return {name: points for name, points in row.movements.items() if points}


def test_a_summer_of_two_branches() -> None:
    """Olaya issues 100 and 50, of which 20 come back; 30 are spent at the airport and 10 at Olaya; one is cancelled."""
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    world.buy(line("TEA", 50, 5), number="R2")
    world.buy(line("TEA", 8), branch="airport")
    world.bring_back(line("TEA", 0, 2), of="R2", branch="airport")
    world.do(Redeem, points=30, branch="airport")
    world.stand_at(IN_JULY)
    spent = world.do(Redeem, points=10)
    assert isinstance(spent, Posted)
    world.do(CancelRedemption, redemption=spent.slip.id, branch="airport")
    world.do(Redeem, points=5)

    told = rows(world)
    assert list(told) == [(JUNE, "airport"), (JUNE, "olaya"), (JULY, "airport"), (JULY, "olaya")]
    june, july = told[JUNE, "olaya"], told[JULY, "olaya"]
    assert (june.opening, moved(june), june.closing) == (0, {"accrued": 150, "clawed_back": -20, "redeemed": -30}, 100)
    assert june.redeemed_at == {"airport": -30}
    assert (july.opening, moved(july), july.closing) == (100, {"redeemed": -5}, 95)
    assert july.redeemed_at == {"olaya": -5}, "what was cancelled at the airport had been redeemed at Olaya"
    assert (told[JULY, "airport"].opening, told[JULY, "airport"].closing) == (8, 8)


def test_months_are_the_merchants() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 10), at=datetime(2011, 5, 31, 20, 59, tzinfo=UTC))
    world.buy(line("TEA", 3), at=datetime(2011, 5, 31, 21, 0, tzinfo=UTC))
    told = rows(world)
    assert (told[MAY, "olaya"].closing, told[JUNE, "olaya"].opening, told[JUNE, "olaya"].closing) == (10, 10, 13)


def test_every_movement_has_its_column() -> None:
    world = World(GENEROUS | {"transfers": {"fee_percent": 10}}, members=("amal", "bilal", "chadi"))
    world.do(OpenBalance, lots=(OpeningLot(300), OpeningLot(50, date(2011, 5, 1))))
    world.do(Adjust, points=20, branch="airport")
    world.do(Adjust, points=-5)
    world.do(Transfer, to="bilal", points=100)
    world.do(CloseMember, member="bilal")
    world.do(MergeMembers, member="amal", into="chadi")
    told = rows(world)
    movements = moved(told[JUNE, ""]), moved(told[JUNE, "airport"])
    assert movements[0]["brought"] == 350
    assert movements[0]["expired"] == -50
    sums = {name: sum(each.get(name, 0) for each in movements) for name in ("adjusted", "charged", "forfeited")}
    assert sums == {"adjusted": 15, "charged": -10, "forfeited": -100}
    assert all("transferred" not in each for each in movements), "what one gives another gets"
    assert sum(row.closing for row in told.values()) == 205


def test_where_one_branchs_points_answer_for_anothers_receipt() -> None:
    """Olaya's 100 are spent and come back: 40 of the airport's give for them, and 60 are owed, which 25 then pay."""
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    world.spend(100)
    world.buy(line("TEA", 40), branch="airport")
    world.bring_back(line("TEA", 0), of="R1")
    told = rows(world)
    assert moved(told[JUNE, "airport"]) == {"accrued": 40, "covered": -40}
    olaya = told[JUNE, "olaya"]
    assert moved(olaya) == {"accrued": 100, "redeemed": -100, "clawed_back": -100, "covered": 40}
    assert olaya.closing == -60, "it is owed for its receipt"
    world.stand_at(IN_JULY)
    world.buy(line("TEA", 25), branch="airport")
    told = rows(world)
    assert moved(told[JULY, "airport"]) == {"accrued": 25, "covered": -25}
    assert (moved(told[JULY, "olaya"]), told[JULY, "olaya"].closing) == ({"covered": 25}, -35)


def test_points_that_are_nowhere_to_be_found() -> None:
    for policy, name in (("forgive", "forgiven"), ("refuse", "withheld")):
        world = World(GENEROUS | {"debt": policy})
        world.buy(line("TEA", 100), number="R1", branch="airport")
        world.spend(60)
        world.bring_back(line("TEA", 0), of="R1", withheld_minor=600)
        told = rows(world)
        expected = {"accrued": 100, "redeemed": -60, "clawed_back": -100, name: 60}
        assert moved(told[JUNE, "airport"]) == expected
        assert list(told) == [(JUNE, "airport")]


def test_what_has_lapsed_counts_until_it_is_booked() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100))
    world.stand_at(NOON + timedelta(days=200))
    assert rows(world)[DECEMBER, "olaya"].closing == 100
    settle_due(world.merchant)
    december = rows(world)[DECEMBER, "olaya"]
    assert (december.opening, moved(december), december.closing) == (100, {"expired": -100}, 0)


def test_only_some_months() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), at=datetime(2011, 5, 3, tzinfo=UTC))
    world.stand_at(IN_JULY)
    world.buy(line("TEA", 7))
    assert [month for month, _ in rows(world)] == [MAY, JUNE, JULY]
    assert [month for month, _ in rows(world, first=JUNE)] == [JUNE, JULY]
    assert [month for month, _ in rows(world, last=JUNE)] == [MAY, JUNE]
    june = rows(world, first=JUNE, last=JUNE)[JUNE, "olaya"]
    assert (june.opening, moved(june), june.closing) == (100, {}, 100)


def test_a_unit_of_its_own() -> None:
    world = World(GENEROUS)
    world.buy(line("TEA", 100))
    world.do(Adjust, points=3, unit="stamps")
    told = rows(world, unit="stamps")
    assert [(key, moved(row)) for key, row in told.items()] == [((JUNE, ""), {"adjusted": 3})]
    assert rows(world, unit="credit") == {}


def test_other_merchants_are_not_in_it(world: World) -> None:
    World().buy()
    assert rows(world) == {}


def gaps(world: World, statement: str) -> list[Gap]:
    """What it finds once somebody has gone behind the guards' backs."""
    with guards_away():
        query(statement, world.id)
        return rollforward(world.merchant).gaps


def test_what_does_not_tie_is_named() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    assert gaps(world, "UPDATE wallet SET available = available + 1 WHERE merchant_id = %s") == [
        Gap("wallets", 100, 101)
    ]
    assert gaps(world, "UPDATE lot SET remaining = remaining - 1 WHERE merchant_id = %s") == [
        Gap("lots", 100, 99, "olaya")
    ]
    owing = "UPDATE wallet SET debt = 5, available = 0, pending = 105 WHERE merchant_id = %s"
    assert gaps(world, owing) == [Gap("debt", 0, 5)]
    assert gaps(world, "DELETE FROM posting WHERE merchant_id = %s AND account = 'issued'") == [
        Gap("movements", 0, 100, "olaya", JUNE)
    ]


def test_a_leg_that_speaks_of_another_branch_than_the_other_leg_is_named() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    world.buy(line("TEA", 1), number="R2", branch="airport")
    of_the_airport = "SELECT id FROM lot WHERE remaining = 1 AND lot.merchant_id = posting.merchant_id"
    found = gaps(
        world,
        f"UPDATE posting SET for_lot_id = ({of_the_airport})"
        " WHERE merchant_id = %s AND account = 'issued' AND points = -100",
    )
    assert found == [Gap("movements", 101, 1, "airport", JUNE), Gap("movements", 0, 100, "olaya", JUNE)]
