"""The overview: figures that add up, in whose eyes they are for."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from tests.people import hired, signed_in
from tests.web.bazaar import Bazaar
from tests.web.shop import Shop, accepted
from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.core.commands import CancelRedemption, CaptureHold, PlaceHold, Redeem
from wafa.core.ledger.accounts import REDEEMED
from wafa.core.outcomes import Posted
from wafa.store.models import Posting, Role

PAGE = "console:overview"
KINDS = ("accrued", "redeemed", "clawed_back", "expired")


def figures(client: Client) -> dict[str, str]:
    """The figures at the top by their headings."""
    text = client.get(reverse(PAGE)).content.decode()
    cards = re.findall(r'<section class="figure.*?<h2>(.*?)</h2>.*?<bdi>(.*?)</bdi>', text, re.DOTALL)
    return {re.sub(r"<.*?>", "", heading): value for heading, value in cards}


def chart(client: Client) -> list[dict[str, object]]:
    """The months that the chart draws."""
    text = client.get(reverse(PAGE)).content.decode()
    data = re.search(r'<script id="months-data" type="application/json">(.*?)</script>', text)
    assert data
    months = json.loads(data.group(1))["months"]
    return [{"name": m["name"]} | {k: m[k]["points"] for k in KINDS} for m in months]


def test_the_figures_are_those_of_the_ledger(shop: Shop) -> None:
    assert figures(signed_in(shop.cast.huda)) == {
        "Outstanding points": "325",
        "Members": "2",
        "Accrued": "450",
        "Redeemed": "0",
        "Clawed back": "125",
        "Expired": "0",
    }


def test_a_branch_has_its_own(shop: Shop) -> None:
    assert figures(signed_in(shop.cast.majid)) == {
        "Members": "1", "Accrued": "350", "Redeemed here": "0", "Clawed back": "125", "Expired": "0",
    }  # fmt: skip
    assert figures(signed_in(shop.cast.rana))["Accrued"] == "100"


def test_what_is_redeemed_is_the_branchs_at_whose_till_it_was(shop: Shop) -> None:
    # Amal has 225 points of Olaya's receipt and 100 of the airport's; the first are drawn first, wherever she pays.
    world = shop.world
    world.do(Redeem, points=60)
    elsewhere = world.do(Redeem, points=25, branch="airport")
    huda, majid, rana = (signed_in(user) for user in (shop.cast.huda, shop.cast.majid, shop.cast.rana))
    assert isinstance(elsewhere, Posted)
    assert figures(huda)["Redeemed"] == "85"
    assert figures(majid)["Redeemed here"] == "60"
    assert figures(rana)["Redeemed here"] == "25"
    assert [month["redeemed"] for month in chart(huda)] == [85]

    # Cancelled at Olaya: it counts where it had been redeemed.
    world.do(CancelRedemption, redemption=elsewhere.slip.id)
    assert figures(huda)["Redeemed"] == "60"
    assert figures(majid)["Redeemed here"] == "60"
    assert figures(rana)["Redeemed here"] == "0"


def test_what_is_only_on_hold_is_not_redeemed(shop: Shop) -> None:
    held = shop.world.do(PlaceHold, points=50)
    assert isinstance(held, Posted)
    assert figures(signed_in(shop.cast.huda))["Redeemed"] == "0"
    shop.world.do(CaptureHold, hold=held.slip.id, points=20)
    assert figures(signed_in(shop.cast.huda))["Redeemed"] == "20"


def test_stamps_and_money_are_no_points(db: None) -> None:
    bazaar = Bazaar()
    redeemed = Posting.objects.of(bazaar.merchant).filter(account=REDEEMED)
    points = redeemed.filter(entry__wallet__unit="points").aggregate(points=Sum("points"))["points"]
    assert points < redeemed.aggregate(points=Sum("points"))["points"]
    assert figures(signed_in(hired(bazaar.world, "huda", Role.OWNER)))["Redeemed"] == str(points)


def test_what_expires_is_the_branchs_that_issued_it(shop: Shop) -> None:
    shop.world.stand_at(NOON + timedelta(days=200))
    shop.world.expire()
    cache.clear()
    assert figures(signed_in(shop.cast.huda))["Expired"] == "325"
    assert figures(signed_in(shop.cast.majid))["Expired"] == "225"
    assert figures(signed_in(shop.cast.rana))["Expired"] == "100"


def test_what_was_just_recorded_is_there_at_once(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    assert figures(owner)["Accrued"] == "450"
    accepted(shop.world.buy(line(riyals=7), member="badr"))
    shop.world.enrol("dana")
    found = figures(owner)
    assert (found["Accrued"], found["Outstanding points"], found["Members"]) == ("557", "432", "3")


@pytest.mark.parametrize("expired_by_the_job", [False, True])
def test_points_are_gone_after_their_last_day_whether_or_not_a_job_has_run(db: None, expired_by_the_job: bool) -> None:
    world = World(HALF_A_YEAR)
    owner = signed_in(hired(world, "huda", Role.OWNER))
    accepted(world.buy(line(riyals=40)))
    assert figures(owner)["Outstanding points"] == "40"
    world.stand_at(NOON + timedelta(days=190))
    if expired_by_the_job:
        world.expire()
    cache.clear()
    found = figures(owner)
    assert (found["Outstanding points"], found["Expired"]) == ("0", "40")
    assert [(m["name"], m["accrued"], m["expired"]) for m in chart(owner)] == [
        ("June 2011", 40, 0),
        *((name, 0, 0) for name in ("July 2011", "August 2011", "September 2011", "October 2011", "November 2011")),
        ("December 2011", 0, 40),
    ]


def test_settled_days_and_fresh_ones_add_up_to_what_a_cold_look_finds(db: None) -> None:
    world = World()
    owner = signed_in(hired(world, "huda", Role.OWNER))
    for days in range(0, 70, 7):
        world.stand_at(NOON + timedelta(days=days))
        accepted(world.buy(line(riyals=10)))
        warm = figures(owner), chart(owner)
        cache.clear()
        assert warm == (figures(owner), chart(owner)), days


def test_months_are_those_of_the_readers_calendar(shop: Shop) -> None:
    # 22 June 2011 is the first of Tir 1390: for a Persian reader another month than the first of June.
    shop.world.stand_at(NOON + timedelta(days=21))
    accepted(shop.world.buy(line(riyals=1), member="badr"))
    expected = {
        "en": [("June 2011", 551)],
        "ar": [("يونيو ٢٠١١", 551)],
        "fa": [("خرداد ۱۳۹۰", 450), ("تیر ۱۳۹۰", 101)],
    }
    for language, months in expected.items():
        owner = signed_in(shop.cast.huda, language)
        assert [(each["name"], each["accrued"]) for each in chart(owner)] == months


def test_a_day_begins_at_midnight_in_the_merchants_zone(db: None) -> None:
    world = World()
    world.stand_at(NOON.replace(month=6, day=30, hour=21, minute=30))  # half past midnight on 1 July in Riyadh
    accepted(world.buy(line(riyals=5)))
    assert chart(signed_in(hired(world, "huda", Role.OWNER)))[0]["name"] == "July 2011"


def test_an_empty_shop_is_told_what_to_do(db: None) -> None:
    world = World(members=())
    text = signed_in(hired(world, "huda", Role.OWNER)).get(reverse(PAGE)).content.decode()
    assert "Nothing has been recorded yet" in text
    assert "months-data" not in text


def test_a_clock_that_stands_is_shown_and_one_that_runs_is_not(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for page in (PAGE, "console:members", "console:receipts"):
        assert "The clock stands at 1 June 2011" in owner.get(reverse(page)).content.decode()
    shop.merchant.clock_at = None
    shop.merchant.save()
    assert "The clock stands" not in owner.get(reverse(PAGE)).content.decode()
