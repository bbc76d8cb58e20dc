"""Balances: now and at any instant of the past, whether or not a job has run."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.world import GENEROUS, HALF_A_YEAR, NOON, OPENING, PLAIN, World, line
from wafa.core.commands import (
    Adjust,
    CancelRedemption,
    CloseMember,
    MergeMembers,
    OpenBalance,
    OpeningLot,
    PlaceHold,
    Redeem,
    Transfer,
    UndoMerge,
)
from wafa.core.outcomes import Outcome, Posted
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.settle import settle_due
from wafa.queries.balances import Balance, balances

BASE = PLAIN["rules"][0]
CUPS = {"kind": "per_unit", "code": "cups", "items": ["CUP"], "points": 7, "name": {"en": "Cups"}}


def riyadh(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """An instant of 2011 by the clocks of Riyadh, three hours ahead of London."""
    return datetime(2011, month, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=3)


def at(world: World, instant: datetime | None = None, member: str = "amal") -> Balance:
    """One member's balance."""
    return next(balance for balance in balances(world.merchant, instant) if balance.member == member)


def row(member: str = "amal", tier: str = "", **figures: int) -> Balance:
    """A balance of nothing but these figures."""
    names = [field.name for field in fields(Balance) if field.name not in ("member", "tier")]
    return Balance(member=member, tier=tier, **{name: figures.pop(name, 0) for name in names}, **figures)


def adds_up(balance: Balance) -> bool:
    """What came less what went is what is there."""
    came = balance.accrued + balance.brought + balance.adjusted + balance.transferred
    came += balance.forgiven + balance.withheld
    gone = balance.clawed_back + balance.redeemed + balance.expired + balance.charged + balance.forfeited
    return came - gone == balance.available + balance.pending + balance.held - balance.debt


def test_the_docstring_says_what_is_tested() -> None:
    said = " ".join((Balance.__doc__ or "").split())
    assert "accrued + brought + adjusted + transferred + forgiven + withheld - clawed_back - redeemed" in said
    assert "- expired - charged - forfeited = available + pending + held - debt" in said


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
    figures = {"clawed_back": clawed_back, "expired": expired, "qualifying": qualifying}
    expected = row(tier=tier, available=available, accrued=accrued, **figures)
    assert at(shop, instant) == expected
    assert adds_up(expected)


def test_the_job_changes_no_balance_of_any_time(shop: World) -> None:
    instants = [instant for instant, *_ in BY_HAND]
    before = [at(shop, instant) for instant in instants]
    shop.stand_at(riyadh(12, 31))
    assert settle_due(shop.merchant) == 20
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
    days = [at(world, riyadh(1, day)) for day in range(1, 6)]
    assert [(day.available, day.debt, day.accrued, day.clawed_back, day.redeemed) for day in days] == [
        (100, 0, 100, 0, 0),
        (0, 0, 100, 0, 100),
        (0, 100, 100, 100, 100),
        (0, 30, 170, 100, 100),
        (40, 0, 240, 100, 100),
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
    assert list(balances(world.merchant)) == [row()]


def test_other_merchants_are_not_in_it(world: World) -> None:
    other = World(members=("amal", "bilal"))
    other.buy()
    assert list(balances(world.merchant)) == [row()]


def test_more_rows_than_one_fetch() -> None:
    world = World(members=())
    world.enrol(*(f"{number:05}" for number in range(4500)))
    assert [balance.member for balance in balances(world.merchant)] == [f"{number:05}" for number in range(4500)]


def id_of(outcome: Outcome) -> UUID:
    """What a later request calls it by."""
    assert isinstance(outcome, Posted), outcome
    return outcome.slip.id


def test_each_account_has_its_figure() -> None:
    world = World(GENEROUS | {"transfers": {"fee_percent": 10}}, members=("amal", "bilal", "chadi"))
    lots = (OpeningLot(300), OpeningLot(50, riyadh(5, 31).date()))
    world.do(OpenBalance, lots=lots, qualifying=7)
    world.do(Adjust, points=20)
    world.do(Adjust, points=-5)
    world.do(Transfer, to="bilal", points=100)
    world.do(Redeem, points=30)
    world.do(PlaceHold, points=15)
    world.do(CloseMember, member="bilal")
    amal = row(available=160, held=15, redeemed=30, expired=50, brought=350, adjusted=15, transferred=-100)
    assert at(world) == replace(amal, charged=10, qualifying=7, tier="bronze")
    assert at(world, member="bilal") == row("bilal", transferred=100, forfeited=100)
    assert all(adds_up(balance) for balance in balances(world.merchant))


@pytest.mark.parametrize(("policy", "figure"), [("forgive", "forgiven"), ("refuse", "withheld")])
def test_points_that_are_nowhere_to_be_found(policy: str, figure: str) -> None:
    world = World(GENEROUS | {"debt": policy})
    world.buy(line("TEA", 100), number="R1")
    world.spend(60)
    world.bring_back(line("TEA", 0), of="R1", withheld_minor=600)
    expected = {"accrued": 100, "redeemed": 60, "clawed_back": 100, figure: 60}
    assert at(world) == row(tier="bronze", **expected)


def test_pending_points_are_available_when_their_time_has_come_job_or_no_job() -> None:
    world = World(HALF_A_YEAR | {"available": {"kind": "after_days", "days": 14}})
    world.buy(line("TEA", 100), at=riyadh(6, 1))
    before, after = at(world, riyadh(6, 14, 23, 59, 59)), at(world, riyadh(6, 15, 0, 0))
    assert (before.available, before.pending) == (0, 100)
    assert (after.available, after.pending) == (100, 0)
    world.stand_at(riyadh(7, 1))
    settle_due(world.merchant)
    assert (at(world, riyadh(6, 14, 23, 59, 59)), at(world, riyadh(6, 15, 0, 0))) == (before, after)


def test_pending_points_pay_what_is_owed_when_their_time_has_come() -> None:
    world = World(HALF_A_YEAR | {"rules": [BASE, CUPS | {"available": {"kind": "after_days", "days": 14}}]})
    world.buy(line("TEA", 100), number="R1", at=riyadh(6, 1))
    world.now = riyadh(6, 1)
    world.spend(100)
    world.buy(line("CUP", 0, 10), at=riyadh(6, 1))
    world.bring_back(line("TEA", 0), of="R1", at=riyadh(6, 2), number="B1")
    assert [(b.debt, b.pending, b.available) for b in (at(world, riyadh(6, 2)), at(world, riyadh(6, 15)))] == [
        (30, 0, 0),
        (30, 0, 0),
    ]
    world.buy(line("CUP", 0, 10), at=riyadh(6, 3))
    assert [(b.debt, b.pending, b.available) for b in (at(world, riyadh(6, 3)), at(world, riyadh(6, 17)))] == [
        (30, 70, 0),
        (0, 0, 40),
    ]


def test_a_hold_that_has_run_out_is_given_back_job_or_no_job() -> None:
    world = World(GENEROUS)
    world.buy(line("TEA", 100), at=riyadh(1, 10), number="R1")
    world.do(PlaceHold, at=riyadh(7, 10, 23, 0), points=40, minutes=30)
    world.do(PlaceHold, at=riyadh(7, 10, 23, 0), points=10, minutes=90)
    moments = [riyadh(7, 10, 23, 29, 59), riyadh(7, 10, 23, 30), riyadh(7, 11, 0, 0), riyadh(7, 11, 0, 30)]
    expected = [(50, 50, 0), (90, 10, 0), (0, 10, 90), (0, 0, 100)]
    assert [(b.available, b.held, b.expired) for b in (at(world, moment) for moment in moments)] == expected
    world.stand_at(riyadh(8, 1))
    settle_due(world.merchant)
    assert [(b.available, b.held, b.expired) for b in (at(world, moment) for moment in moments)] == expected


@pytest.mark.parametrize("policy", ["debt", "forgive"])
@pytest.mark.parametrize("merged", [False, True])
def test_what_a_hold_gives_back_undoes_what_was_given_in_its_place(policy: str, merged: bool) -> None:
    """100 are held and come back: 40 of another lot's give for them, 60 are owed (or forgiven). Then time is over."""
    world = World(GENEROUS | {"debt": policy}, members=("amal", "bilal"))
    world.buy(line("TEA", 100), number="R1", at=riyadh(6, 1))
    world.do(PlaceHold, at=riyadh(6, 1), points=100, minutes=60)
    world.buy(line("CUP", 40), number="R2", at=riyadh(6, 1))
    world.bring_back(line("TEA", 0), of="R1", at=riyadh(6, 1, 12, 30))
    if merged:
        world.do(MergeMembers, at=riyadh(6, 1, 12, 40), member="amal", into="bilal")
    member = "bilal" if merged else "amal"

    def told(minute: int) -> tuple[int, ...]:
        balance = at(world, riyadh(6, 1, 12 + minute // 60, minute % 60), member)
        return balance.available, balance.held, balance.debt, balance.clawed_back, balance.forgiven

    owed, forgiven = (60, 0) if policy == "debt" else (0, 60)
    assert told(59) == (0, 100, owed, 100, forgiven)
    assert told(60) == (40, 0, 0, 100, 0)
    world.stand_at(riyadh(6, 2))
    settle_due(world.merchant)
    assert told(59) == (0, 100, owed, 100, forgiven)
    assert told(60) == (40, 0, 0, 100, 0)


def test_a_last_day_that_a_cancelled_redemption_moved_changes_nothing_of_before() -> None:
    world = World(HALF_A_YEAR | {"redemption": {"restored": {"kind": "grace", "days": 30}}})
    world.buy(line("TEA", 100), at=riyadh(1, 10))
    redeemed = id_of(world.do(Redeem, at=riyadh(1, 11), points=30))
    instants = [riyadh(7, 10), riyadh(7, 11), riyadh(7, 20)]
    expected = [(70, 0), (0, 70), (0, 70)]
    assert [(b.available, b.expired) for b in (at(world, instant) for instant in instants)] == expected
    world.do(CancelRedemption, at=riyadh(7, 21), redemption=redeemed)
    assert [(b.available, b.expired) for b in (at(world, instant) for instant in instants)] == expected
    assert (at(world, riyadh(8, 20)).available, at(world, riyadh(8, 21)).available) == (30, 0)


def test_a_last_day_that_activity_moved_changes_nothing_of_before() -> None:
    world = World(PLAIN | {"expiry": {"kind": "inactivity", "months": 1}})
    world.buy(line("TEA", 100), at=riyadh(1, 10))
    world.do(PlaceHold, at=riyadh(2, 10, 23, 0), points=40, minutes=1440)
    instants = [riyadh(2, 10, 23, 0), riyadh(2, 11, 0, 0)]
    expected = [(60, 40, 0), (0, 40, 60)]
    assert [(b.available, b.held, b.expired) for b in (at(world, instant) for instant in instants)] == expected
    world.buy(line("TEA", 5), at=riyadh(2, 11))  # also what is held lives on
    assert [(b.available, b.held, b.expired) for b in (at(world, instant) for instant in instants)] == expected
    assert (at(world, riyadh(3, 11)).available, at(world, riyadh(3, 12, 0, 0)).available) == (45, 0)


def test_who_was_merged_has_no_row_and_the_survivors_is_about_both() -> None:
    world = World(GENEROUS, members=("amal", "bilal", "chadi"))
    world.buy(line("TEA", 100), member="amal", at=riyadh(1, 1))
    world.buy(line("TEA", 40), member="bilal", at=riyadh(1, 2))
    world.buy(line("TEA", 3), member="chadi", at=riyadh(1, 2))
    world.do(MergeMembers, at=riyadh(1, 3), member="chadi", into="bilal")
    merge = id_of(world.do(MergeMembers, at=riyadh(1, 4), member="bilal", into="amal"))
    world.do(UndoMerge, at=riyadh(1, 5), merge=merge)

    def told(day: int) -> dict[str, tuple[int, int, int]]:
        rows = balances(world.merchant, riyadh(1, day))
        return {balance.member: (balance.accrued, balance.transferred, balance.available) for balance in rows}

    assert told(2) == {"amal": (100, 0, 100), "bilal": (40, 0, 40), "chadi": (3, 0, 3)}
    assert told(3) == {"amal": (100, 0, 100), "bilal": (43, 0, 43)}
    assert told(4) == {"amal": (143, 0, 143)}
    assert told(5) == {"amal": (100, 0, 100), "bilal": (43, 0, 43)}


def test_a_unit_of_its_own() -> None:
    world = World(GENEROUS, members=("amal", "bilal"))
    world.buy(line("TEA", 100))
    world.do(Adjust, points=3, unit="stamps")
    assert list(balances(world.merchant, unit="stamps")) == [row(available=3, adjusted=3)]
    assert list(balances(world.merchant, unit="credit")) == []
    assert at(world).available == 100
