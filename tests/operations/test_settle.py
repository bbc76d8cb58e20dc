"""Expiry: what has passed its last day runs out, once, in batches, each merchant by its own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.core.commands import Settle
from wafa.core.outcomes import Settled
from wafa.operations import settle
from wafa.operations.settle import settle_due
from wafa.store.actor import Actor
from wafa.store.models import Lot

# In Riyadh the day after the last one, the 1st of December, begins at nine in the evening of the last one in London.
LAST_MOMENT = datetime(2011, 12, 1, 20, 59, 59, tzinfo=UTC)
TOO_LATE = datetime(2011, 12, 1, 21, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """A point for each riyal, good for half a year."""
    return World(HALF_A_YEAR)


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many wallets each batch of the job had; at most two lots are looked at for one."""
    sizes: list[int] = []
    post = settle.post

    def spy(merchant_id: object, commands: list[Settle], actor: Actor) -> object:
        sizes.append(len(commands[0].wallets or ()))
        return post(merchant_id, commands, actor)  # type: ignore[arg-type]

    monkeypatch.setattr(settle, "post", spy)
    monkeypatch.setattr(settle, "WALLETS_A_BATCH", 2)
    return sizes


def test_not_before_its_last_day_is_over_where_the_merchant_is(world: World) -> None:
    world.buy(line("TEA", 70), number="R1")
    assert Lot.objects.of(world.id).get().expires_on == date(2011, 12, 1)
    world.stand_at(LAST_MOMENT)
    assert settle_due(world.merchant) == 0
    world.stand_at(TOO_LATE)
    assert settle_due(world.merchant) == 70
    lot = Lot.objects.of(world.id).get()
    assert (lot.points, lot.remaining, lot.expired, lot.answered) == (70, 0, 70, 0)
    assert world.differences() == []


def test_the_entry_tells_which_lots(world: World) -> None:
    world.buy(line("TEA", 70), number="R1", occurred_at=NOON - timedelta(days=3))
    world.buy(line("TEA", 30), number="R2")
    world.stand_at(TOO_LATE)
    settle_due(world.merchant)
    entry = world.entries()[-1]
    assert (entry.kind, entry.points, entry.document_id, entry.sequence) == ("expiry", -100, None, 3)
    assert (entry.actor_kind, entry.actor_name) == ("job", "settle")
    assert (entry.occurred_at, entry.posted_at, entry.available_after) == (TOO_LATE, TOO_LATE, 0)
    assert [(lot["number"], lot["points"], lot["expires_on"]) for lot in entry.explanation["lots"]] == [
        ("R1", 70, "2011-11-29"),
        ("R2", 30, "2011-12-01"),
    ]


def test_once(world: World) -> None:
    world.buy()
    world.stand_at(TOO_LATE)
    assert settle_due(world.merchant) == 100
    before = world.rows()
    assert settle_due(world.merchant) == 0
    assert world.rows() == before


def test_what_does_not_expire_stays(world: World) -> None:
    world.buy(line("TEA", 70))
    world.stand_at(TOO_LATE - timedelta(hours=1))
    world.buy(line("TEA", 30))
    world.stand_at(TOO_LATE)
    assert settle_due(world.merchant) == 70
    assert (world.wallet().available, world.wallet().qualifying) == (30, 100)


def test_in_batches_until_nothing_is_due(world: World, batches: list[int]) -> None:
    numbers = [f"m{number}" for number in range(5)]
    world.enrol(*numbers)
    world.post(*(world.purchase(line("TEA", 10), member=number) for number in [*numbers, "m0", "m0"]))
    world.stand_at(TOO_LATE)
    assert settle_due(world.merchant, Actor("user", "noura")) == 70
    assert all(1 <= size <= 2 for size in batches)
    assert sum(batches) == 5
    assert {len(world.entries(number)) for number in numbers[1:]} == {2}
    assert world.entries("m1")[-1].actor_name == "noura"
    assert world.differences() == []


def test_other_merchants_have_their_own_day(world: World) -> None:
    other = World(HALF_A_YEAR)
    for each in (world, other):
        each.buy()
    world.stand_at(TOO_LATE)
    assert settle_due(world.merchant) == 100
    assert other.holds() == 100


def test_another_merchants_wallet_is_nobodys(world: World) -> None:
    other = World(HALF_A_YEAR)
    other.buy()
    (outcome,) = world.post(Settle(at=TOO_LATE, wallets=(other.wallet().id,)))
    assert outcome == Settled(0, ())
    assert other.holds() == 100


def test_only_the_wallets_that_are_named(world: World) -> None:
    world.enrol("bilal")
    world.buy(), world.buy(member="bilal")
    (outcome,) = world.post(Settle(at=TOO_LATE, wallets=(world.wallet("bilal").id,)))
    assert outcome.expired == 100
    assert (world.holds(), world.holds("bilal")) == (100, 0)


def test_all_that_is_due_where_none_are_named(world: World) -> None:
    world.enrol("bilal")
    world.buy(), world.buy(member="bilal")
    assert world.expire(TOO_LATE).expired == 200


def test_whoever_touches_the_wallet_first_lets_it_expire(world: World) -> None:
    world.buy(line("TEA", 70))
    world.now = TOO_LATE
    bought = world.buy(line("TEA", 5))
    assert [(entry.kind, entry.points) for entry in world.entries()] == [
        ("accrual", 70),
        ("expiry", -70),
        ("accrual", 5),
    ]
    assert bought.slip.after["available"] == 5
    assert world.expire().expired == 0


def test_in_a_batch_each_by_its_own_instant(world: World) -> None:
    bought = world.purchase(line("TEA", 70))
    outcomes = world.post(
        bought,
        Settle(at=LAST_MOMENT),
        world.purchase(line("TEA", 5), at=LAST_MOMENT),
        Settle(at=TOO_LATE),
        Settle(at=TOO_LATE),
        world.coming_back(line("TEA", 0), of=bought, at=TOO_LATE),
    )
    assert [outcome.expired for outcome in (outcomes[1], outcomes[3], outcomes[4])] == [0, 70, 0]
    assert outcomes[5].slip.points == 0
    assert world.holds() == 5
    assert world.differences() == []
