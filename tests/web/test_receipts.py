"""Receipts and returns: the list, and a page for each."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import hired, signed_in
from tests.web.reading import said
from tests.web.shop import Shop, accepted
from tests.world import NOON, World, line
from wafa.core.commands import Payment
from wafa.store.models import MemberStatus, Role


def listed(client: Client, **query: str) -> list[str]:
    """The numbers in the list, in its order."""
    text = client.get(f"{reverse('console:receipts')}?{urlencode(query)}").content.decode()
    return re.findall(r'<td class="main"><a [^>]*><bdi class="strong code">(.*?)</bdi>', text)


def page(client: Client, shop: Shop, number: str) -> str:
    """A document's page, as it reads."""
    return said(client.get(reverse("console:receipt", args=[shop.receipt(number).id])).content.decode())


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["R-OLAYA", "N-ANONYMOUS", "N-AIRPORT", "N-OLAYA"]),
        ({"q": "N-"}, ["N-ANONYMOUS", "N-AIRPORT", "N-OLAYA"]),
        ({"q": "n-air"}, ["N-AIRPORT"]),
        ({"q": "\u200eN-AIRPORT "}, ["N-AIRPORT"]),
        ({"q": "amal"}, ["R-OLAYA", "N-AIRPORT", "N-OLAYA"]),
        ({"q": "badr"}, []),
        ({"q": "%"}, []),
        ({"kind": "return"}, ["R-OLAYA"]),
        ({"kind": "purchase", "branch": "airport"}, ["N-ANONYMOUS", "N-AIRPORT"]),
        ({"branch": "olaya"}, ["R-OLAYA", "N-OLAYA"]),
        ({"branch": "nowhere"}, ["R-OLAYA", "N-ANONYMOUS", "N-AIRPORT", "N-OLAYA"]),
        ({"month": "2011-06"}, ["R-OLAYA", "N-ANONYMOUS", "N-AIRPORT", "N-OLAYA"]),
        ({"month": "2011-06", "q": "N-O"}, ["N-OLAYA"]),
    ],
)
def test_what_is_found(shop: Shop, query: dict[str, str], numbers: list[str]) -> None:
    assert sorted(listed(signed_in(shop.cast.huda), **query)) == sorted(numbers)


def test_a_receipt_is_found_with_persian_digits(shop: Shop) -> None:
    accepted(shop.world.buy(number="536365"))
    for typed in ("۵۳۶۳۶۵", "٥٣٦٣", "\u200f۵۳۶۳۶۵"):
        assert listed(signed_in(shop.cast.huda, "fa"), q=typed) == ["536365"]


def test_a_month_is_one_of_the_readers_calendar(shop: Shop) -> None:
    # Khordad 1390 ended on 21 June 2011.
    shop.world.stand_at(NOON.replace(day=21))
    accepted(shop.world.buy(number="LAST-OF-KHORDAD"))
    shop.world.stand_at(NOON.replace(day=22))
    accepted(shop.world.buy(number="FIRST-OF-TIR"))
    assert listed(signed_in(shop.cast.huda, "fa"), month="1390-04") == ["FIRST-OF-TIR"]
    assert "LAST-OF-KHORDAD" in listed(signed_in(shop.cast.huda, "fa"), month="1390-03")
    assert len(listed(signed_in(shop.cast.huda), month="2011-06")) == 6


def test_pages_of_the_list_hold_everything_once(db: None) -> None:
    world = World()
    owner = signed_in(hired(world, "huda", Role.OWNER))
    # Several at the same instant: the place must still be a place.
    world.post(*(world.purchase(number=f"N-{n:03d}", occurred_at=NOON - timedelta(hours=n // 9)) for n in range(120)))
    query, numbers = "", []
    while True:
        text = owner.get(reverse("console:receipts") + query).content.decode()
        numbers += re.findall(r'<bdi class="strong code">(.*?)</bdi>', text)
        link = re.search(r'<a class="btn" href="([^"]*)" rel="next"', text)
        if not link:
            break
        query = link.group(1).replace("&amp;", "&")
    assert sorted(numbers) == [f"N-{n:03d}" for n in range(120)]


def test_a_receipt_with_what_it_earned_and_what_came_back(shop: Shop) -> None:
    text = page(signed_in(shop.cast.huda), shop, "N-OLAYA")
    assert "Receipt N-OLAYA 1 June 2011, 15:00 Olaya Amal Al-Harbi" in text
    assert "Green tea TEA 2 1 SAR 250.00" in text
    assert "Base points 1 point for each full SAR 1.00 of SAR 250.00 250 125" in text
    assert "Welcome for the first purchase 100" in text
    assert "Held now 350 225" in text
    assert "225 left, last day 1 December 2011" in text
    assert "Returns R-OLAYA 1 June 2011 1 × Green tea" in text


def test_after_their_last_day_none_of_a_receipts_points_are_left(shop: Shop) -> None:
    shop.world.stand_at(NOON + timedelta(days=190))
    assert "None of these points are left" in page(signed_in(shop.cast.huda), shop, "N-OLAYA")


def test_a_return_with_the_receipt_behind_it(shop: Shop) -> None:
    text = page(signed_in(shop.cast.huda), shop, "R-OLAYA")
    assert "Return R-OLAYA" in text
    assert "Amount −SAR 125.00" in text
    assert "Points −125 Receipt N-OLAYA Base points −125 125 of 250 left" in text
    assert "Receipts behind it N-OLAYA 1 June 2011 1 × Green tea" in text


def test_an_anonymous_receipt(shop: Shop) -> None:
    text = page(signed_in(shop.cast.huda), shop, "N-ANONYMOUS")
    assert "Anonymous" in text
    assert "Points" not in text


def test_a_blocked_members_receipt_says_why_it_is_anonymous(shop: Shop) -> None:
    shop.amal.status = MemberStatus.BLOCKED
    shop.amal.save()
    accepted(shop.world.buy(number="N-BLOCKED"))
    assert "was blocked, so it counts as anonymous" in page(signed_in(shop.cast.huda), shop, "N-BLOCKED")


def test_payments_tax_and_discount(shop: Shop) -> None:
    accepted(
        shop.world.buy(
            number="N-PAID", tax_minor=1304, discount_minor=500, channel="web",
            payments=(Payment("cash", 6000), Payment("mada", 4000)),
        )
    )  # fmt: skip
    text = page(signed_in(shop.cast.huda), shop, "N-PAID")
    assert "Discount SAR 5.00 Tax included SAR 13.04 cash SAR 60.00 mada SAR 40.00 Source till Channel web" in text


def test_a_receipt_of_a_thousand_lines_comes_in_parts(shop: Shop) -> None:
    accepted(shop.world.buy(*(line(f"ITEM-{n:04d}", 1) for n in range(250)), number="N-LONG"))
    owner = signed_in(shop.cast.huda)
    place, query, items = reverse("console:receipt", args=[shop.receipt("N-LONG").id]), "", []
    while True:
        text = owner.get(place + query).content.decode()
        items += re.findall(r"ITEM-\d+", text)
        link = re.search(r'hx-get="(\?after=[^"]+)"', text)
        if not link:
            break
        query = link.group(1)
    assert items == [f"ITEM-{n:04d}" for n in range(250)]
