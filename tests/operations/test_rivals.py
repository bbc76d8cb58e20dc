"""Faults that users of other loyalty systems reported, as far as sales, returns and expiry can meet them.

Those of spending are in test_rivals_spending.py, those of two tills at once in tests/concurrency, those about what is
read in test_loading.py, those about what is stored in tests/store. These wait for their feature:

    13  cards loaded into the browser: the till and its look-up (what a batch reads is in test_loading.py)
    16  whoever quotes a phone number spends the points: phones as a means of identification, and who may spend
    19  Arabic and Persian digits at the till: the till (what the pages do is in tests/web/wording/test_normalise.py)
    20  buying a gift card earns points: gift cards as goods (what earns nothing by its code is below)
    21  a reward is given back when the goods come back: rewards as goods (cancelling what they cost is there)
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, PLAIN, World, line
from wafa.core.commands import Line
from wafa.core.outcomes import Accepted, Duplicate
from wafa.core.refusals import Refusal
from wafa.operations.settle import settle_due
from wafa.store.models import Document, Lot

YEAR = timedelta(days=365)


@pytest.mark.parametrize("times", [1, 5])
def test_rival_01_the_same_receipt_synced_again_earns_once(world: World, times: int) -> None:
    purchase = world.purchase(line("TEA", 100))
    (first,) = world.post(purchase)
    for minute in range(times):
        again = replace(purchase, at=NOON + timedelta(minutes=minute))
        assert world.post(again, again) == [Duplicate(first.slip)] * 2
    assert world.holds() == 200
    assert Document.objects.of(world.id).count() == 1


def test_rival_02_bought_and_returned_again_and_again_leaves_nothing(world: World) -> None:
    for _ in range(4):
        bought = world.purchase(line("TEA", 1200, 2), line("85123A", 40, 3))
        world.post(bought)
        world.bring_back(line("TEA", 0), of=bought)
        world.bring_back(line("85123A", 0, 3), line("TEA", 0))
    wallet = world.wallet()
    assert (wallet.available, wallet.debt, wallet.qualifying, wallet.tier) == (0, 0, 0, "bronze")
    assert world.differences() == []


def test_rival_02_bought_spent_and_returned_is_owed() -> None:
    world = World(PLAIN)
    for round_ in range(1, 4):
        world.buy(line("TEA", 100), number=f"R{round_}")
        if round_ == 1:
            world.spend(100, number="R1")
        world.bring_back(line("TEA", 0), of=f"R{round_}")
        assert world.holds() == -100
    assert world.differences() == []


def test_rival_03_a_refund_takes_its_points_once(world: World) -> None:
    world.buy(line("TEA", 100), number="R1")
    back = world.coming_back(line("TEA", 0), of="R1")
    outcomes = [*world.post(back), *world.post(back), world.bring_back(line("TEA", 0), of="R1")]
    assert [type(outcome) for outcome in outcomes[:2]] == [Accepted, Duplicate]
    assert outcomes[2].refusal == Refusal.RETURNED_MORE_THAN_LEFT
    assert world.holds() == 0


def test_rival_03_a_partial_refund_takes_the_right_number(world: World) -> None:
    world.buy(line("TEA", 2000), number="R0")
    silver = world.buy(line("TEA", 333, 9), line("CUP", 50), number="R1")
    assert silver.slip.points == 383 + 95
    before, taken = world.holds(), []
    for _ in range(9):
        taken.append(-world.bring_back(line("TEA", 0), of="R1").slip.points)
    assert sum(taken) == 383 + 95 - (50 + 12)
    assert world.holds() == before - sum(taken)
    assert max(taken) - min(taken) <= 2


def test_rival_06_what_was_spent_does_not_expire_again() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    world.spend(60, number="R1")
    world.buy(line("TEA", 30), number="R2", at=NOON + timedelta(days=90))
    world.stand_at(NOON + timedelta(days=200))
    assert settle_due(world.merchant) == 40
    assert (world.wallet().available, world.wallet().debt) == (30, 0)
    world.stand_at(NOON + timedelta(days=400))
    assert settle_due(world.merchant) == 30
    assert world.holds() == 0
    assert world.differences() == []


def test_rival_07_every_lot_expires_wherever_it_came_from(world: World) -> None:
    world.buy(line("TEA", 10), source="web", channel="app", tags=("gift",))
    world.buy(line("85123A", 20, 4), branch="airport")
    world.buy(line("TEA", 1000), period="2011", occurred_at=NOON - timedelta(days=40))
    world.buy(line("POST", 9))
    world.stand_at(NOON + timedelta(days=184))
    assert settle_due(world.merchant) == 110 + 40 + 1000
    assert world.holds() == 0
    assert not Lot.objects.of(world.id).filter(remaining__gt=0).exists()


def test_rival_10_the_tier_is_by_what_qualifies_not_by_the_balance(world: World) -> None:
    world.buy(line("TEA", 1000), number="R1")
    world.spend(1000, number="R1")
    assert world.buy(line("TEA", 8)).slip.points == 8 + 2
    world.stand_at(NOON + YEAR)
    settle_due(world.merchant)
    assert (world.wallet().available, world.wallet().tier, world.wallet().qualifying) == (0, "silver", 1008)
    assert world.buy(line("TEA", 8)).slip.tier == "silver"


def test_rival_10_the_tier_is_the_one_that_was_reached(world: World) -> None:
    tiers = [world.buy(line("TEA", riyals)).slip.tier for riyals in (999, 1, 3999, 1)]
    assert tiers == ["bronze", "silver", "silver", "gold"]


def test_rival_11_what_is_returned_keeps_its_history(world: World) -> None:
    world.buy(line("TEA", 100), number="R1")
    before = world.rows()
    world.bring_back(line("TEA", 0), of="R1")
    for table in ("document", "entry", "posting", "document_number", "outbox_event"):
        assert before[table] < world.rows()[table]
    assert [(entry.kind, entry.points) for entry in world.entries()] == [("accrual", 200), ("clawback", -200)]


def test_rival_12_every_entry_says_why(world: World) -> None:
    world.buy(line("TEA", 1000), number="R1")
    world.buy(line("TEA", 60), line("85123A", 40, 2), number="R2")
    world.bring_back(line("85123A", 0), of="R2")
    world.expire(NOON + YEAR)
    told = 0
    for entry in world.entries():
        why = entry.explanation
        parts = {
            "accrual": [award["points"] for award in why.get("awards", [])],
            "clawback": [award["points"] for each in why.get("receipts", []) for award in each["awards"]],
            "expiry": [-lot["points"] for lot in why.get("lots", [])],
        }[entry.kind]
        assert sum(parts) == entry.points
        assert all(award["figures"] for award in why.get("awards", []) if award["rule"] != "welcome")
        told += sum(parts)
        assert told == entry.available_after - entry.debt_after
    assert told == world.holds() == 0


def test_rival_20_gift_cards_and_postage_earn_nothing(world: World) -> None:
    bought = world.buy(line("gift_0001_50", 50), line("POST", 5), line("TEA", 7))
    assert bought.slip.explanation["awards"][0]["figures"]["eligible_minor"] == 700
    assert world.wallet().qualifying == 7


@pytest.mark.parametrize(
    "bad", [Line("TEA", -1000, 100), Line("TEA", 1000, -100), Line("TEA", -1000, -100), Line("TEA", 0, 100)], ids=str
)
def test_rival_20_nothing_below_zero_is_taken(world: World, bad: Line) -> None:
    before = world.rows()
    for outcome in (world.buy(bad), world.buy(line("TEA", 5), bad), world.bring_back(bad)):
        assert outcome.refusal in (Refusal.QUANTITY_NOT_ABOVE_ZERO, Refusal.AMOUNT_BELOW_ZERO)
    assert world.rows() == before


def test_rival_24_a_sale_sent_again_is_known_by_the_sources_own_number(world: World) -> None:
    sold = world.purchase(line("TEA", 100), number="POS-7/0042")
    first = world.post(sold)[0]
    # Sent again by another connector, an hour later, with other ids of its own and other words for the goods.
    again = replace(sold, at=NOON + timedelta(hours=1), lines=(line("TEA", 100, description="Tea, green"),))
    assert world.post(again) == [Duplicate(first.slip)]
    assert world.holds() == 200


def test_rival_25_a_full_credit_note_takes_all_points_back(world: World) -> None:
    world.buy(line("TEA", 500), line("85123A", 500, 30), number="R1")
    assert world.holds() == 1000 + 100 + 100
    back = world.bring_back(line("TEA", 0), line("85123A", 0, 30), of="R1")
    assert (back.slip.points, world.holds()) == (-1200, 0)


def test_rival_25_returned_after_a_part_had_come_back_never_below_nothing(world: World) -> None:
    world.buy(line("TEA", 900, 10), number="R1")
    world.bring_back(line("TEA", 0, 9), of="R1")
    world.bring_back(line("TEA", 0), of="R1")
    assert (world.wallet().available, world.wallet().debt, len(world.entries())) == (0, 0, 3)


def test_rival_30_two_draws_come_from_two_lots_and_expiry_takes_the_rest_only() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="A", occurred_at=NOON - timedelta(days=30))
    world.buy(line("TEA", 100), number="B")
    assert [world.spend(60).slip.explanation["lots"][-1]["number"] for _ in range(2)] == ["A", "B"]
    assert (world.rest("A"), world.rest("B")) == (0, 80)
    world.stand_at(NOON + timedelta(days=170))
    assert settle_due(world.merchant) == 0
    world.stand_at(NOON + timedelta(days=190))
    assert settle_due(world.merchant) == 80
    assert world.holds() == 0
    assert world.differences() == []


def test_rival_31_ten_times_ten_hundredths_are_one() -> None:
    world = World(PLAIN)
    dime = Line("GUM", 100, 10)
    assert world.buy(*[dime] * 10, number="R1").slip.points == 1
    assert [world.buy(dime).slip.points for _ in range(10)] == [0] * 10
    backs = [world.bring_back(dime, of="R1").slip.points for _ in range(10)]
    assert backs == [-1] + [0] * 9
    assert (world.holds(), world.wallet().qualifying) == (0, 0)


def test_rival_31_odd_prices_in_any_order_leave_nothing() -> None:
    world = World(PLAIN)
    chance = random.Random(31)
    parts = [Line(f"I{place}", chance.randrange(1, 4000), chance.randrange(0, 99_999)) for place in range(40)]
    world.buy(*parts, number="R1")
    pieces = [
        replace(part, quantity_milli=milli)
        for part in parts
        for milli in (part.quantity_milli // 2, part.quantity_milli - part.quantity_milli // 2)
        if milli
    ]
    chance.shuffle(pieces)
    for piece in pieces:
        assert isinstance(world.bring_back(piece, of="R1"), Accepted)
    assert (world.holds(), world.wallet().qualifying, world.wallet().eligible_purchases) == (0, 0, 0)
    assert world.differences() == []
