"""Members over HTTP: enrolled once, found however they are named, changed, and never another merchant's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from wafa.core.commands import MergeMembers
from wafa.operations import enrol_member
from wafa.store.models import DoneRequest, OutboxEvent
from wafa.wording import api

pytestmark = pytest.mark.django_db
DANA = {
    "external_id": "dana",
    "name": " دانا  رضایی ",
    "phone": "٠٥٠ ٧٦٥ ٤٣٢١",
    "email": "dana@example.com",
    "language": "fa",
    "born_on": "1990-02-03",
    "birth_calendar": "jalali",
    "tags": ["vip", "staff", "vip"],
    "consents": {"sms": True, "email": False},
    "card": "C-۷۷",
}


def amal(shop: Shop) -> str:
    return f"/members/{shop.amal.id}"


def rows(shop: Shop) -> dict[str, set[str]]:
    """All rows, but for when keys were used."""
    return {table: rows for table, rows in shop.world.rows().items() if table != "api_key"}


def test_a_member_is_enrolled_once_under_a_key(shop: Shop, till: Till) -> None:
    first = till.post("/members", DANA, Idempotency_Key="one")
    assert first.status == 201
    now = "2011-06-01T14:00:00+00:00"
    assert first.json == {
        "id": first.json["id"],
        "merged_into": None,
        "external_id": "dana",
        "status": "active",
        "name": "دانا رضایی",
        "phone": "+966507654321",
        "email": "dana@example.com",
        "language": "fa",
        "born_on": "1990-02-03",
        "birth_calendar": "jalali",
        "tags": ["vip", "staff"],
        "consents": {"sms": {"given": True, "at": now}, "email": {"given": False, "at": now}},
        "referrer": None,
        "cards": ["C-77"],
        "has_qr": False,
        "has_pin": False,
        "enrolled_at": now,
    }
    before = rows(shop)
    again = till.post("/members", DANA, Idempotency_Key="one")
    assert (again.status, again.json) == (200, first.json)
    assert till.post("/members", DANA | {"name": "x"}, Idempotency_Key="one").code == "key_reused_with_other_content"
    assert rows(shop) == before
    [event] = OutboxEvent.objects.of(shop.merchant).filter(kind="MemberEnrolled", body__member=first.json["id"])
    assert event.wallet_sequence == 0
    assert till.post("/purchases", sold(member={"card": "C-77"})).json["balance"]["available"] == 200
    assert shop.world.differences() == []


def test_what_is_known_of_people_is_not_kept_with_a_key(shop: Shop, till: Till) -> None:
    made = till.post("/members", DANA).json["id"]
    [kept] = DoneRequest.objects.of(shop.merchant)
    assert kept.answer == {"id": made}


def test_a_number_that_is_taken_is_refused(shop: Shop, till: Till) -> None:
    before = rows(shop)
    answer = till.post("/members", {"external_id": " amal\u200f"})
    assert (answer.status, answer.code, answer.json["path"]) == (409, "member_exists", "external_id")
    assert rows(shop) == before
    assert Till(shop.elsewhere.merchant).post("/members", {"external_id": "amal"}).status == 201


def test_a_card_that_is_taken_enrols_nobody(shop: Shop, till: Till) -> None:
    till.post(f"{amal(shop)}/cards", {"number": "C-77"})
    before = rows(shop)
    answer = till.post("/members", DANA)
    assert (answer.status, answer.code, answer.json["path"]) == (409, "card_taken", "card")
    assert rows(shop) == before


def test_who_has_no_number_is_given_one(till: Till) -> None:
    numbers = {till.post("/members", {}).json["external_id"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(len(number) == 12 for number in numbers)


def test_a_number_that_chance_made_twice_is_made_anew(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["SAME", "X", "X", "X", "X", "SAME", "SAME", "OTHER", "X", "X"])
    monkeypatch.setattr(enrol_member, "new_number", lambda: next(made))
    assert [till.post("/members", {}).json["external_id"] for _ in range(2)] == ["SAME", "OTHER"]


WRONG = [
    ({"phone": "call me"}, "phone", "not_a_phone"),
    ({"phone": "12"}, "phone", "not_a_phone"),
    ({"email": "amal"}, "email", "not_an_email"),
    ({"born_on": "2011-06-02"}, "born_on", "in_the_future"),
    ({"born_on": "1.2.1990"}, "born_on", "not_a_day"),
    ({"birth_calendar": "mayan"}, "birth_calendar", "not_one_of"),
    ({"language": "de"}, "language", "not_one_of"),
    ({"consents": {"sms": "yes"}}, "consents.sms", "not_yes_or_no"),
    ({"consents": {"S M S": True}}, "consents.S M S.[key]", "not_valid"),
    ({"tags": "vip"}, "tags", "not_a_list"),
    ({"name": "x" * 121}, "name", "too_long"),
    ({"name": None}, "name", "not_text"),
    ({"colour": "blue"}, "colour", "unknown_field"),
]


@pytest.mark.parametrize(("body", "path", "code"), WRONG)
def test_a_bad_profile_is_refused_with_the_field(
    shop: Shop, till: Till, body: dict[str, Any], path: str, code: str
) -> None:
    before = rows(shop)
    for answer in (till.post("/members", body), till.write("PATCH", amal(shop), body)):
        assert answer.status == 422, answer
        assert [(each["path"], each["code"]) for each in answer.json["errors"]] == [(path, code)]
    assert rows(shop) == before


def test_the_day_that_counts_is_the_merchants(shop: Shop, till: Till) -> None:
    assert till.write("PATCH", amal(shop), {"born_on": "2011-06-01"}).status == 200
    shop.world.stand_at(shop.world.now.replace(hour=21))
    assert till.write("PATCH", amal(shop), {"born_on": "2011-06-02"}).status == 200


@pytest.mark.parametrize(
    "name",
    [
        "external_id=amal",
        "phone=0501234567",
        "phone=%2B966+50+123+4567",
        "phone=٠٥٠١٢٣٤٥٦٧",
        "phone=۰۰۹۶۶۵۰۱۲۳۴۵۶۷",
        "email=AMAL@Example.com",
        "card=C-۱",
        "id=AMAL",
        "qr=TOKEN",
    ],
)
def test_a_member_is_found_however_they_are_named(shop: Shop, till: Till, name: str) -> None:
    till.write("PATCH", amal(shop), {"email": "amal@example.com"})
    till.post(f"{amal(shop)}/cards", {"number": "C-1"})
    token = till.post(f"{amal(shop)}/qr", None).json["token"]
    asked = name.replace("AMAL@", "amal@").replace("TOKEN", token).replace("AMAL", str(shop.amal.id))
    assert [each["external_id"] for each in till.get(f"/members?{asked}").json["members"]] == ["amal"]
    assert till.get(f"/wallets?{asked}").json["wallets"][0]["available"] == 325
    theirs = Till(shop.elsewhere.merchant)
    assert theirs.get(f"/members?{asked}").json == {"members": []}
    assert theirs.get(f"/wallets?{asked}").status == 404


def test_who_share_a_phone_are_all_told(shop: Shop, till: Till) -> None:
    till.write("PATCH", f"/members/{shop.badr.id}", {"phone": "0501234567"})
    found = till.get("/members?phone=0501234567").json["members"]
    assert [each["external_id"] for each in found] == ["amal", "badr"]
    answer = till.get("/wallets?phone=0501234567")
    assert (answer.status, answer.code) == (409, "member_ambiguous")


@pytest.mark.parametrize("query", ["", "?external_id=amal&card=1", "?colour=blue", "?phone=me", "?external_id="])
def test_a_look_up_names_exactly_one_way(till: Till, query: str) -> None:
    for path in ("/members", "/wallets"):
        answer = till.get(path + query)
        assert (answer.status, answer.code) == (422, "body_not_valid")
    assert till.get("/members?external_id=nobody").json == {"members": []}


def test_only_what_is_sent_changes(shop: Shop, till: Till) -> None:
    before = till.get(amal(shop)).json
    changed = till.write("PATCH", amal(shop), {"email": "amal@example.com"})
    assert (changed.status, changed.json) == (200, before | {"email": "amal@example.com"})
    assert till.write("PATCH", amal(shop), {}).json == changed.json
    emptied = till.write("PATCH", amal(shop), {"email": None, "phone": None}).json
    assert emptied == before | {"phone": None}
    tagged = till.write("PATCH", amal(shop), {"tags": ["a"], "born_on": "1990-01-01", "language": "ar"}).json
    assert tagged == emptied | {"tags": ["a"], "born_on": "1990-01-01", "language": "ar"}


def test_a_consent_is_kept_with_the_instant_at_which_it_changed(shop: Shop, till: Till) -> None:
    first = till.write("PATCH", amal(shop), {"consents": {"sms": True, "push": True}}).json["consents"]
    shop.world.stand_at(shop.world.now + timedelta(days=1))
    then = till.write("PATCH", amal(shop), {"consents": {"sms": False, "push": True}}).json["consents"]
    assert then == {"sms": {"given": False, "at": "2011-06-02T14:00:00+00:00"}, "push": first["push"]}


def test_a_change_counts_once_under_its_key(shop: Shop, till: Till) -> None:
    till.write("PATCH", amal(shop), {"name": "One"}, Idempotency_Key="k")
    till.write("PATCH", amal(shop), {"name": "Two"})
    again = till.write("PATCH", amal(shop), {"name": "One"}, Idempotency_Key="k")
    assert (again.status, again.json["name"]) == (200, "Two")
    other = till.write("PATCH", amal(shop), {"name": "Three"}, Idempotency_Key="k")
    assert (other.status, other.code) == (422, "key_reused_with_other_content")
    assert till.write("PATCH", f"/members/{shop.badr.id}", {"name": "One"}, Idempotency_Key="k").status == 422
    assert till.ask("PATCH", amal(shop), {"name": "Four"}).code == "idempotency_key_missing"
    assert till.get(amal(shop)).json["name"] == "Two"


def test_who_changes_what_has_changed_since_is_refused(shop: Shop, till: Till) -> None:
    known = till.get(amal(shop)).headers["ETag"]
    changed = till.write("PATCH", amal(shop), {"name": "One"}, If_Match=known)
    assert changed.status == 200
    assert changed.headers["ETag"] == till.get(amal(shop)).headers["ETag"] != known
    before = rows(shop)
    for path, method, body in ((amal(shop), "PATCH", {"name": "Two"}), (f"{amal(shop)}/tags", "PUT", {"tags": ["x"]})):
        answer = till.write(method, path, body, If_Match=known)
        assert (answer.status, answer.code) == (412, "precondition_failed")
    assert rows(shop) == before
    assert (
        till.write("PATCH", amal(shop), {"name": "Two"}, If_Match=f'"other", {changed.headers["ETag"]}').status == 200
    )
    assert till.write("PATCH", amal(shop), {"name": "Three"}, If_Match="*").status == 200


@pytest.mark.parametrize("change", ["card", "referrer", "pin", "status"])
def test_the_etag_is_of_all_that_is_told(shop: Shop, till: Till, change: str) -> None:
    badr = f"/members/{shop.badr.id}"
    before = till.get(badr).headers["ETag"]
    answer = {
        "card": lambda: till.post(f"{badr}/cards", {"number": "C-1"}),
        "referrer": lambda: till.post(f"{badr}/referrer", {"referrer": {"external_id": "amal"}}),
        "pin": lambda: till.write("PUT", f"{badr}/pin", {"pin": "1234"}),
        "status": lambda: till.post(f"{badr}/block", {}),
    }[change]()
    assert answer.status == 200
    assert till.get(badr).headers["ETag"] != before


def test_tags_are_set_whole(shop: Shop, till: Till) -> None:
    assert till.write("PUT", f"{amal(shop)}/tags", {"tags": ["b", "a", "b"]}).json["tags"] == ["b", "a"]
    assert till.write("PUT", f"{amal(shop)}/tags", {"tags": []}).json["tags"] == []
    assert till.write("PUT", f"{amal(shop)}/tags", {"tags": ["x"] * 51}).status == 422


def test_the_id_of_one_who_was_merged_answers_with_whoever_took_over(shop: Shop, till: Till) -> None:
    till.post(f"{amal(shop)}/cards", {"number": "C-1"})
    shop.world.do(MergeMembers, into="badr")
    badr = str(shop.badr.id)
    told = till.get(amal(shop)).json
    assert (told["id"], told["merged_into"], told["external_id"], told["cards"]) == (badr, badr, "badr", ["C-1"])
    assert till.get(f"/members/{badr}").json == told | {"merged_into": None}
    assert till.get(amal(shop)).headers["ETag"] == till.get(f"/members/{badr}").headers["ETag"]
    for name in ("external_id=amal", "card=C-1"):
        [found] = till.get(f"/members?{name}").json["members"]
        assert found == told
    assert till.write("PATCH", amal(shop), {"name": "Both"}).json == told | {"name": "Both"}
    assert shop.world.member("badr").name == "Both"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"name": "x"}),
        ("PUT", "/tags", {"tags": []}),
        ("PUT", "/pin", {"pin": "1234"}),
        ("POST", "/block", {}),
        ("POST", "/unblock", {}),
        ("POST", "/close", {}),
        ("POST", "/merge", {"into": {"external_id": "amal"}}),
        ("POST", "/referrer", {"referrer": {"external_id": "amal"}}),
        ("POST", "/cards", {"number": "C-9"}),
        ("DELETE", "/cards/C-9", None),
        ("POST", "/qr", None),
        ("GET", "/wallets", None),
        ("GET", "/statement", None),
        ("GET", "/lots", None),
    ],
)
def test_another_merchants_member_is_not_there(shop: Shop, till: Till, method: str, path: str, body: object) -> None:
    before = rows(shop), shop.elsewhere.rows()
    for member in (shop.elsewhere.member("zayd").id, uuid4()):
        answer = till.write(method, f"/members/{member}{path}", body)
        assert (answer.status, answer.code) == (404, "not_found")
    assert (rows(shop), shop.elsewhere.rows()) == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "x"}),
        ("PUT", "/pin", {"pin": "1234"}),
        ("POST", "/block", {}),
        ("POST", "/cards", {"number": "C-9"}),
        ("DELETE", "/cards/C-1", None),
        ("POST", "/qr", None),
    ],
)
def test_who_has_left_is_left_as_they_are(shop: Shop, till: Till, method: str, path: str, body: object) -> None:
    till.post(f"{amal(shop)}/cards", {"number": "C-1"})
    till.post(f"{amal(shop)}/close", None)
    before = rows(shop)
    answer = till.write(method, amal(shop) + path, body)
    assert (answer.status, answer.code) == (409, "member_not_active")
    assert answer.json["detail"] == "The membership of “amal” is closed."
    assert rows(shop) == before
    assert till.get(amal(shop)).json["status"] == "closed"


def test_a_look_up_takes_two_statements_besides_the_keys(shop: Shop, till: Till) -> None:
    till.get("/members?external_id=amal")
    for query, statements in (("phone=0501234567", 2), ("external_id=amal", 1)):
        with CaptureQueriesContext(connection) as asked:
            till.get(f"/members?{query}")
        assert len(asked) == 1 + statements


def test_a_key_that_is_bound_to_a_branch_knows_the_chains_members(shop: Shop) -> None:
    bound = Till(shop.merchant, branches=["airport"])
    assert bound.get(amal(shop)).status == 200
    assert bound.get(f"{amal(shop)}/wallets").status == 200


def test_born_days_are_days(shop: Shop, till: Till) -> None:
    till.write("PATCH", amal(shop), {"born_on": "1990-02-03"})
    assert shop.world.member().born_on == date(1990, 2, 3)


def test_every_text_of_the_api_is_told_in_all_languages() -> None:
    for texts in (api._TOLD, api._FAULTS):
        for code, tell in texts.items():
            said = set()
            for language in ("en", "ar", "fa"):
                with translation.override(language):
                    said.add(tell({"field": "url", "reason": "too_long"}))
            assert len(said) == 3, code
