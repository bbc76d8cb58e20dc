"""Faults that users of other loyalty systems reported, as far as spending, holding, moving and merging can meet them.

What the others had is in test_rivals.py, with the list of those that wait for their feature; two tills and one balance
are in tests/concurrency/test_double_spend.py.
"""

from __future__ import annotations

import dataclasses

import pytest

from tests.world import GENEROUS, PLAIN, World, line
from wafa.core.commands import (
    Adjust,
    CancelRedemption,
    CaptureHold,
    MergeMembers,
    OpenBalance,
    OpeningLot,
    PlaceHold,
    Redeem,
    Transfer,
    UndoMerge,
    VoidReceipt,
)
from wafa.core.outcomes import Accepted, Posted, Refused
from wafa.core.redemption.policies import Worth
from wafa.core.refusals import Refusal
from wafa.store.models import Lot


@pytest.fixture
def world() -> World:
    """A point for each riyal; ten points are worth one."""
    return World(GENEROUS)


def test_rival_04_whatever_earned_points_whatever_spends_them_they_leave_the_one_balance(world: World) -> None:
    world.enrol("bilal")
    world.buy(line("TEA", 100))
    world.do(OpenBalance, lots=(OpeningLot(40),))
    world.do(Adjust, points=10)
    assert world.holds() == 150
    world.do(Redeem, points=20, purpose="reward", branch="airport")
    held = world.do(PlaceHold, points=30)
    world.do(CaptureHold, hold=held.slip.id)
    world.do(Transfer, to="bilal", points=40)
    world.do(Adjust, points=-5)
    assert world.holds() == 150 - 20 - 30 - 40 - 5
    assert world.do(Redeem, points=56).refusal == Refusal.INSUFFICIENT_POINTS
    world.do(Redeem, points=55)
    assert (world.holds(), world.holds("bilal")) == (0, 40)
    assert not Lot.objects.of(world.id).filter(wallet_id=world.wallet().id, remaining__gt=0).exists()
    assert world.differences() == []


@pytest.mark.parametrize(("points", "minor"), [(100, 100), (3, 10), (7, 3), (1, 250)])
def test_rival_09_any_bill_can_be_paid_to_the_last_minor_unit(points: int, minor: int) -> None:
    worth = Worth(points, minor)
    for bill_minor in range(1, 2_000):
        needed = worth.paying(bill_minor)
        assert worth.of(needed) >= bill_minor
        assert worth.of(needed - 1) < bill_minor


def test_rival_09_the_last_points_pay_the_last_of_a_bill() -> None:
    world = World(GENEROUS | {"redemption": {"worth": {"points": 3, "minor": 10}}})
    world.buy(line("TEA", 300))
    bill_minor = 996
    paid = world.spend(Worth(3, 10).paying(bill_minor))
    assert paid.slip.explanation["worth_minor"] == bill_minor
    assert world.spend(world.holds()).slip.explanation["worth_minor"] == 3
    assert world.holds() == 0


def test_rival_14_after_a_merge_both_cards_work(world: World) -> None:
    world.enrol("bilal")
    world.buy(line("TEA", 100, 2), number="A")
    world.buy(line("TEA", 50, 2), number="B", member="bilal")
    merged = world.do(MergeMembers, member="bilal", into="amal")
    assert world.buy(line("CUP", 10), member="bilal").slip.after["available"] == 160
    assert world.spend(30, member="bilal").slip.after["available"] == 130
    assert world.spend(30, member="amal").slip.after["available"] == 100
    assert world.bring_back(line("TEA", 0), of="B", member="bilal").slip.points == -25
    assert world.wallet("bilal").available == 0
    # And it can be undone: what is left of Bilal's own receipt is his again, what came since stays.
    assert isinstance(world.do(UndoMerge, merge=merged.slip.id), Posted)
    assert world.buy(line("CUP", 10), member="bilal").slip.points == 10
    assert world.differences() == []


def test_rival_15_paying_one_order_leaves_the_others_alone(world: World) -> None:
    world.buy(line("TEA", 100))
    one, two = world.do(PlaceHold, points=40), world.do(PlaceHold, points=50)
    world.do(CaptureHold, hold=one.slip.id)
    assert (world.wallet().available, world.wallet().held) == (10, 50)
    captured = world.do(CaptureHold, hold=two.slip.id)
    assert captured.slip.explanation["captured"] == 50
    assert world.holds() == 10
    assert world.differences() == []


@pytest.mark.parametrize("points", [1, 37, 99, 100])
def test_rival_17_the_cashier_chooses_how_many(world: World, points: int) -> None:
    world.buy(line("TEA", 60), number="A")
    world.buy(line("TEA", 40), number="B")
    assert world.spend(points).slip.after["available"] == 100 - points


def test_rival_18_earned_in_one_branch_spent_in_another(world: World) -> None:
    world.open("harbour")
    world.buy(line("TEA", 100), branch="airport")
    held = world.do(PlaceHold, points=40, branch="harbour")
    world.do(CaptureHold, hold=held.slip.id, branch="olaya")
    spent = world.do(Redeem, points=60, branch="harbour")
    assert isinstance(spent, Posted)
    assert world.holds() == 0


def test_rival_21_what_a_reward_cost_is_given_back_with_it(world: World) -> None:
    world.buy(line("TEA", 100), number="A")
    world.buy(line("TEA", 50), number="B")
    before = (world.rest("A"), world.rest("B"))
    reward = world.do(Redeem, points=120, purpose="reward", reference="mug")
    back = world.do(CancelRedemption, redemption=reward.slip.id)
    assert (back.slip.points, world.rest("A"), world.rest("B")) == (120, *before)
    again = world.do(CancelRedemption, redemption=reward.slip.id)
    assert isinstance(again, Refused)
    assert world.holds() == 150


@pytest.mark.parametrize("by", ["return", "void"])
def test_rival_26_a_sale_whose_points_are_spent_can_be_taken_back(world: World, by: str) -> None:
    sold = world.purchase(line("TEA", 100), number="A")
    world.post(sold)
    world.spend(100)
    command = world.coming_back(line("TEA", 0), of=sold) if by == "return" else world.annul(VoidReceipt, sold)
    (taken,) = world.post(command)
    assert isinstance(taken, Accepted)
    assert taken.slip.after == {"available": 0, "pending": 0, "held": 0, "debt": 100}
    assert world.differences() == []


def test_rival_27_a_partial_return_takes_its_part_and_leaves_the_redemption(world: World) -> None:
    world.buy(line("TEA", 600), number="A")
    redeemed = world.spend(500)
    world.buy(line("SOAP", 50, 5), number="B")
    before = world.holds()
    back = world.bring_back(line("SOAP", 0), of="B")
    assert (back.slip.points, world.holds()) == (-10, before - 10)
    # The redemption can still be cancelled, whole and once.
    world.do(CancelRedemption, redemption=redeemed.slip.id)
    assert world.holds() == 600 + 40
    assert world.differences() == []


def test_rival_28_what_points_are_worth_is_the_programmes_to_say(world: World) -> None:
    assert not {name for name in (field.name for field in dataclasses.fields(Redeem)) if "minor" in name}
    world.buy(line("TEA", 100))
    assert world.spend(1).slip.explanation["worth_minor"] == 10
    assert world.spend(99).slip.explanation["worth_minor"] == 990


@pytest.mark.parametrize("points", [0, -1, -500])
def test_rival_29_a_negative_number_fills_no_wallet(world: World, points: int) -> None:
    world.enrol("bilal")
    world.buy(line("TEA", 100))
    held = world.do(PlaceHold, points=10)
    before = world.rows()
    refused = world.post(
        world.ask(Redeem, points=points),
        world.ask(PlaceHold, points=points),
        world.ask(CaptureHold, hold=held.slip.id, points=points),
        world.ask(Transfer, to="bilal", points=points),
        world.ask(OpenBalance, lots=(OpeningLot(points),)),
    )
    assert [outcome.refusal for outcome in refused] == [Refusal.POINTS_NOT_ABOVE_ZERO] * 5
    assert world.rows() == before


def test_rival_29_nor_takes_a_correction_more_than_there_is() -> None:
    world = World(PLAIN)
    world.buy(line("TEA", 100))
    assert world.do(Adjust, points=-101).refusal == Refusal.INSUFFICIENT_POINTS
    assert world.holds() == 100
