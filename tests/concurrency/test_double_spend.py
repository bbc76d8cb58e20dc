"""One balance, several tills: shown first without the lock, then with it."""

from __future__ import annotations

import pytest

from tests.concurrency.at_once import Meeting, at_once, kinds
from tests.concurrency.test_locks import WALLET_LOADED, WALLET_LOCK
from tests.world import GENEROUS, World, line
from wafa.core.commands import OpenBalance, OpeningLot, Redeem
from wafa.core.outcomes import Posted, Refused
from wafa.core.refusals import Refusal
from wafa.store.models import Entry

CARD_MINOR = 10_000
TILLS = 50


@pytest.fixture
def world() -> World:
    """Amal has 100 points."""
    world = World(GENEROUS)
    world.buy(line("TEA", 100), number="A")
    return world


def two_redemptions(world: World, without: str = "") -> list[object]:
    """Two tills redeem 60 of Amal's 100 points at the same moment."""
    meeting = Meeting(WALLET_LOADED)
    return at_once(*(meeting.join(lambda: world.do(Redeem, points=60), without) for _ in range(2)))


def spent(world: World) -> int:
    """Points that left by redemption."""
    return -sum(Entry.objects.of(world.id).filter(kind="redemption").values_list("points", flat=True))


@pytest.mark.usefixtures("sequences_may_repeat")
def test_rival_05_without_the_lock_one_balance_is_spent_twice(world: World) -> None:
    assert kinds(two_redemptions(world, without=WALLET_LOCK)) == ["Posted", "Posted"]
    assert (spent(world), world.wallet().available) == (120, 40)
    assert world.differences() != []


def test_rival_05_two_tills_one_balance(world: World) -> None:
    answers = two_redemptions(world)
    assert kinds(answers) == ["Posted", "Refused"]
    (refused,) = (answer for answer in answers if isinstance(answer, Refused))
    assert (refused.refusal, refused.detail) == (Refusal.INSUFFICIENT_POINTS, {"points": 60, "available": 40})
    assert (spent(world), world.wallet().available) == (60, 40)
    assert world.differences() == []


def test_rival_22_two_redemptions_at_once_twenty_five_times(world: World) -> None:
    members = [f"m{place}" for place in range(25)]
    world.enrol(*members)
    world.post(*(world.purchase(line("TEA", 1000), member=member) for member in members))
    for member in members:
        answers = at_once(*[lambda m=member: world.do(Redeem, member=m, points=910)] * 2)  # type: ignore[misc]
        assert kinds(answers) == ["Posted", "Refused"]
        assert world.holds(member) == 90
    assert world.differences() == []


def test_rival_23_what_was_quoted_is_looked_at_again(world: World) -> None:
    """Both tills have seen the balance before; what counts is what is there when the points are drawn."""
    quoted = [world.wallet().available for _ in range(2)]
    answers = at_once(*(lambda points=points: world.do(Redeem, points=points) for points in quoted))  # type: ignore[misc]
    assert kinds(answers) == ["Posted", "Refused"]
    assert world.holds() == 0


def test_rival_05_fifty_tills_one_gift_card(world: World) -> None:
    """A card of 100.00: each till takes 7.00 off it as often as it can; 14 payments fit, 2.00 stay."""
    world.do(OpenBalance, unit="credit", lots=(OpeningLot(CARD_MINOR // 2), OpeningLot(CARD_MINOR // 2)))
    waves = [at_once(*[lambda: world.do(Redeem, unit="credit", points=700)] * (TILLS // 5)) for _ in range(5)]
    answers = [answer for wave in waves for answer in wave]
    assert len([answer for answer in answers if isinstance(answer, Posted)]) == CARD_MINOR // 700
    assert {answer.refusal for answer in answers if isinstance(answer, Refused)} == {Refusal.INSUFFICIENT_POINTS}
    assert len(answers) == TILLS
    assert (spent(world), world.holds(unit="credit")) == (9_800, 200)
    assert world.differences() == []
