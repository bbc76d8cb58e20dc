"""Movements that want the same points at the same moment: each happens wholly before or after the other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from tests.concurrency.at_once import at_once, kinds
from tests.world import GENEROUS, TILL, World, line
from wafa.core.commands import (
    Adjust,
    CancelRedemption,
    CancelReturn,
    CaptureHold,
    ClaimReceipt,
    CloseMember,
    MergeMembers,
    MoveReceipt,
    PlaceHold,
    Redeem,
    ReleaseHold,
    Transfer,
    UndoMerge,
)
from wafa.core.outcomes import Posted
from wafa.operations.post import post
from wafa.operations.settle import settle_due
from wafa.store import statistics
from wafa.store.models import Entry, Lot, Member

ROUNDS = 6


@pytest.fixture
def world() -> World:
    """A point for each riyal, good for half a year."""
    return World(GENEROUS)


def somebody(world: World, round_: int, riyals: int = 100) -> str:
    """A new member with so many points, of receipt R-member."""
    member = f"m{round_}"
    world.enrol(member)
    world.buy(line("TEA", riyals, 4), member=member, number=f"R-{member}")
    return member


def no_errors(answers: list[Any]) -> None:
    """Nobody was thrown out."""
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers


def test_the_same_key_from_two_connections(world: World) -> None:
    world.buy(line("TEA", 1000))
    for _ in range(ROUNDS):
        asked = world.ask(Redeem, points=30)
        answers = at_once(*[lambda asked=asked: world.post(asked)] * 3)  # type: ignore[misc]
        assert kinds(answers) == ["Duplicate", "Duplicate", "Posted"]
    assert world.holds() == 1000 - ROUNDS * 30
    assert world.differences() == []


def test_the_same_key_for_two_members(world: World) -> None:
    """Their wallets are two locks: the unique rule on keys decides, and whoever comes second begins anew."""
    for round_ in range(ROUNDS):
        first, second = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1)
        asked = world.ask(Redeem, member=first, points=30)
        other = replace(asked, member=second)
        answers = at_once(lambda a=asked: world.post(a), lambda a=other: world.post(a))  # type: ignore[misc]
        assert kinds(answers) == ["Posted", "Refused"]
        assert sorted((world.holds(first), world.holds(second))) == [70, 100]
        assert kinds([world.post(asked), world.post(other)]) == ["Duplicate", "Refused"]
    assert world.differences() == []


def test_hold_against_redeem_against_return(world: World) -> None:
    for round_ in range(ROUNDS):
        member = somebody(world, round_)
        answers = at_once(
            lambda m=member: world.do(PlaceHold, member=m, points=60),  # type: ignore[misc]
            lambda m=member: world.do(Redeem, member=m, points=60),  # type: ignore[misc]
            lambda m=member: world.bring_back(line("TEA", 0, 2), of=f"R-{m}", member=m),  # type: ignore[misc]
        )
        no_errors(answers)
        wallet = world.wallet(member)
        taken = 60 * sum(isinstance(answer, Posted) for answer in answers[:2])
        assert wallet.available + wallet.held - wallet.debt == 50 - (taken - wallet.held)
    assert world.differences() == []


def test_hold_against_expiry_against_capture_against_time(world: World) -> None:
    for round_ in range(ROUNDS):
        member = somebody(world, round_)
        last_day = Lot.objects.of(world.id).get(document__number=f"R-{member}").expires_on
        assert last_day is not None
        world.stand_at(datetime.combine(last_day, time(20, 30), UTC))
        held = world.do(PlaceHold, member=member, points=60, minutes=60)
        assert isinstance(held, Posted)
        # Its last day ends half an hour later; the hold half an hour after that.
        world.stand_at(world.now + timedelta(minutes=60 + round_ % 2))
        answers = at_once(
            lambda: settle_due(world.merchant),
            lambda h=held.slip.id: world.do(CaptureHold, hold=h),  # type: ignore[misc]
            lambda h=held.slip.id: world.do(ReleaseHold, hold=h),  # type: ignore[misc]
            lambda: settle_due(world.merchant),
        )
        no_errors(answers)
        wallet = world.wallet(member)
        assert (wallet.available, wallet.held, wallet.debt) == (0, 0, 0)
    assert world.differences() == []


def test_capture_against_release_against_capture(world: World) -> None:
    for round_ in range(ROUNDS):
        member = somebody(world, round_)
        held = world.do(PlaceHold, member=member, points=60)
        answers = at_once(
            lambda h=held.slip.id: world.do(CaptureHold, hold=h, points=50),  # type: ignore[misc]
            lambda h=held.slip.id: world.do(ReleaseHold, hold=h),  # type: ignore[misc]
            lambda h=held.slip.id: world.do(CaptureHold, hold=h),  # type: ignore[misc]
        )
        assert kinds(answers) == ["Posted", "Refused", "Refused"]
        assert world.wallet(member).held == 0
        assert world.holds(member) in (50, 100, 40)
    assert world.differences() == []


def test_a_redemption_is_cancelled_once(world: World) -> None:
    for round_ in range(ROUNDS):
        member = somebody(world, round_)
        redeemed = world.spend(80, member=member)
        answers = at_once(*[lambda r=redeemed.slip.id: world.do(CancelRedemption, redemption=r)] * 3)  # type: ignore[misc]
        assert kinds(answers) == ["Posted", "Refused", "Refused"]
        assert world.holds(member) == 100
    assert world.differences() == []


def test_merge_against_redeem_against_purchase(world: World) -> None:
    for round_ in range(ROUNDS):
        member, into = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1)
        answers = at_once(
            lambda m=member, i=into: world.do(MergeMembers, member=m, into=i),  # type: ignore[misc]
            lambda m=member: world.do(Redeem, member=m, points=70),  # type: ignore[misc]
            lambda m=member: world.buy(line("CUP", 10), member=m),  # type: ignore[misc]
            lambda i=into: world.do(Redeem, member=i, points=70),  # type: ignore[misc]
        )
        assert kinds(answers) == ["Accepted", "Posted", "Posted", "Posted"]
        assert world.wallet(member).available == 0
        assert world.holds(into) == 200 + 10 - 140
    assert world.differences() == []


def test_merges_that_meet(world: World) -> None:
    """Three cards of one person, brought together by two who do not know of each other."""
    for round_ in range(ROUNDS):
        one, two, three = (somebody(world, 3 * round_ + place) for place in range(3))
        answers = at_once(
            *(
                lambda pair=pair: world.do(MergeMembers, member=pair[0], into=pair[1])  # type: ignore[misc]
                for pair in ((one, two), (two, three))
            )
        )
        assert kinds(answers) == ["Posted", "Posted"]
        ends = dict(Member.objects.of(world.id).filter(number__in=(one, two)).values_list("number", "survivor__number"))
        assert ends == {one: three, two: three}
        assert world.holds(three) == 300
        assert world.buy(line("CUP", 5), member=one).slip.after["available"] == 305
    assert world.differences() == []


def test_two_who_merge_each_into_the_other(world: World) -> None:
    for round_ in range(ROUNDS):
        one, two = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1)
        answers = at_once(
            *(
                lambda pair=pair: world.do(MergeMembers, member=pair[0], into=pair[1])  # type: ignore[misc]
                for pair in ((one, two), (two, one))
            )
        )
        assert kinds(answers) == ["Posted", "Refused"]
        assert world.holds(one) + world.holds(two) == 200
    assert world.differences() == []


def test_undoing_a_merge_against_a_purchase_of_the_absorbed_card(world: World) -> None:
    for round_ in range(ROUNDS):
        member, into = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1)
        merged = world.do(MergeMembers, member=member, into=into)
        undo = world.ask(UndoMerge, merge=merged.slip.id)
        answers = at_once(
            lambda undo=undo: world.post(undo),  # type: ignore[misc]
            lambda undo=undo: world.post(undo),  # type: ignore[misc]
            lambda m=member: world.buy(line("CUP", 10), member=m, number=f"C-{m}"),  # type: ignore[misc]
        )
        assert kinds(answers) == ["Accepted", "Duplicate", "Posted"]
        # Bought before, it stays with the survivor; bought after, it is the other's.
        undone = Entry.objects.of(world.id).get(
            id=answers[0][0].entries[-1].id if answers[0][0].entries else undo.merge
        )
        assert sorted((world.holds(member), world.holds(into))) == [100, 110], undone
    assert world.differences() == []


def test_two_receipts_for_a_number_that_a_return_awaits(world: World) -> None:
    for round_ in range(ROUNDS):
        number = f"R{round_}"
        world.bring_back(line("TEA", 0), of=number)
        sold = world.purchase(line("TEA", 90, 3), number=number)
        other = replace(sold, lines=(line("TEA", 60, 2),))
        answers = at_once(
            lambda p=sold: world.post(p),  # type: ignore[misc]
            lambda p=sold: world.post(p),  # type: ignore[misc]
            lambda p=other: world.post(p),  # type: ignore[misc]
        )
        assert kinds(answers) in (["Accepted", "Duplicate", "Refused"], ["Accepted", "Refused", "Refused"])
    assert world.holds() == sum(entry.points for entry in world.entries())
    assert [entry.kind for entry in world.entries()] == ["accrual", "clawback"] * ROUNDS
    assert world.differences() == []


def test_a_return_and_its_receipt_at_the_same_moment(world: World) -> None:
    for round_ in range(2 * ROUNDS):
        sold = world.purchase(line("TEA", 90, 3), number=f"R{round_}")
        back = world.coming_back(line("TEA", 0), of=sold)
        answers = at_once(lambda p=sold: world.post(p), lambda p=back: world.post(p))  # type: ignore[misc]
        assert kinds(answers) == ["Accepted", "Accepted"]
        assert world.holds() == 60 * (round_ + 1)
    assert world.differences() == []


def test_cancelling_a_return_that_waits_against_its_receipt(world: World) -> None:
    for round_ in range(2 * ROUNDS):
        sold = world.purchase(line("TEA", 90, 3), number=f"R{round_}")
        back = world.coming_back(line("TEA", 0), of=sold)
        world.post(back)
        cancel = world.annul(CancelReturn, back)
        answers = at_once(lambda p=sold: world.post(p), lambda p=cancel: world.post(p))  # type: ignore[misc]
        assert kinds(answers) == ["Accepted", "Accepted"]
        assert world.holds() == 90 * (round_ + 1)
    assert world.differences() == []


def test_cancelling_a_return_at_the_moment_at_which_it_comes(world: World) -> None:
    for round_ in range(2 * ROUNDS):
        sold = world.purchase(line("TEA", 90, 3), number=f"R{round_}")
        back = world.coming_back(line("TEA", 0), of=sold)
        cancel = world.annul(CancelReturn, back)
        world.post(sold)
        answers = at_once(lambda p=back: world.post(p), lambda p=cancel: world.post(p))  # type: ignore[misc]
        no_errors(answers)
        # It came too early, or just in time; sent again, the return is cancelled.
        world.post(cancel)
        assert world.holds() == 90 * (round_ + 1)
    assert world.differences() == []


def test_returns_and_cancellations_that_cross_never_lock_up(world: World) -> None:
    for round_ in range(ROUNDS):
        one, two = (world.purchase(line("TEA", 90, 3), number=f"R{round_}-{place}") for place in range(2))
        backs = [world.coming_back(line("TEA", 0), of=sold) for sold in (one, two)]
        world.post(one, two, *backs)
        crossing = [
            [world.coming_back(line("TEA", 0), of=sold), world.annul(CancelReturn, back)]
            for sold, back in ((one, backs[1]), (two, backs[0]))
        ]
        answers = at_once(*(lambda batch=batch: world.post(*batch) for batch in crossing))  # type: ignore[misc]
        assert [kinds([each]) for answer in answers for each in answer] == [["Accepted"]] * 4, answers
        assert world.holds() == 120 * (round_ + 1)
    assert world.differences() == []


def test_moving_a_receipt_against_its_return(world: World) -> None:
    for round_ in range(ROUNDS):
        wrong, right = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1, riyals=40)
        answers = at_once(
            lambda w=wrong, r=right: world.do(MoveReceipt, receipt=("till", "", f"R-{w}"), to=r),  # type: ignore[misc]
            lambda w=wrong: world.bring_back(line("TEA", 0, 2), of=f"R-{w}", member=w),  # type: ignore[misc]
            lambda w=wrong: world.bring_back(line("TEA", 0, 2), member=w),  # type: ignore[misc]
        )
        no_errors(answers)
        assert answers[0].slip.points in (-100, -50, 0)
        assert world.holds(wrong) == 0
        assert world.holds(right) in (40, 40 + 50)
    assert world.differences() == []


def test_a_receipt_is_claimed_once(world: World) -> None:
    for round_ in range(ROUNDS):
        world.buy(line("TEA", 90, 3), number=f"N{round_}", member=None)
        one, two = somebody(world, 2 * round_), somebody(world, 2 * round_ + 1)
        answers = at_once(
            *(
                lambda m=member, n=f"N{round_}": world.do(ClaimReceipt, receipt=("till", "", n), member=m)  # type: ignore[misc]
                for member in (one, two)
            ),
            lambda n=f"N{round_}": world.bring_back(line("TEA", 0), of=n, member=None),  # type: ignore[misc]
        )
        assert kinds(answers) == ["Accepted", "Posted", "Refused"]
        assert sorted((world.holds(one), world.holds(two))) == [100, 160]
    assert world.differences() == []


def test_closing_against_a_purchase(world: World) -> None:
    for round_ in range(ROUNDS):
        member = somebody(world, round_)
        answers = at_once(
            lambda m=member: world.do(CloseMember, member=m),  # type: ignore[misc]
            lambda m=member: world.buy(line("CUP", 10), member=m),  # type: ignore[misc]
            lambda m=member: world.do(Redeem, member=m, points=20),  # type: ignore[misc]
        )
        no_errors(answers)
        wallet = world.wallet(member)
        assert (wallet.available, wallet.debt, wallet.status) == (0, 0, "closed")
    assert world.differences() == []


def test_rival_33_ten_thousand_transfers_between_random_pairs_never_lock_up() -> None:
    """In batches of 100, four tills at once, both ways between any two of 200 wallets; none is lost, none is made."""
    members = [f"m{place}" for place in range(200)]
    world = World(GENEROUS, members=members)
    world.post(*(world.ask(Adjust, member=member, points=1_000) for member in members))
    statistics.refresh()
    per_till, size = 2_500, 100

    def till(place: int) -> int:
        chance = random.Random(place)
        carried_out = 0
        for batch in range(per_till // size):
            pairs = [chance.sample(members, 2) for _ in range(size)]
            commands = [
                world.ask(Transfer, key=f"T{place}-{batch}-{each}", member=one, to=two, points=chance.randint(1, 40))
                for each, (one, two) in enumerate(pairs)
            ]
            carried_out += sum(isinstance(outcome, Posted) for outcome in post(world.id, commands, TILL))
        return carried_out

    answers = at_once(*(lambda place=place: till(place) for place in range(4)), seconds=120)  # type: ignore[misc]
    no_errors(answers)
    assert sum(answers) > 9_000
    assert Entry.objects.of(world.id).filter(kind="transfer_in").count() == sum(answers)
    assert sum(world.holds(member) for member in members) == 200_000
    statistics.refresh()
    assert world.differences() == []
