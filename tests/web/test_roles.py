"""Who may open what: every page, by everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import signed_in
from tests.web.shop import Shop, accepted
from tests.world import line
from wafa.core.commands import CaptureHold, PlaceHold, Redeem
from wafa.core.outcomes import Posted
from wafa.queries.console.entries import latest_entries_at
from wafa.store.ids import new_id
from wafa.store.models import Branch, Document

EVERYBODY = ("huda", "majid", "rana", "karim", "farid", "nobody")
#                              owner  Olaya  airport  cashier  stranger  nobody
MATRIX = {
    "overview":               (200,   200,   200,     403,     200,      403),
    "members":                (200,   200,   200,     200,     200,      403),
    "member of the shop":     (200,   200,   200,     200,     404,      403),
    "member elsewhere":       (404,   404,   404,     404,     200,      403),
    "receipts":               (200,   200,   200,     403,     200,      403),
    "receipt of Olaya":       (200,   200,   404,     403,     404,      403),
    "return at Olaya":        (200,   200,   404,     403,     404,      403),
    "receipt of the airport": (200,   404,   200,     403,     404,      403),
    "anonymous receipt":      (200,   404,   200,     403,     404,      403),
    "receipt elsewhere":      (404,   404,   404,     403,     200,      403),
    "webhooks":               (200,   403,   403,   403,     200,      403),
    "no such member":         (404,   404,   404,     404,     404,      403),
    "no such receipt":        (404,   404,   404,     403,     404,      403),
}  # fmt: skip


def address(shop: Shop, page: str) -> str:
    """Where a page of the matrix is."""
    numbers = {
        "receipt of Olaya": "N-OLAYA",
        "return at Olaya": "R-OLAYA",
        "receipt of the airport": "N-AIRPORT",
        "anonymous receipt": "N-ANONYMOUS",
    }
    if page in numbers:
        return reverse("console:receipt", args=[shop.receipt(numbers[page]).id])
    if page == "receipt elsewhere":
        return reverse("console:receipt", args=[Document.objects.of(shop.elsewhere.merchant).get().id])
    members = {"member of the shop": shop.amal.id, "member elsewhere": shop.elsewhere.member("zayd").id}
    if page in members or page == "no such member":
        return reverse("console:member", args=[members.get(page, new_id())])
    if page == "no such receipt":
        return reverse("console:receipt", args=[new_id()])
    return reverse(f"console:{page}")


@pytest.mark.parametrize("page", MATRIX)
def test_who_may_open_what(shop: Shop, page: str) -> None:
    place = address(shop, page)
    found = {name: signed_in(getattr(shop.cast, name)).get(place).status_code for name in EVERYBODY}
    assert found == dict(zip(EVERYBODY, MATRIX[page], strict=True))


@pytest.mark.parametrize("page", MATRIX)
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(shop: Shop, page: str) -> None:
    place = address(shop, page)
    answer = Client().get(place)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={place}")


def test_a_part_of_a_page_asked_for_after_the_session_ended_loads_the_whole_page_again(shop: Shop) -> None:
    answer = Client().get(reverse("console:members"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_the_first_page_is_the_one_that_is_of_use(shop: Shop) -> None:
    for user, page in ((shop.cast.huda, "overview"), (shop.cast.majid, "overview"), (shop.cast.karim, "members")):
        assert signed_in(user).get("/").headers["Location"] == reverse(f"console:{page}")


def test_a_cashier_is_told_kindly_and_offered_what_they_can_do(shop: Shop) -> None:
    answer = signed_in(shop.cast.karim).get(reverse("console:overview"))
    text = answer.content.decode()
    assert "for the owner and the branch managers" in text
    assert reverse("console:members") in text
    assert reverse("console:receipts") not in text


def test_an_account_without_a_place_is_told_whom_to_ask(shop: Shop) -> None:
    text = signed_in(shop.cast.nobody).get(reverse("console:members")).content.decode()
    assert "not assigned to a shop" in text
    assert "Corner Shop" not in text


def test_a_branch_manager_sees_the_figures_of_the_branch_alone(shop: Shop) -> None:
    text = signed_in(shop.cast.rana).get(reverse("console:overview")).content.decode()
    assert "N-AIRPORT" in text
    assert "N-OLAYA" not in text
    assert "Outstanding" not in text


def test_a_branch_manager_sees_what_was_asked_for_at_the_branchs_tills_alone(shop: Shop) -> None:
    world = shop.world
    world.do(Redeem, points=11, reference="FOR-A-KETTLE")
    world.do(Redeem, points=12, branch="airport", reference="FOR-A-LAMP")
    held = world.do(PlaceHold, points=13, branch="airport", till="DESK-13")
    assert isinstance(held, Posted)
    world.do(CaptureHold, hold=held.slip.id, reference="CAPTURED")
    seen = {
        user.username: signed_in(user).get(reverse("console:overview")).content.decode()
        for user in (shop.cast.huda, shop.cast.majid, shop.cast.rana)
    }
    at_olaya, at_airport = {"FOR-A-KETTLE", "CAPTURED"}, {"FOR-A-LAMP", "DESK-13"}
    for name, expected in (("huda", at_olaya | at_airport), ("majid", at_olaya), ("rana", at_airport)):
        assert {said for said in at_olaya | at_airport if said in seen[name]} == expected, name
    # The points came of a receipt of Olaya: it is named, but no link.
    assert "N-OLAYA" in seen["rana"]
    assert str(shop.receipt("N-OLAYA").id) not in seen["rana"]


def test_the_latest_entries_of_a_branch_are_in_the_order_of_their_time_and_no_more_than_the_chains(shop: Shop) -> None:
    world, olaya = shop.world, Branch.objects.of(shop.merchant).get(code="olaya")
    for n in range(6):
        world.stand_at(world.now + timedelta(minutes=1))
        accepted(world.buy(line("TEA", 10), number=f"N-{n}"))
        world.do(Redeem, points=1, reference=f"R-{n}")
    world.do(Redeem, points=1, branch="airport", reference="ELSEWHERE")
    told = [
        entry.document.number if entry.document else entry.explanation["reference"]
        for entry in latest_entries_at(shop.merchant, olaya, 8)
    ]
    assert told == ["R-5", "N-5", "R-4", "N-4", "R-3", "N-3", "R-2", "N-2"]
    assert [entry.points for entry in latest_entries_at(shop.merchant, olaya, 100)][:2] == [-1, 10]


def test_a_branch_manager_lists_the_receipts_of_the_branch_alone(shop: Shop) -> None:
    manager, olaya = signed_in(shop.cast.rana), str(shop.receipt("N-OLAYA").id)
    for query in ("", "?q=N-", "?q=amal", "?branch=olaya"):
        text = manager.get(reverse("console:receipts") + query).content.decode()
        assert str(shop.receipt("N-AIRPORT").id) in text, query
        assert olaya not in text, query
    assert olaya not in manager.get(reverse("console:receipts") + "?q=N-OLAYA").content.decode()


def test_a_member_has_all_their_history_but_receipts_of_other_branches_are_no_links(shop: Shop) -> None:
    place = reverse("console:member", args=[shop.amal.id])
    olaya = reverse("console:receipt", args=[shop.receipt("N-OLAYA").id])
    airport = reverse("console:receipt", args=[shop.receipt("N-AIRPORT").id])
    opens = {"huda": {olaya, airport}, "majid": {olaya}, "rana": {airport}, "karim": set()}
    for name, expected in opens.items():
        text = signed_in(getattr(shop.cast, name)).get(place).content.decode()
        assert "N-OLAYA" in text
        assert "N-AIRPORT" in text
        assert {link for link in (olaya, airport) if link in text} == expected, name


def test_a_return_made_elsewhere_is_named_but_not_opened(shop: Shop) -> None:
    accepted(shop.world.bring_back(line("COFFEE", 100), number="R-COFFEE", of="N-AIRPORT"))
    place = reverse("console:receipt", args=[shop.receipt("N-AIRPORT").id])
    text = signed_in(shop.cast.rana).get(place).content.decode()
    assert "R-COFFEE" in text
    assert reverse("console:receipt", args=[shop.receipt("R-COFFEE").id]) not in text


def test_addresses_are_read_only(shop: Shop) -> None:
    owner = signed_in(shop.cast.huda)
    for page in ("overview", "members", "receipts"):
        assert owner.post(reverse(f"console:{page}")).status_code == 405, page
