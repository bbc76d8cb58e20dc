"""Stamps and money that rules give beside points: in wallets of their own, taken back with the goods, as points are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.db import query
from tests.world import NOON, PLAIN, World, line
from wafa.core.commands import (
    Adjust,
    CancelReturn,
    ClaimReceipt,
    CloseMember,
    MergeMembers,
    MoveReceipt,
    RecordExchange,
    Redeem,
    UndoMerge,
    VoidReceipt,
)
from wafa.core.outcomes import Posted
from wafa.operations.settle import settle_due
from wafa.store.models import Wallet

pytestmark = pytest.mark.django_db

UNITS = [
    {"code": "card", "kind": "stamps", "card": 10, "expiry": {"kind": "days", "days": 90}, "name": {"en": "Card"}},
    {"code": "credit", "kind": "money", "expiry": {"kind": "never"}, "name": {"en": "Credit"}},
]
COFFEE = {"code": "coffee", "kind": "per_unit", "items": ["COFFEE"], "points": 1, "unit": "card", "name": {"en": "C"}}
BACK = {"code": "back", "kind": "cashback", "percent": "2.5", "unit": "credit", "name": {"en": "Back"}}


def shop(*members: str, **more: Any) -> World:
    """A point a riyal; a stamp for each coffee, of which ten are a card; 2.5 % as credit."""
    return World(
        PLAIN | {"units": UNITS, "rules": [*PLAIN["rules"], COFFEE, BACK]} | more, members or ("amal", "bilal")
    )


def holds(world: World, member: str = "amal") -> tuple[int, int, int]:
    """Points, stamps and credit; what is owed below zero."""
    wallets = {each.unit: each for each in Wallet.objects.of(world.id).filter(member__number=member)}
    found = (wallets.get(unit) for unit in ("points", "card", "credit"))
    points, stamps, credit = (each.available + each.pending - each.debt if each else 0 for each in found)
    return points, stamps, credit


def test_a_receipt_gives_all_three_and_its_return_takes_all_three() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 30, 3), line("CAKE", 50))
    world.post(bought)
    assert holds(world) == (80, 3, 200)
    world.bring_back(line("COFFEE", 0), of=bought)
    assert holds(world) == (70, 2, 175)
    world.bring_back(line("COFFEE", 0, 2), line("CAKE", 0), of=bought)
    assert holds(world) == (0, 0, 0)
    assert world.differences() == []


def test_many_in_one_batch_with_their_returns() -> None:
    world = shop()
    bought = [world.purchase(line("COFFEE", 20, 2)) for _ in range(5)]
    world.post(*bought, *(world.coming_back(line("COFFEE", 0), of=each) for each in bought[:3]))
    assert holds(world) == (70, 7, 175)
    assert world.differences() == []


def test_what_was_spent_is_owed_and_the_next_pays_it() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 100, 10))
    world.post(bought)
    assert isinstance(world.do(Redeem, points=10, unit="card"), Posted)
    world.bring_back(line("COFFEE", 0, 4), of=bought)
    assert holds(world) == (60, -4, 150)
    world.buy(line("COFFEE", 60, 6))
    assert holds(world) == (120, 2, 300)
    assert world.differences() == []


def test_stamps_run_out_and_answer_for_what_comes_back() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 40, 4))
    world.post(bought)
    world.stand_at(NOON + timedelta(days=91))
    settle_due(world.merchant)
    assert holds(world) == (40, 0, 100)
    world.bring_back(line("COFFEE", 0, 2), of=bought)
    assert holds(world) == (20, 0, 50)
    assert world.differences() == []


def test_a_void_a_cancelled_return_and_an_exchange() -> None:
    world = shop()
    first = world.purchase(line("COFFEE", 40, 4))
    back = world.coming_back(line("COFFEE", 0), of=first)
    world.post(first, back)
    assert holds(world) == (30, 3, 75)
    world.post(world.annul(CancelReturn, back))
    assert holds(world) == (40, 4, 100)
    told = world.purchase(line("CAKE", 100), number="X1")
    said = {
        name: getattr(told, name) for name in ("at", "occurred_at", "source", "number", "member", "branch", "lines")
    }
    world.post(RecordExchange(**said, currency="SAR", returned=(line("COFFEE", 0, 2),), receipt=first.key))
    assert holds(world) == (120, 2, 300)
    world.post(world.annul(VoidReceipt, first))
    assert holds(world) == (100, 0, 250)
    assert world.differences() == []


def test_a_return_that_came_first() -> None:
    world = shop()
    world.bring_back(line("COFFEE", 0), of="R7", number="B7")
    world.buy(line("COFFEE", 30, 3), number="R7")
    assert holds(world) == (20, 2, 50)
    assert world.differences() == []


def test_a_receipt_that_is_claimed_and_then_moved() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 30, 3), member=None)
    world.post(bought)
    world.do(ClaimReceipt, receipt=bought.key, member="amal")
    assert holds(world) == (30, 3, 75)
    world.do(MoveReceipt, receipt=bought.key, to="bilal")
    assert (holds(world), holds(world, "bilal")) == ((0, 0, 0), (30, 3, 75))
    world.bring_back(line("COFFEE", 0), of=bought, member="bilal")
    assert holds(world, "bilal") == (20, 2, 50)
    assert world.differences() == []


def test_two_members_who_become_one_and_part_again() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 30, 3), member="bilal")
    world.post(bought)
    world.buy(line("COFFEE", 10))
    merge = world.do(MergeMembers, member="bilal", into="amal")
    assert holds(world) == (40, 4, 100)
    world.bring_back(line("COFFEE", 0), of=bought)
    assert holds(world) == (30, 3, 75)
    world.do(UndoMerge, merge=merge.slip.id)  # type: ignore[union-attr]
    assert (holds(world), holds(world, "bilal")) == ((10, 1, 25), (20, 2, 50))
    assert world.differences() == []


def test_what_comes_back_to_somebody_who_has_left() -> None:
    world = shop()
    bought = world.purchase(line("COFFEE", 30, 3))
    back = world.coming_back(line("COFFEE", 0, 2), of=bought)
    world.post(bought, back)
    world.do(CloseMember)
    world.post(world.annul(CancelReturn, back))
    assert holds(world) == (0, 0, 0)
    assert world.differences() == []


def test_a_cap_of_stamps_and_the_programmes_limit_of_points() -> None:
    capped = COFFEE | {"cap": {"points": 5, "per": "day"}}
    world = shop(rules=[*PLAIN["rules"], capped], limits={"caps": [{"points": 60, "per": "day"}]})
    bought = world.purchase(line("COFFEE", 40, 4))
    world.post(bought, world.purchase(line("COFFEE", 40, 4)))
    assert holds(world)[:2] == (60, 5)
    world.bring_back(line("COFFEE", 0, 2), of=bought)
    world.buy(line("COFFEE", 40, 4))
    assert holds(world)[:2] == (60, 5)
    assert world.differences() == []


def test_stamps_that_are_there_after_some_days() -> None:
    later = COFFEE | {"available": {"kind": "after_days", "days": 3}}
    world = shop(rules=[*PLAIN["rules"], later])
    world.buy(line("COFFEE", 40, 4))
    assert (world.wallet("amal", "card").pending, world.wallet("amal", "card").available) == (4, 0)
    world.stand_at(NOON + timedelta(days=3))
    world.buy(line("COFFEE", 10))
    assert (world.wallet("amal", "card").pending, world.wallet("amal", "card").available) == (1, 4)
    assert world.differences() == []


def test_units_beside_those_given_by_hand() -> None:
    world = shop()
    world.do(Adjust, points=6, unit="card")
    bought = world.purchase(line("COFFEE", 40, 4))
    world.post(bought)
    world.do(Redeem, points=10, unit="card")
    world.bring_back(line("COFFEE", 0, 4), of=bought)
    assert holds(world) == (0, -4, 0)
    assert world.differences() == []


def test_only_who_gets_something_has_a_wallet_for_it_and_nobody_who_has_left() -> None:
    world = shop("amal", "bilal", "chadi")
    world.do(CloseMember, member="chadi")
    world.buy(line("CAKE", 10))
    world.buy(line("CAKE", 10), member="chadi")
    units = query(
        "SELECT m.number, w.unit FROM wallet w JOIN member m ON m.id = w.member_id WHERE w.merchant_id = %s", world.id
    )
    assert {unit for number, unit in units if number == "chadi"} == {"points"}
    assert world.differences() == []
