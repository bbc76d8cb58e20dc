"""Balances to the second, the tier and the way to the next, the lots."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.db import rolled_back
from tests.web.api.till import Till, sold
from tests.web.bazaar import Bazaar
from tests.web.shop import Shop
from tests.world import GENEROUS, NOON, OPENING, PLAIN, World, line
from wafa.core.commands import MergeMembers, OpenBalance, OpeningLot, PlaceHold, Redeem
from wafa.store.models import Lot, Member, Wallet

pytestmark = pytest.mark.django_db
FIGURES = ("available", "pending", "held", "debt")


def held_by(till: Till, member: str = "amal", unit: str = "points") -> dict[str, Any]:
    """A wallet, as it is told."""
    wallets = till.get(f"/wallets?external_id={member}").json["wallets"]
    found: dict[str, Any] = next(each for each in wallets if each["unit"] == unit)
    return found


def figures(till: Till, member: str = "amal", unit: str = "points") -> tuple[int, ...]:
    """Available, pending, held, debt."""
    wallet = held_by(till, member, unit)
    return tuple(wallet[name] for name in FIGURES)


def test_what_a_member_holds(shop: Shop, till: Till) -> None:
    assert till.get(f"/members/{shop.amal.id}/wallets").json == {
        "member": str(shop.amal.id),
        "merged_into": None,
        "at": "2011-06-01T14:00:00+00:00",
        "wallets": [
            {
                "unit": "points",
                "available": 325,
                "pending": 0,
                "held": 0,
                "debt": 0,
                "expiring": [{"expires_on": "2011-12-01", "points": 325}],
                "pending_until": [],
            }
        ],
        "tier": {
            "code": "bronze",
            "next": {"code": "silver", "missing": 775},
            "measure": "points",
            "counted": 225,
            "since": None,
            "kept_until": None,
        },
    }


def test_who_has_done_nothing_yet_stands_on_the_lowest_step(shop: Shop, till: Till) -> None:
    told = till.get(f"/members/{shop.badr.id}/wallets").json
    assert told["tier"]["code"] == "bronze"
    assert told["tier"]["next"] == {"code": "silver", "missing": 1000}
    assert [wallet["available"] for wallet in told["wallets"]] == [0]


def test_every_unit_of_the_programme_is_told() -> None:
    world = World(GENEROUS)
    till = Till(world.merchant)
    assert [each["unit"] for each in till.get("/wallets?external_id=amal").json["wallets"]] == [
        "points",
        "credit",
        "stamps",
    ]
    world.do(OpenBalance, unit="credit", lots=(OpeningLot(500),))
    assert held_by(till, unit="credit")["expiring"] == [{"expires_on": None, "points": 500}]


def test_it_is_true_to_the_second_whether_or_not_a_job_has_run() -> None:
    waits = {"available": {"kind": "after_days", "days": 3}}
    world = World(GENEROUS | {"rules": [GENEROUS["rules"][0] | waits], "expiry": {"kind": "days", "days": 10}})
    till = Till(world.merchant)
    world.buy()
    assert figures(till) == (0, 100, 0, 0)
    [lot] = Lot.objects.of(world.merchant)
    assert lot.available_at
    assert lot.expires_on
    assert held_by(till)["pending_until"] == [
        {"available_at": lot.available_at.isoformat(), "expires_on": lot.expires_on.isoformat(), "points": 100}
    ]
    world.stand_at(lot.available_at - timedelta(seconds=1))
    assert figures(till) == (0, 100, 0, 0)
    world.stand_at(lot.available_at)
    assert figures(till) == (100, 0, 0, 0)
    assert held_by(till)["expiring"] == [{"expires_on": lot.expires_on.isoformat(), "points": 100}]
    world.do(PlaceHold, points=40, minutes=10)
    assert figures(till) == (60, 0, 40, 0)
    world.stand_at(world.now + timedelta(minutes=10, seconds=-1))
    assert figures(till) == (60, 0, 40, 0)
    world.stand_at(world.now + timedelta(seconds=1))
    assert figures(till) == (100, 0, 0, 0)
    last_second = (NOON + timedelta(days=10)).replace(hour=20, minute=59, second=59)
    world.stand_at(last_second)
    assert figures(till) == (100, 0, 0, 0)
    world.stand_at(last_second + timedelta(seconds=1))
    assert figures(till) == (0, 0, 0, 0)
    assert held_by(till)["expiring"] == []
    assert world.wallet().available == 60, "no job has run, and reading books nothing"


def test_points_that_become_available_pay_debt_first() -> None:
    waits = {"available": {"kind": "after_days", "days": 3}, "code": "late", "kind": "per_unit", "points": 30}
    late = waits | {"items": ["BOOK"], "name": {"en": "Late"}}
    world = World(PLAIN | {"rules": [PLAIN["rules"][0], late]})
    till = Till(world.merchant)
    world.buy(number="N-1")
    world.spend(100)
    world.buy(line("BOOK", 0), number="N-2")
    world.bring_back(of="N-1")
    assert figures(till)[3] > 0
    world.stand_at(NOON + timedelta(days=5))
    told = figures(till)
    world.expire()
    wallet = world.wallet()
    assert told == (wallet.available, wallet.pending, wallet.held, wallet.debt)


@pytest.mark.parametrize("days", [0, 1, 10, 14, 45, 80, 120, 400])
def test_what_is_told_is_what_would_be_booked(days: int) -> None:
    """Whatever has happened, the answer is that of the books once the jobs have run."""
    bazaar = Bazaar()
    world, till = bazaar.world, Till(bazaar.merchant)
    world.stand_at(world.now + timedelta(days=days))
    members = list(Member.objects.of(world.merchant).filter(survivor=None))
    told = {member.id: till.get(f"/members/{member.id}/wallets").json["wallets"] for member in members}
    with rolled_back():
        world.expire()
        for wallet in Wallet.objects.of(world.merchant).filter(member__survivor=None):
            [said] = [each for each in told[wallet.member_id] if each["unit"] == wallet.unit]
            assert [said[name] for name in FIGURES] == [getattr(wallet, name) for name in FIGURES], wallet.member
            lots = Lot.objects.of(world.merchant).filter(wallet_id=wallet.id, remaining__gt=0)
            expiring: dict[str | None, int] = {}
            for lot in lots.filter(pending=False):
                day = lot.expires_on.isoformat() if lot.expires_on else None
                expiring[day] = expiring.get(day, 0) + lot.remaining
            assert {each["expires_on"]: each["points"] for each in said["expiring"]} == expiring
            assert sum(each["points"] for each in said["pending_until"]) == wallet.pending
            days_told = [each["expires_on"] or "9999" for each in said["expiring"]]
            assert days_told == sorted(days_told)


def test_a_tier_in_its_days_of_grace_says_until_when() -> None:
    bazaar = Bazaar()
    world, till = bazaar.world, Till(bazaar.merchant)
    for days in (0, 1):
        world.stand_at(world.now + timedelta(days=days))
        bazaar.buy(f"N-4{days + 1}", line("COPPER", 900), member="farah")
    assert till.get("/wallets?external_id=farah").json["tier"]["kept_until"] is None
    world.stand_at(world.now + timedelta(days=60))
    bazaar.review()
    tier = till.get("/wallets?external_id=farah").json["tier"]
    assert (tier["code"], tier["kept_until"], tier["counted"]) == ("silver", "2011-10-30", 0)
    assert tier["since"] is not None


def test_the_wallets_of_one_who_was_merged_are_the_survivors(shop: Shop, till: Till) -> None:
    shop.world.do(MergeMembers, into="badr")
    badr = till.get(f"/members/{shop.badr.id}/wallets").json
    assert badr["wallets"][0]["available"] == 325
    assert till.get(f"/members/{shop.amal.id}/wallets").json == badr | {"merged_into": badr["member"]}
    assert till.get("/wallets?external_id=amal").json == badr | {"merged_into": badr["member"]}


def test_without_a_programme_in_force_there_is_no_tier() -> None:
    world = World()
    world.stand_at(OPENING - timedelta(days=1))
    assert Till(world.merchant).get("/wallets?external_id=amal").json["tier"] is None


@pytest.mark.parametrize("lots", [1, 40])
def test_a_balance_takes_one_statement_besides_the_keys(shop: Shop, till: Till, lots: int) -> None:
    for _ in range(lots):
        shop.world.do(OpenBalance, lots=(OpeningLot(5),))
        till.post("/purchases", sold())
    for path, statements in ((f"/members/{shop.amal.id}/wallets", 1), ("/wallets?phone=0501234567", 2)):
        till.get(path)
        with CaptureQueriesContext(connection) as asked:
            till.get(path)
        assert len(asked) == 1 + statements, [each["sql"] for each in asked]


def test_lots_stand_in_the_order_in_which_they_are_spent(shop: Shop, till: Till) -> None:
    shop.world.do(OpenBalance, lots=(OpeningLot(7),))
    shop.world.do(PlaceHold, points=5)
    path = f"/members/{shop.amal.id}/lots"
    told = till.get(path).json
    assert told["lots"] == [
        {
            "receipt": receipt,
            "branch": branch,
            "points": points,
            "available": available,
            "pending": 0,
            "held": held,
            "available_at": None,
            "expires_on": last,
        }
        for receipt, branch, points, available, held, last in (
            ("N-OLAYA", "olaya", 350, 220, 5, "2011-12-01"),
            ("N-AIRPORT", "airport", 100, 100, 0, "2011-12-01"),
            (None, None, 7, 7, 0, None),
        )
    ]
    assert (told["unit"], told["debt"], told["merged_into"]) == ("points", 0, None)
    assert till.get(f"{path}?unit=stamps").json["lots"] == []


def test_what_was_spent_is_in_no_lot(shop: Shop, till: Till) -> None:
    shop.world.do(Redeem, points=325)
    assert till.get(f"/members/{shop.amal.id}/lots").json["lots"] == []
    assert figures(till) == (0, 0, 0, 0)
