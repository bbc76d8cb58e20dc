"""Balances to the second, the tier, the statement with its reasons, the lots."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from tests.world import GENEROUS, NOON, World
from wafa.core.commands import PlaceHold

pytestmark = pytest.mark.django_db


def held_by(world: World, till: Till) -> dict[str, int]:
    [wallet] = [each for each in till.get("/wallets?external_id=amal").json["wallets"] if each["unit"] == "points"]
    return {name: wallet[name] for name in ("available", "pending", "held", "debt")}


def test_what_a_member_holds(shop: Shop, till: Till) -> None:
    assert till.get(f"/members/{shop.amal.id}/wallets").json == {
        "member": str(shop.amal.id),
        "wallets": [
            {
                "unit": "points",
                "available": 325,
                "pending": 0,
                "held": 0,
                "debt": 0,
                "by_expiry": [{"expires_on": "2011-12-01", "available": 325, "pending": 0}],
            }
        ],
        "tier": {
            "code": "bronze",
            "measure": "points",
            "counted": 225,
            "next": {"code": "silver", "missing": 775},
            "below_since": None,
        },
    }


def test_it_is_true_to_the_second_whether_or_not_a_job_has_run() -> None:
    waits = {"available": {"kind": "after_days", "days": 3}}
    world = World(GENEROUS | {"rules": [GENEROUS["rules"][0] | waits], "expiry": {"kind": "days", "days": 10}})
    till = Till(world.merchant)
    world.buy()
    assert held_by(world, till) == {"available": 0, "pending": 100, "held": 0, "debt": 0}
    world.stand_at(NOON + timedelta(days=3))
    assert held_by(world, till) == {"available": 100, "pending": 0, "held": 0, "debt": 0}
    world.do(PlaceHold, points=40, minutes=10)
    assert held_by(world, till) == {"available": 60, "pending": 0, "held": 40, "debt": 0}
    world.stand_at(world.now + timedelta(minutes=11))
    assert held_by(world, till) == {"available": 100, "pending": 0, "held": 0, "debt": 0}
    world.stand_at(NOON + timedelta(days=11))
    assert held_by(world, till) == {"available": 0, "pending": 0, "held": 0, "debt": 0}


def test_a_look_at_the_balance_asks_little(shop: Shop, till: Till, django_assert_max_num_queries: object) -> None:
    till.get("/wallets?external_id=amal")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        till.get("/wallets?external_id=amal")


def test_a_statement_tells_why_page_by_page(shop: Shop, till: Till) -> None:
    path = f"/members/{shop.amal.id}/statement"
    whole = till.get(path).json
    assert [entry["kind"] for entry in whole["entries"]] == ["clawback", "accrual", "accrual"]
    assert whole["entries"][2]["text"].startswith("Base points, 1 point for each full")
    assert whole["entries"][2]["document"] == {"source": "till", "number": "N-OLAYA"}
    assert whole["next"] == ""
    one = till.get(f"{path}?limit=2").json
    two = till.get(f"{path}?limit=2&cursor={one['next']}").json
    assert one["entries"] + two["entries"] == whole["entries"]
    assert [entry["kind"] for entry in till.get(f"{path}?kind=clawback").json["entries"]] == ["clawback"]
    arabic = till.get(path, Accept_Language="ar").json["entries"][2]["text"]
    assert arabic != whole["entries"][2]["text"]
    assert till.get(f"{path}?cursor=x").code == "cursor_not_valid"
    assert till.get(f"{path}?limit=0").code == "body_not_valid"


def test_lots_stand_in_the_order_in_which_they_are_spent(shop: Shop, till: Till) -> None:
    told = till.get(f"/members/{shop.amal.id}/lots").json
    assert [(lot["receipt"], lot["available"]) for lot in told["lots"]] == [("N-OLAYA", 225), ("N-AIRPORT", 100)]
    assert told["debt"] == 0


def test_a_stranger_sees_nothing(shop: Shop, till: Till) -> None:
    theirs = Till(shop.elsewhere.merchant)
    for what in ("", "/wallets", "/statement", "/lots"):
        assert theirs.get(f"/members/{shop.amal.id}{what}").status == 404
    assert till.post("/purchases", sold()).status == 201
