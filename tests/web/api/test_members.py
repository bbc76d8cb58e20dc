"""Members over HTTP: enrolled once, found however they are named, changed, merged, and never another merchant's."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from wafa.store.models import OutboxEvent

pytestmark = pytest.mark.django_db


def amal(shop: Shop) -> str:
    return f"/members/{shop.amal.id}"


def test_a_member_is_enrolled_once_under_a_key(shop: Shop, till: Till) -> None:
    body = {
        "external_id": "dana",
        "name": "دانا",
        "phone": "٠٥٠ ٧٦٥ ٤٣٢١",
        "email": "dana@example.com",
        "born_on": "1990-02-03",
        "tags": ["vip"],
        "consents": {"sms": True, "email": False},
        "card": "C-77",
    }
    first = till.post("/members", body, Idempotency_Key="one")
    again = till.post("/members", body, Idempotency_Key="one")
    assert (first.status, again.status) == (201, 200)
    assert again.json == first.json
    assert first.json["phone"] == "+966507654321"
    assert first.json["consents"]["sms"]
    assert first.json["consents"]["email"] is None
    assert till.post("/members", body, Idempotency_Key="two").code == "member_exists"
    assert till.post("/members", body | {"name": "x"}, Idempotency_Key="one").code == "key_reused_with_other_content"
    assert till.post("/purchases", sold(member={"card": "C-77"})).json["balance"]["available"] == 200
    events = OutboxEvent.objects.of(shop.merchant).filter(kind="MemberEnrolled", body__member=first.json["id"])
    assert events.count() == 1


def test_who_has_no_number_is_given_one(till: Till) -> None:
    one, two = (till.post("/members", {}).json["external_id"] for _ in range(2))
    assert one != two
    assert len(one) == 13


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"phone": "call me"}, "phone", "not_a_phone"),
        ({"email": "amal"}, "email", "not_an_email"),
        ({"born_on": "2999-01-01"}, "born_on", "not_a_day"),
        ({"born_on": "1.2.1990"}, "born_on", "not_a_day"),
        ({"language": "de"}, "language", "not_one_of"),
        ({"consents": {"sms": "yes"}}, "consents.sms", "not_yes_or_no"),
        ({"tags": "vip"}, "tags", "not_a_list"),
    ],
)
def test_a_bad_profile_is_refused_with_the_field(
    shop: Shop, till: Till, body: dict[str, Any], path: str, code: str
) -> None:
    for answer in (till.post("/members", body), till.ask("PATCH", amal(shop), body)):
        assert answer.status == 422, answer
        assert [(each["path"], each["code"]) for each in answer.json["errors"]] == [(path, code)]


@pytest.mark.parametrize(
    "name", ["external_id=amal", "phone=0501234567", "phone=%2B966+50+123+4567", "phone=٠٥٠١٢٣٤٥٦٧", "id=AMAL"]
)
def test_a_member_is_found_however_they_are_named(shop: Shop, till: Till, name: str) -> None:
    asked = name.replace("AMAL", str(shop.amal.id))
    found = till.get(f"/members?{asked}")
    assert [each["external_id"] for each in found.json["members"]] == ["amal"]
    assert till.get(f"/wallets?{asked}").json["wallets"][0]["available"] == 325
    theirs = Till(shop.elsewhere.merchant)
    assert theirs.get(f"/members?{asked}").json == {"members": []}
    assert theirs.get(f"/wallets?{asked}").status == 404


def test_a_look_up_names_exactly_one_way(till: Till) -> None:
    assert till.get("/members").code == "body_not_valid"
    assert till.get("/members?external_id=amal&card=1").code == "body_not_valid"
    assert till.get("/members?colour=blue").code == "body_not_valid"


def test_only_what_is_sent_changes(shop: Shop, till: Till) -> None:
    changed = till.ask("PATCH", amal(shop), {"email": "amal@example.com", "consents": {"sms": True}})
    assert (changed.status, changed.json["name"], changed.json["email"]) == (200, "Amal Al-Harbi", "amal@example.com")
    till.ask("PATCH", amal(shop), {"consents": {"push": True}})
    assert set(till.get(amal(shop)).json["consents"]) == {"sms", "push"}
    found = till.get("/members?email=AMAL@example.com").json["members"]
    assert [each["external_id"] for each in found] == ["amal"]


def test_a_blocked_member_spends_nothing(shop: Shop, till: Till) -> None:
    assert till.post(f"{amal(shop)}/block", None).json["status"] == "blocked"
    spent = {"member": {"external_id": "amal"}, "points": 1, "branch": "olaya"}
    assert till.post("/redemptions", spent).code == "member_not_active"
    bought = till.post("/purchases", sold()).json
    assert (bought["points"], bought["anonymous_reason"]) == (0, "member_blocked")
    assert till.post(f"{amal(shop)}/unblock", None).json["status"] == "active"
    assert till.post("/redemptions", spent).status == 201


def test_two_cards_of_one_person_are_merged_and_parted(shop: Shop, till: Till) -> None:
    badr = f"/members/{shop.badr.id}"
    merged = till.post(f"{amal(shop)}/merge", {"into": {"external_id": "badr"}})
    assert merged.status == 201
    assert till.get(f"{badr}/wallets").json["wallets"][0]["available"] == 325
    assert till.get(amal(shop)).json["external_id"] == "badr"
    assert len(till.get(f"{badr}/statement").json["entries"]) > 3
    undone = till.post(f"/merges/{merged.json['id']}/undo", None)
    assert undone.status == 201
    assert till.get(f"{amal(shop)}/wallets").json["wallets"][0]["available"] == 325
    assert till.post(f"{amal(shop)}/merge", {"into": {"external_id": "amal"}}).code == "member_the_same"
    assert till.post(f"{amal(shop)}/merge", {"into": {"card": "9"}}).json["path"] == "into"


def test_who_leaves_has_nothing_left(shop: Shop, till: Till) -> None:
    assert till.post(f"{amal(shop)}/close", None).json["balance"]["available"] == 0
    assert till.get(amal(shop)).json["status"] == "closed"
    assert till.post(f"{amal(shop)}/block", None).code == "member_not_active"
    assert till.get("/members?phone=0501234567").json == {"members": []}


def test_who_brought_them_along_is_noted_once(shop: Shop, till: Till) -> None:
    badr = f"/members/{shop.badr.id}/referrer"
    assert till.ask("PUT", badr, {"referrer": {"external_id": "amal"}}).json["referrer"] == str(shop.amal.id)
    circle = till.ask("PUT", f"{amal(shop)}/referrer", {"referrer": {"external_id": "badr"}})
    assert (circle.status, circle.code) == (409, "referral_has_bought")
    assert circle.json["detail"] == "They have bought something already."


def test_cards_are_given_lost_and_never_given_again(shop: Shop, till: Till) -> None:
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).json == {"number": "C-1", "status": "active"}
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).status == 200
    badr = f"/members/{shop.badr.id}"
    assert till.post(f"{badr}/cards", {"number": "C-1"}).code == "card_taken"
    assert till.ask("DELETE", f"{badr}/cards/C-1").status == 404
    assert till.ask("DELETE", f"{amal(shop)}/cards/C-1").json["status"] == "ended"
    assert till.get("/members?card=C-1").json == {"members": []}
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).code == "card_taken"


def test_a_code_is_told_once_and_ends_the_one_before(shop: Shop, till: Till) -> None:
    first = till.post(f"{amal(shop)}/qr", None, Idempotency_Key="qr-1").json["token"]
    assert "token" not in till.post(f"{amal(shop)}/qr", None, Idempotency_Key="qr-1").json
    assert len(till.get(f"/members?qr={first}").json["members"]) == 1
    second = till.post(f"{amal(shop)}/qr", None).json["token"]
    assert till.get(f"/members?qr={first}").json == {"members": []}
    assert len(till.get(f"/members?qr={second}").json["members"]) == 1
    assert first not in str(shop.world.rows())


def test_a_pin_is_kept_as_a_hash(shop: Shop, till: Till) -> None:
    answer = till.ask("PUT", f"{amal(shop)}/pin", {"pin": "4711"})
    assert answer.status == 200
    assert "4711" not in str(answer.json)
    assert "4711" not in " ".join(shop.world.rows()["member"])
    assert till.ask("PUT", f"{amal(shop)}/pin", {"pin": "47x1"}).code == "body_not_valid"


def test_every_text_of_the_api_is_told_in_all_languages() -> None:
    from wafa.wording import api

    for texts in (api._TOLD, api._FAULTS):
        for code, tell in texts.items():
            said = set()
            for language in ("en", "ar", "fa"):
                with translation.override(language):
                    said.add(tell({}))
            assert len(said) == 3, code
