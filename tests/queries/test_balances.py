"""Balances: now and at any instant of the past, whether or not a job has run."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, OPENING, World, line
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.expire_lots import expire_due_lots
from wafa.queries.balances import Balance, balances


def riyadh(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """An instant of 2011 by the clocks of Riyadh, three hours ahead of London."""
    return datetime(2011, month, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=3)


def at(world: World, instant: datetime | None = None, member: str = "amal") -> Balance:
    """One member's balance."""
    return next(balance for balance in balances(world.merchant, instant) if balance.member == member)


def adds_up(balance: Balance) -> bool:
    """What came less what went is what is there."""
    gone = balance.clawed_back + balance.redeemed + balance.expired
    return balance.accrued - gone == balance.available + balance.pending + balance.held - balance.debt


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """100 points in January, 60 in March, of which 40 come back; the January goods come back after their points ran
    out; then nothing more happens."""
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="JAN", at=riyadh(1, 10))
    world.buy(line("TEA", 60, 3), number="MAR", at=riyadh(3, 1))
    world.bring_back(line("TEA", 0, 2), of="MAR", at=riyadh(3, 5))
    world.bring_back(line("TEA", 0), of="JAN", at=riyadh(7, 20))
    return world


# available, accrued, clawed back, expired, qualifying: worked out by hand.
BY_HAND = [
    (riyadh(1, 10, 11, 59, 59), 0, 0, 0, 0, 0),
    (riyadh(1, 10), 100, 100, 0, 0, 100),
    (riyadh(2, 28), 100, 100, 0, 0, 100),
    (riyadh(3, 1), 160, 160, 0, 0, 160),
    (riyadh(3, 5, 11, 59, 59), 160, 160, 0, 0, 160),
    (riyadh(3, 5), 120, 160, 40, 0, 120),
    (riyadh(7, 10, 23, 59, 59), 120, 160, 40, 0, 120),
    # The last day of the January points is over: no job has run, and still they are gone.
    (riyadh(7, 11, 0, 0, 0), 20, 160, 40, 100, 120),
    # The goods come back: the points that ran out answer; the tier's are taken.
    (riyadh(7, 20), 20, 160, 40, 100, 20),
    (riyadh(9, 1, 23, 59, 59), 20, 160, 40, 100, 20),
    (riyadh(9, 2, 0, 0, 0), 0, 160, 40, 120, 20),
    (riyadh(12, 31), 0, 160, 40, 120, 20),
]


@pytest.mark.parametrize(("instant", "available", "accrued", "clawed_back", "expired", "qualifying"), BY_HAND)
def test_worked_by_hand(
    shop: World, instant: datetime, available: int, accrued: int, clawed_back: int, expired: int, qualifying: int
) -> None:
    tier = "bronze" if accrued else ""
    expected = Balance("amal", available, 0, 0, 0, accrued, clawed_back, 0, expired, qualifying, tier)
    assert at(shop, instant) == expected
    assert adds_up(expected)


def test_the_job_changes_no_balance_of_any_time(shop: World) -> None:
    instants = [instant for instant, *_ in BY_HAND]
    before = [at(shop, instant) for instant in instants]
    shop.stand_at(riyadh(12, 31))
    assert expire_due_lots(shop.merchant) == 20
    assert [at(shop, instant) for instant in instants] == before
    assert at(shop) == before[-1]


def test_without_an_instant_it_is_the_merchants_clock() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 70))
    assert at(world).available == 70
    world.stand_at(NOON + timedelta(days=365))
    assert (at(world).available, at(world).expired) == (0, 70)
    assert world.wallet().available == 70


def test_debt_and_its_payment() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1", at=riyadh(1, 1))
    world.now = riyadh(1, 2)
    world.spend(100, number="R1")
    world.bring_back(line("TEA", 0), of="R1", at=riyadh(1, 3))
    world.buy(line("TEA", 70), at=riyadh(1, 4))
    world.buy(line("TEA", 70), at=riyadh(1, 5))
    seen = [(b.available, b.debt, b.accrued, b.clawed_back) for b in (at(world, riyadh(1, day)) for day in range(1, 6))]
    assert seen == [
        (100, 0, 100, 0),
        (0, 0, 100, 100),
        (0, 100, 100, 200),
        (0, 30, 170, 200),
        (40, 0, 240, 200),
    ]


def test_the_tier_of_then() -> None:
    world = World()
    for day, riyals in ((1, 10), (2, 990), (3, 4000)):
        world.buy(line("TEA", riyals), number=f"R{day}", at=riyadh(1, day))
    world.bring_back(line("TEA", 0), of="R3", at=riyadh(1, 4))
    assert [at(world, riyadh(1, day)).tier for day in range(1, 5)] == ["bronze", "silver", "gold", "silver"]
    assert at(world, OPENING).tier == ""


def test_who_had_joined_by_then_in_the_order_of_numbers() -> None:
    world = World(members=())
    numbers = ["10", "9", "a", "B", "ب", "é", "Z"]
    enrol(world.id, [NewMember(number, NOON) for number in numbers])
    enrol(world.id, [NewMember("late", NOON + timedelta(days=1))])
    found = [balance.member for balance in balances(world.merchant, NOON)]
    assert found == sorted(numbers)
    assert "late" in [balance.member for balance in balances(world.merchant, NOON + timedelta(days=1))]
    assert list(balances(world.merchant, NOON - timedelta(seconds=1))) == []


def test_a_member_with_nothing_has_a_row_of_nothing(world: World) -> None:
    assert list(balances(world.merchant)) == [Balance("amal", 0, 0, 0, 0, 0, 0, 0, 0, 0, "")]


def test_other_merchants_are_not_in_it(world: World) -> None:
    other = World(members=("amal", "bilal"))
    other.buy()
    assert list(balances(world.merchant)) == [Balance("amal", 0, 0, 0, 0, 0, 0, 0, 0, 0, "")]


def test_more_rows_than_one_fetch() -> None:
    world = World(members=())
    world.enrol(*(f"{number:05}" for number in range(4500)))
    assert [balance.member for balance in balances(world.merchant)] == [f"{number:05}" for number in range(4500)]


@pytest.mark.parametrize("seed", range(4))
def test_it_adds_up_at_every_moment_of_a_random_history(seed: int) -> None:
    chance = random.Random(seed)
    world = World(HALF_A_YEAR, members=("amal", "bilal"))
    sold: list[tuple[str, str]] = []
    instants = []
    for step in range(40):
        world.stand_at(OPENING + timedelta(days=8 * step, minutes=chance.randrange(999)))
        instants.append(world.now)
        member, deed = chance.choice(("amal", "bilal")), chance.random()
        if deed < 0.5 or not sold:
            number = f"S{step}"
            world.buy(line("TEA", chance.randrange(1, 500), 4), member=member, number=number)
            sold.append((member, number))
        elif deed < 0.65:
            owner, number = chance.choice(sold)
            expire_due_lots(world.merchant)
            if rest := world.rest(number):
                world.spend(chance.randrange(rest) + 1, number=number, member=owner)
        elif deed < 0.9:
            world.bring_back(line("TEA", 0, chance.randrange(1, 4)), member=member)
        else:
            expire_due_lots(world.merchant)
    for instant in (*instants, *(each + timedelta(days=3) for each in instants)):
        for balance in balances(world.merchant, instant):
            assert adds_up(balance), (instant, balance)
            assert min(balance.available, balance.debt) == 0
            assert min(balance.available, balance.expired, balance.accrued, balance.clawed_back) >= 0
    assert world.differences() == []
