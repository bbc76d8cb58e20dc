"""At the same moment, many times over: nothing counts twice, nothing is lost, nobody waits for ever."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from tests.concurrency.at_once import at_once, kinds
from tests.db import query
from tests.world import HALF_A_YEAR, NOON, PLAIN, TILL, World, line
from wafa.core.outcomes import Accepted, Duplicate, Refused
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.post import post
from wafa.operations.settle import settle_due
from wafa.store import statistics
from wafa.store.models import Document, DocumentLine, Member, OutboxEvent, Wallet

LATE = NOON + timedelta(days=200)


@pytest.fixture
def world() -> World:
    """A point for each riyal, good for half a year."""
    return World(HALF_A_YEAR)


def returned(world: World, number: str) -> int:
    """Pieces of a receipt that came back."""
    return DocumentLine.objects.of(world.id).get(document__number=number).returned_milli // 1000


def test_rival_01_the_same_receipt_from_four_tills_counts_once(world: World) -> None:
    for round_ in range(1, 13):
        purchase = world.purchase(line("TEA", 100))
        answers = at_once(*[lambda purchase=purchase: world.post(purchase)[0]] * 4)  # type: ignore[misc]
        assert kinds(answers) == ["Accepted", "Duplicate", "Duplicate", "Duplicate"]
        slips = [answer.slip if isinstance(answer, Accepted) else answer.first for answer in answers]
        assert slips == [slips[0]] * 4
        assert world.holds() == 100 * round_
    assert world.differences() == []


def test_the_same_number_with_other_content_counts_once(world: World) -> None:
    for _ in range(8):
        purchase = world.purchase(line("TEA", 100))
        other = replace(purchase, lines=(line("TEA", 70),))
        answers = at_once(lambda p=purchase: world.post(p), lambda p=other: world.post(p))  # type: ignore[misc]
        assert kinds(answers) == ["Accepted", "Refused"]
    assert world.differences() == []


def test_a_number_that_one_gives_back_goes_to_the_other(world: World) -> None:
    for _ in range(8):
        purchase = world.purchase(line("TEA", 100))
        refused = replace(purchase, member="nobody")
        answers = at_once(lambda p=refused: world.post(p), lambda p=purchase: world.post(p))  # type: ignore[misc]
        # Whichever came first: the refused one is either unknown by its member, or by its number.
        assert kinds(answers) == ["Accepted", "Refused"]
    assert Document.objects.of(world.id).count() == 8


def test_one_batch_in_two_orders_never_locks_up() -> None:
    chance = random.Random(5)
    members = [f"m{place}" for place in range(12)]
    world = World(HALF_A_YEAR, members=members)
    for round_ in range(12):
        world.post(*(world.purchase(line("TEA", 50, 5), member=m, number=f"{round_}-{m}") for m in members))
        batch = [world.purchase(line("CUP", 10), member=member) for member in members]
        batch += [world.coming_back(line("TEA", 0), of=f"{round_}-{member}", member=None) for member in members]
        batch += [world.coming_back(line("TEA", 0), member=member) for member in members]
        chance.shuffle(batch)
        mirrored = batch[::-1]
        answers = at_once(lambda b=batch: world.post(*b), lambda b=mirrored: world.post(*b))  # type: ignore[misc]
        assert [type(answer) for answer in answers] == [list, list], answers
        one, two = ({type(outcome) for outcome in answer} for answer in answers)
        assert {frozenset(one), frozenset(two)} == {frozenset({Accepted}), frozenset({Duplicate})}
    assert {world.holds(member) for member in members} == {12 * (50 + 10 - 20)}
    statistics.refresh()
    assert world.differences() == []


def test_batches_that_overlap_never_lock_up() -> None:
    members = [f"m{place}" for place in range(8)]
    world = World(PLAIN, members=members)
    for round_ in range(6):
        shared = [world.purchase(line("TEA", 10), member=member) for member in members]
        tills = []
        for till in range(4):
            own = [world.purchase(line("TEA", 1), member=member) for member in members]
            batch = shared + own
            random.Random(round_ * 10 + till).shuffle(batch)
            tills.append(lambda batch=batch: world.post(*batch))  # type: ignore[misc]
        answers = at_once(*tills)
        assert [type(answer) for answer in answers] == [list] * 4, answers
    assert {world.holds(member) for member in members} == {6 * (10 + 4)}
    statistics.refresh()
    assert world.differences() == []


@pytest.mark.parametrize("member", ["amal", None], ids=["member", "anonymous"])
def test_return_against_return_never_more_than_sold(world: World, member: str | None) -> None:
    for round_ in range(8):
        number = f"R{round_}"
        world.buy(line("TEA", 90, 3), number=number, member=member)
        answers = at_once(*[lambda n=number: world.bring_back(line("TEA", 0, 2), of=n, member=member)] * 3)  # type: ignore[misc]
        assert kinds(answers) == ["Accepted", "Refused", "Refused"]
        assert {answer.detail["left_milli"] for answer in answers if isinstance(answer, Refused)} == {1000}
        assert returned(world, number) == 2
    assert world.holds() == (8 * 30 if member else 0)
    assert world.differences() == []


def test_a_named_return_against_one_that_names_nothing(world: World) -> None:
    for round_ in range(8):
        number = f"R{round_}"
        world.buy(line("TEA", 90, 3), number=number)
        answers = at_once(
            lambda n=number: world.bring_back(line("TEA", 0, 2), of=n),  # type: ignore[misc]
            lambda: world.bring_back(line("TEA", 0, 2)),
        )
        assert kinds(answers) in (["Accepted", "Accepted"], ["Accepted", "Refused"])
        assert returned(world, number) in (2, 3)
        # What the first left over goes before the next round.
        world.bring_back(line("TEA", 0))
        assert (returned(world, number), world.holds()) == (3, 0)
    assert world.differences() == []


def test_a_sale_against_its_return(world: World) -> None:
    for _ in range(8):
        sold = world.purchase(line("TEA", 90))
        back = world.coming_back(line("TEA", 0), of=sold)
        at_once(lambda p=sold: world.post(p), lambda p=back: world.post(p))  # type: ignore[misc]
        # The return came too early, or just in time; sent again, it has its effect once.
        world.post(back)
        assert world.holds() == 0
    assert world.differences() == []


def test_expiry_against_return(world: World) -> None:
    members = [f"m{round_}" for round_ in range(8)]
    world.enrol(*members)
    for place, member in enumerate(members):
        # One wallet's points run out each day.
        at = NOON + timedelta(days=place)
        world.buy(line("TEA", 90, 3), number=f"R-{member}", member=member, at=at)
    for place, member in enumerate(members):
        world.stand_at(LATE + timedelta(days=place - 16))
        answers = at_once(
            lambda: settle_due(world.merchant),
            lambda m=member: world.bring_back(line("TEA", 0, 2), of=f"R-{m}", member=m),  # type: ignore[misc]
            lambda: settle_due(world.merchant),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        assert (world.wallet(member).available, world.wallet(member).debt) == (0, 0)
    assert world.differences() == []


def test_expiry_against_sale(world: World) -> None:
    world.buy(line("TEA", 500))
    world.stand_at(LATE)
    answers = at_once(
        lambda: settle_due(world.merchant),
        lambda: world.buy(line("TEA", 30)).slip.points,
        lambda: settle_due(world.merchant),
        lambda: world.buy(line("TEA", 40)).slip.points,
    )
    assert [answers[1], answers[3]] == [30, 40]
    assert answers[0] + answers[2] in (0, 500)
    assert world.holds() == 70
    assert world.differences() == []


def test_enrolling_the_same_members_in_any_order(world: World) -> None:
    numbers = [f"m{place}" for place in range(40)]
    for round_ in range(6):
        orders = []
        for till in range(4):
            order = [f"{round_}-{number}" for number in numbers]
            random.Random(till).shuffle(order)
            orders.append(lambda order=order: enrol(world.id, [NewMember(n, NOON) for n in order]))  # type: ignore[misc]
        answers = at_once(*orders)
        assert sum(answers) == len(numbers), answers
    assert Member.objects.of(world.id).count() == Wallet.objects.of(world.id).count() == 6 * 40 + 1
    assert OutboxEvent.objects.of(world.id).filter(kind="MemberEnrolled").count() == 6 * 40 + 1


def test_two_batches_bring_the_same_new_member(world: World) -> None:
    for round_ in range(6):
        new = f"new-{round_}"
        sales = [world.purchase(line("TEA", 10), member=new, branch=new) for _ in range(3)]
        answers = at_once(
            *(
                lambda sale=sale, new=new: post(world.id, [sale], TILL, enrol={new: NOON}, open_branches={new: new})  # type: ignore[misc]
                for sale in sales
            )
        )
        assert kinds(answers) == ["Accepted"] * 3, answers
        assert world.holds(new) == 30
    assert world.differences() == []


def test_rival_05_two_draws_on_one_balance_never_take_more_than_there_is(world: World) -> None:
    for round_ in range(5):
        member = f"m{round_}"
        world.enrol(member)
        for number in ("B", "C"):
            world.buy(line("SOAP", 80), member=member, number=f"{member}-{number}")
            world.spend(80, number=f"{member}-{number}", member=member)
        world.buy(line("TEA", 100), member=member, number=f"{member}-A")
        answers = at_once(
            *(lambda n=f"{member}-{n}": world.bring_back(line("SOAP", 0), of=n) for n in ("B", "C"))  # type: ignore[misc]
        )
        taken = [answer.slip.explanation["receipts"][0]["taken"] for answer in answers]
        assert sorted((each["other_lots"], each["debt"]) for each in taken) == [(20, 60), (80, 0)]
        assert (world.wallet(member).available, world.wallet(member).debt) == (0, 60)
    assert world.differences() == []


def test_rival_33_a_receipt_waits_for_nobody_elses(world: World) -> None:
    """A batch for Amal stays open: its neighbours in shop, branch, source, programme and day go on."""
    world.enrol("bilal")
    world.buy(line("TEA", 90, 3), member="bilal", number="R1", at=NOON - timedelta(days=300))
    world.buy(line("TEA", 90, 3), member="bilal", number="R2")

    def impatient(act):  # type: ignore[no-untyped-def]
        query("SET lock_timeout = '2s'")
        return act()

    with transaction.atomic():
        world.post(world.purchase(), world.coming_back(), world.purchase(member=None))
        answers = at_once(
            lambda: impatient(lambda: world.buy(member="bilal")),
            lambda: impatient(lambda: world.bring_back(line("TEA", 0), of="R2", member="bilal")),
            lambda: impatient(lambda: world.bring_back(line("TEA", 0), member="bilal")),
            lambda: impatient(lambda: world.buy(member=None)),
            lambda: impatient(lambda: world.enrol("chadi")),
            lambda: impatient(lambda: world.open("harbour")),
            lambda: impatient(lambda: settle_due(world.merchant)),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert world.differences() == []
