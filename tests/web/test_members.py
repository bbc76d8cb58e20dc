"""The list of members: found however they are typed, sorted, page by page."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import hired, signed_in
from tests.web.shop import Shop, introduce
from tests.world import OPENING, World, line
from wafa.operations.enrol import NewMember, enrol
from wafa.store.models import Role


def listed(client: Client, **query: str) -> list[str]:
    """The members' names (or numbers) in the list, in its order."""
    text = client.get(f"{reverse('console:members')}?{urlencode(query)}").content.decode()
    return re.findall(r'<td class="main"><a [^>]*><bdi class="strong[^>]*>(.*?)</bdi>', text)


@pytest.mark.parametrize(
    "typed",
    [
        "12345", "۱۲۳", "١٢٣٤٥", " \u200f۱۲۳۴۵\u200e ",
        "+966501234567", "966501234567", "00966501234567", "0501234567", "501234567", "۰۵۰ ۱۲۳-۴۵۶۷", "٠٥٠١٢٣٤٥٦٧",
        "4567", "+9665", "05012", "۰۵۰۱", "00966 50",
        "amal", "AMAL", "harbi", "al-harbi", "am har", "Ámal",
    ],
)  # fmt: skip
def test_a_member_is_found_as_people_type(db: None, typed: str) -> None:
    world = World(members=("12345", "99999"))
    introduce(world.member("12345"), "Amal Al-Harbi", "+966501234567")
    introduce(world.member("99999"), "Somebody Else", "+971552223333")
    assert listed(signed_in(hired(world, "huda", Role.OWNER)), q=typed) == ["Amal Al-Harbi"]


@pytest.mark.parametrize("name", ["علي رضا‌زاده", "على رضا زاده", "عَلِی رِضازاده"])
@pytest.mark.parametrize("typed", ["علی", "علي رضا", "رضا"])
def test_a_name_is_found_from_every_keyboard(db: None, name: str, typed: str) -> None:
    world = World(members=("1", "2"))
    introduce(world.member("1"), name, "")
    assert listed(signed_in(hired(world, "huda", Role.OWNER)), q=typed) == [name]


@pytest.mark.parametrize(
    "typed", ["%", "_", "zzz", "12", "567", "'; --", "a' | 'b", "\\", ":*", "x\0y", "amal & nobody"]
)
def test_what_nobody_is_called_finds_nobody(shop: Shop, typed: str) -> None:
    assert listed(signed_in(shop.cast.huda), q=typed) == []


def test_an_empty_search_lists_everybody(shop: Shop) -> None:
    for typed in ("", "  ", "\u200f", "\0"):
        assert listed(signed_in(shop.cast.huda), q=typed) == ["Amal Al-Harbi", "Badr رضایی"]


def test_another_shops_members_are_never_found(shop: Shop) -> None:
    assert listed(signed_in(shop.cast.huda), q="zayd") == []
    assert listed(signed_in(shop.cast.farid), q="zayd") == ["Zayd"]


def test_points_shown_leave_out_what_has_lapsed(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    assert ">325<" in owner.get(reverse("console:members")).content.decode()
    shop.world.stand_at(shop.world.now + timedelta(days=400))
    assert ">325<" not in owner.get(reverse("console:members")).content.decode()


def crowd(size: int) -> tuple[World, Client]:
    """A shop of many: names in the reverse order of their numbers, five to a day, some with points."""
    world = World(members=())
    enrol(
        world.id,
        [
            NewMember(f"{n:04d}", OPENING + timedelta(days=n // 5), name=f"Member {9999 - n // 3}")
            for n in range(1, size + 1)
        ],
    )
    for n in range(1, size, 40):
        world.buy(line(riyals=n), member=f"{n:04d}")
    return world, signed_in(hired(world, "huda", Role.OWNER))


def walk(client: Client, query: str, way: str) -> list[list[str]]:
    """Page after page, following the links."""
    pages = []
    while True:
        text = client.get(reverse("console:members") + query).content.decode()
        pages.append(re.findall(r'<td class="main"><a href="[^"]*/members/([^/]+)/"', text))
        link = re.search(rf'<a class="btn" href="([^"]*)" rel="{way}"', text)
        if not link:
            return pages
        query = link.group(1).replace("&amp;", "&")


@pytest.mark.parametrize("sort", ["number", "name", "newest", "points"])
@pytest.mark.parametrize("tier", ["", "bronze"])
def test_pages_hold_everybody_once_in_order_and_lead_back_again(db: None, sort: str, tier: str) -> None:
    world, owner = crowd(130)
    forwards = walk(owner, f"?sort={sort}&tier={tier}", "next")
    members = [member for page in forwards for member in page]
    assert len(members) == len(set(members)) == (len(range(1, 130, 40)) if tier else 130)
    assert [len(page) for page in forwards] == ([4] if tier else [50, 50, 30])

    def key(number: str) -> object:
        row, wallet = world.member(number), world.wallet(number)
        return {
            "number": row.number, "name": (row.name, row.id),
            "newest": (row.enrolled_at, row.id), "points": (wallet.available, wallet.id),
        }[sort]  # fmt: skip

    everybody = [f"{n:04d}" for n in range(1, 131)]
    chosen = [n for n in everybody if not tier or world.wallet(n).tier == tier]
    expected = sorted(chosen, key=key, reverse=sort in ("newest", "points"))  # type: ignore[type-var]
    assert members == [str(world.member(number).id) for number in expected]

    last = owner.get(reverse("console:members") + f"?sort={sort}&tier={tier}")
    for _ in forwards[1:]:
        link = re.search(r'<a class="btn" href="([^"]*)" rel="next"', last.content.decode())
        assert link
        last = owner.get(reverse("console:members") + link.group(1).replace("&amp;", "&"))
    back = walk(owner, "?" + last.request["QUERY_STRING"], "prev")
    assert back == forwards[::-1]


@pytest.mark.parametrize("place", ["x", "W10", "WyJhIiwiYiJd", "%00", "bnVsbA", "WyIxIl0=", "A" * 5000])
@pytest.mark.parametrize("sort", ["number", "name", "newest", "points", "drop table", ""])
def test_a_place_that_was_tampered_with_leads_to_some_page(shop: Shop, sort: str, place: str) -> None:
    answer = signed_in(shop.cast.huda).get(reverse("console:members"), {"sort": sort, "after": place})
    assert answer.status_code == 200


def test_a_search_that_matches_half_the_town_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wafa.queries.console.found.FOUND_MAX", 20)
    _, owner = crowd(60)
    assert "Many members match" in owner.get(reverse("console:members"), {"q": "00"}).content.decode()
    assert "10 members found" in owner.get(reverse("console:members"), {"q": "001"}).content.decode()
    assert "1 member found" in owner.get(reverse("console:members"), {"q": "0011"}).content.decode()


def test_nobody_yet_and_nobody_found_are_told_apart(shop: Shop) -> None:
    world = World(members=())
    owner = signed_in(hired(world, "samir", Role.OWNER))
    assert "No members yet" in owner.get(reverse("console:members")).content.decode()
    text = signed_in(shop.cast.huda).get(reverse("console:members"), {"q": "xyz"}).content.decode()
    assert "Nobody matches" in text
    assert "No members yet" not in text
