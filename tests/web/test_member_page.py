"""A member's page: balance, tier, last days, and a statement that explains itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import hired, signed_in
from tests.web.reading import said
from tests.web.shop import Shop, accepted
from tests.world import HALF_A_YEAR, World, line
from wafa.store.models import MemberStatus, Role


def page(client: Client, world: World, member: str = "amal", query: str = "") -> str:
    """The page as HTML."""
    place = reverse("console:member", args=[world.member(member).id])
    return client.get(place + query).content.decode()


def test_what_a_member_holds(shop: Shop) -> None:
    text = said(page(signed_in(shop.cast.huda), shop.world))
    assert "Amal Al-Harbi Bronze Member amal +966501234567 Member since 1 January 2011" in text
    assert "Available points 325" in text
    assert "775 more qualifying points to Silver 225 qualifying points so far" in text
    assert "1 December 2011 325" in text


def test_the_statement_says_why(shop: Shop) -> None:
    text = said(page(signed_in(shop.cast.huda), shop.world))
    assert (
        "Return R-OLAYA 1 June 2011, 17:00 · Olaya Receipt N-OLAYA Base points −125 125 of 250 left −125 325 available"
    ) in text
    assert (
        "Purchase N-OLAYA 1 June 2011, 15:00 · Olaya Base points +250 1 point for each full SAR 1.00 of SAR 250.00 "
        "Welcome +100 for the first purchase +350 350 available"
    ) in text


@pytest.mark.parametrize(
    ("qualifying", "says"),
    [
        (0, "Bronze Silver 1,000 more qualifying points to Silver"),
        (999, "Bronze Silver 1 more qualifying point to Silver"),
        (1000, "Silver Gold 4,000 more qualifying points to Gold"),
        (5000, "Gold The highest tier has been reached"),
    ],
)
def test_progress_to_the_next_tier(db: None, qualifying: int, says: str) -> None:
    world = World()
    if qualifying:
        accepted(world.buy(line(riyals=qualifying)))
    assert says in said(page(signed_in(hired(world, "huda", Role.OWNER)), world))


def test_points_are_listed_by_their_last_day_and_lapsed_ones_not_at_all(db: None) -> None:
    world = World(HALF_A_YEAR)
    owner = signed_in(hired(world, "huda", Role.OWNER))
    accepted(world.buy(line(riyals=30)))
    accepted(world.buy(line(riyals=12)))
    world.stand_at(world.now + timedelta(days=100))
    accepted(world.buy(line(riyals=5)))
    assert "1 December 2011 42 9 March 2012 5" in said(page(owner, world))
    world.stand_at(world.now + timedelta(days=82))
    assert "1 December 2011 tomorrow 42" in said(page(owner, world))
    world.stand_at(world.now + timedelta(days=2))
    text = said(page(owner, world))
    assert "Available points 5 Next to expire 5" in text
    assert "1 December 2011 42" not in text


def test_debt_is_shown_as_what_is_owed(db: None) -> None:
    world = World()
    owner = signed_in(hired(world, "huda", Role.OWNER))
    accepted(world.buy(line(riyals=50), number="A"))
    world.spend(150, number="A")
    accepted(world.bring_back(line(riyals=50), of="A"))
    text = said(page(owner, world))
    assert "Available points 0 Owed 150" in text
    assert "150 points of these had been spent and are now owed." in text


def test_blocked_and_closed_members_are_marked(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for status, word in ((MemberStatus.BLOCKED, "Blocked"), (MemberStatus.CLOSED, "Closed")):
        shop.amal.status = status
        shop.amal.save()
        assert f"Amal Al-Harbi Bronze {word}" in said(page(owner, shop.world))


def test_a_new_member_has_a_page_too(shop: Shop) -> None:
    text = said(page(signed_in(shop.cast.huda), shop.world, "badr"))
    assert "Available points 0" in text
    assert "There are no points that could expire." in text
    assert "Nothing here yet" in text


def test_a_long_statement_comes_in_parts_that_hold_everything_once(db: None) -> None:
    world = World()
    owner = signed_in(hired(world, "huda", Role.OWNER))
    world.post(*(world.purchase(line(riyals=1), number=f"N-{n}") for n in range(45)))
    query, numbers, sizes = "", [], []
    while True:
        text = page(owner, world, query=query)
        found = re.findall(r"N-\d+", text)
        numbers += found
        sizes.append(len(found))
        link = re.search(r'hx-get="(\?after=[^"]+)"', text)
        if not link:
            break
        query = link.group(1)
    assert numbers == [f"N-{n}" for n in reversed(range(45))]
    assert sizes == [20, 20, 5]


def test_a_place_of_the_statement_that_was_tampered_with(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for place in ("x", "WyJhIl0", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OTldIA", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Il0"):
        assert "N-OLAYA" in page(owner, shop.world, query=f"?after={place}")
