"""Spending over HTTP: redeemed, cancelled, held, captured, released; once under each key."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password

from tests.web.api.till import Till
from tests.web.shop import Shop
from tests.world import GENEROUS, NOON, World, line
from wafa.store.identify import kept_of
from wafa.store.models import MemberToken

pytestmark = pytest.mark.django_db
AMAL = {"member": {"external_id": "amal"}, "branch": "olaya", "till": "till-7", "cashier": "karim"}


def spent(points: int = 100, **facts: Any) -> dict[str, Any]:
    return AMAL | {"points": points} | facts


def test_points_are_spent_once_under_a_key(shop: Shop, till: Till) -> None:
    first = till.post("/redemptions", spent(), Idempotency_Key="one")
    again = till.post("/redemptions", spent(), Idempotency_Key="one")
    assert (first.status, again.status) == (201, 200)
    assert first.json["points"] == -100
    assert first.json["balance"] == {"available": 225, "pending": 0, "held": 0, "debt": 0}
    assert again.json == first.json | {"status": "duplicate"}
    assert shop.world.holds() == 225


def test_a_cancelled_redemption_is_as_though_it_had_never_been(shop: Shop, till: Till) -> None:
    redemption = till.post("/redemptions", spent()).json["id"]
    place = {"branch": "olaya"}
    cancelled = till.post(f"/redemptions/{redemption}/cancel", place)
    assert (cancelled.status, cancelled.json["balance"]["available"]) == (201, 325)
    again = till.post(f"/redemptions/{redemption}/cancel", place)
    assert (again.status, again.code) == (409, "redemption_cancelled_already")


def test_a_hold_is_captured_in_part(shop: Shop, till: Till) -> None:
    held = till.post("/holds", spent(200, minutes=10))
    assert held.json["balance"] == {"available": 125, "pending": 0, "held": 200, "debt": 0}
    assert held.json["expires_at"].startswith("2011-06-01T14:10:00")
    place = {"branch": "olaya"}
    captured = till.post(f"/holds/{held.json['id']}/capture", place | {"points": 50})
    assert captured.json["balance"] == {"available": 275, "pending": 0, "held": 0, "debt": 0}
    assert till.post(f"/holds/{held.json['id']}/release", place).code == "hold_closed_already"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/redemptions", spent(10_000), 409, "insufficient_points"),
        ("/redemptions", spent(0), 422, "body_not_valid"),
        ("/redemptions", spent(purpose="fun"), 422, "body_not_valid"),
        ("/redemptions", spent(unit="stamps"), 422, "unit_unknown"),
        ("/redemptions", spent(branch="nowhere"), 422, "branch_unknown"),
        ("/redemptions", spent(member={"card": "123"}), 422, "member_unknown"),
        ("/holds", spent(minutes=9999), 422, "hold_time_out_of_bounds"),
        (f"/redemptions/{uuid4()}/cancel", {"branch": "olaya"}, 404, "redemption_unknown"),
        (f"/holds/{uuid4()}/capture", {"branch": "olaya"}, 404, "hold_unknown"),
        (f"/holds/{uuid4()}/release", {"branch": "olaya"}, 404, "hold_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    shop: Shop, till: Till, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    before = {table: rows for table, rows in shop.world.rows().items() if table != "api_key"}
    answer = till.post(path, body)
    assert (answer.status, answer.code) == (status, code), answer
    assert {table: rows for table, rows in shop.world.rows().items() if table != "api_key"} == before


def test_another_merchants_redemption_is_not_there(shop: Shop, till: Till) -> None:
    elsewhere = Till(shop.elsewhere.merchant)
    theirs = elsewhere.post("/redemptions", spent(10, member={"external_id": "zayd"})).json["id"]
    assert till.post(f"/redemptions/{theirs}/cancel", {"branch": "olaya"}).status == 404


def test_a_write_without_a_number_needs_a_key(till: Till) -> None:
    answer = till.ask("POST", "/redemptions", spent())
    assert (answer.status, answer.code) == (400, "idempotency_key_missing")
    assert till.post("/redemptions", spent(), Idempotency_Key="a b").code == "idempotency_key_not_valid"
    assert till.post("/redemptions", spent(), Idempotency_Key="x" * 101).code == "idempotency_key_not_valid"


def test_a_key_used_for_something_else_is_refused(till: Till) -> None:
    till.post("/redemptions", spent(), Idempotency_Key="one")
    answer = till.post("/redemptions", spent(101), Idempotency_Key="one")
    assert (answer.status, answer.code) == (422, "key_reused_with_other_content")
    assert answer.json["figures"] == {"key": "one"}


def bounded() -> tuple[World, Till]:
    """A shop where more than 50 points go only to who shows something; Amal has a card, a code and a PIN."""
    world = World(GENEROUS | {"redemption": {"proof_above": 50}}, members=("amal", "badr"))
    world.buy(line(riyals=1000))
    amal = world.member()
    amal.pin_hash = make_password("4711")
    amal.save()
    MemberToken(merchant=world.merchant, member=amal, kind="card", value="C-1").save()
    MemberToken(merchant=world.merchant, member=amal, kind="qr", value=kept_of("secret")).save()
    return world, Till(world.merchant)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "proof_needed"),
        ({"proof": {"card": "C-1"}}, ""),
        ({"proof": {"qr": "secret"}}, ""),
        ({"proof": {"pin": "4711"}}, ""),
        ({"proof": {"pin": "۴۷۱۱"}}, ""),
        ({"member": {"card": "C-1"}}, ""),
        ({"member": {"qr": "secret"}}, ""),
        ({"proof": {"card": "C-2"}}, "proof_wrong"),
        ({"proof": {"qr": "guess"}}, "proof_wrong"),
        ({"proof": {"pin": "4712"}}, "proof_wrong"),
        ({"member": {"external_id": "badr"}, "proof": {"card": "C-1"}}, "proof_wrong"),
        ({"proof": {}}, "body_not_valid"),
    ],
)
@pytest.mark.parametrize("path", ["/redemptions", "/holds"])
def test_many_points_go_only_to_who_shows_something(path: str, facts: dict[str, Any], code: str) -> None:
    world, till = bounded()
    answer = till.post(path, spent(51, **facts))
    assert answer.code == code, answer
    assert world.holds() == (1000 if code else 949)
    assert till.post(path, spent(50)).status == 201


def test_a_lost_card_proves_nothing() -> None:
    world, till = bounded()
    MemberToken.objects.of(world.id).filter(kind="card").update(ended_at=NOON)
    assert till.post("/redemptions", spent(51, proof={"card": "C-1"})).code == "proof_wrong"
    assert till.post("/redemptions", spent(51, member={"card": "C-1"})).code == "member_unknown"


def test_a_pin_is_not_guessed() -> None:
    _, till = bounded()
    guesses = [till.post("/redemptions", spent(51, proof={"pin": f"{guess}000"})) for guess in range(1, 7)]
    assert [guess.code for guess in guesses] == ["proof_wrong"] * 5 + ["tried_too_often"]
    right = till.post("/redemptions", spent(51, proof={"pin": "4711"}))
    assert (right.status, right.code) == (429, "tried_too_often")
