"""Cards, the code on the phone, the PIN: given, lost, never told twice."""

from __future__ import annotations

import hashlib

import pytest
from django.contrib.auth.hashers import check_password

from tests.web.api.till import Till
from tests.web.shop import Shop
from wafa.core.commands import MergeMembers
from wafa.store.models import DoneRequest

pytestmark = pytest.mark.django_db


def amal(shop: Shop) -> str:
    return f"/members/{shop.amal.id}"


def found(till: Till, query: str) -> list[str]:
    return [each["external_id"] for each in till.get(f"/members?{query}").json["members"]]


def test_cards_are_given_lost_and_never_given_again(shop: Shop, till: Till) -> None:
    badr = f"/members/{shop.badr.id}"
    assert till.post(f"{amal(shop)}/cards", {"number": " C-۱ "}).json["cards"] == ["C-1"]
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).json["cards"] == ["C-1"]
    assert till.post(f"{amal(shop)}/cards", {"number": "A/2"}).json["cards"] == ["C-1", "A/2"]
    taken = till.post(f"{badr}/cards", {"number": "C-1"})
    assert (taken.status, taken.code, taken.json["path"]) == (409, "card_taken", "number")
    assert till.write("DELETE", f"{badr}/cards/C-1").status == 404
    assert found(till, "card=C-1") == ["amal"]
    assert till.write("DELETE", f"{amal(shop)}/cards/C-%DB%B1").json["cards"] == ["A/2"]
    assert till.write("DELETE", f"{amal(shop)}/cards/A/2").json["cards"] == []
    assert till.write("DELETE", f"{amal(shop)}/cards/C-1").status == 404
    assert found(till, "card=C-1") == []
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).code == "card_taken"


def test_another_merchants_cards_are_their_own(shop: Shop, till: Till) -> None:
    zayd = f"/members/{shop.elsewhere.member('zayd').id}"
    assert Till(shop.elsewhere.merchant).post(f"{zayd}/cards", {"number": "C-1"}).status == 200
    assert till.post(f"{amal(shop)}/cards", {"number": "C-1"}).status == 200


def test_the_cards_of_one_who_was_merged_are_the_survivors(shop: Shop, till: Till) -> None:
    till.post(f"{amal(shop)}/cards", {"number": "C-1"})
    first = till.post(f"{amal(shop)}/qr", None).json["token"]
    shop.world.do(MergeMembers, into="badr")
    badr = f"/members/{shop.badr.id}"
    assert till.get(badr).json["cards"] == ["C-1"]
    assert found(till, f"qr={first}") == ["badr"]
    second = till.post(f"{badr}/qr", None).json
    assert second["member"] == str(shop.badr.id)
    assert found(till, f"qr={first}") == []
    assert found(till, f"qr={second['token']}") == ["badr"]
    assert till.write("DELETE", f"{badr}/cards/C-1").json["cards"] == []


def test_a_code_is_told_once_and_ends_the_one_before(shop: Shop, till: Till) -> None:
    first = till.post(f"{amal(shop)}/qr", None, Idempotency_Key="qr-1")
    assert (first.status, len(first.json["token"])) == (201, 32)
    again = till.post(f"{amal(shop)}/qr", None, Idempotency_Key="qr-1")
    assert (again.status, again.json) == (200, {"member": str(shop.amal.id)})
    assert found(till, f"qr={first.json['token']}") == ["amal"]
    second = till.post(f"{amal(shop)}/qr", None).json["token"]
    assert found(till, f"qr={first.json['token']}") == []
    assert found(till, f"qr={second}") == ["amal"]
    kept = str(shop.world.rows())
    assert first.json["token"] not in kept
    assert hashlib.sha256(second.encode()).hexdigest() in kept
    assert till.get(amal(shop)).json["has_qr"] is True


def test_a_pin_is_kept_as_a_slow_hash_and_never_told(shop: Shop, till: Till) -> None:
    answer = till.write("PUT", f"{amal(shop)}/pin", {"pin": "٤٧١١"})
    assert (answer.status, answer.json["has_pin"]) == (200, True)
    kept = shop.world.member().pin_hash
    assert check_password("4711", kept)
    assert "4711" not in str(answer.json) + kept
    assert till.write("PUT", f"{amal(shop)}/pin", {"pin": None}).json["has_pin"] is False


def test_what_is_kept_of_a_request_gives_no_pin_away(shop: Shop, till: Till) -> None:
    till.write("PUT", f"{amal(shop)}/pin", {"pin": "4711"}, Idempotency_Key="k")
    [kept] = DoneRequest.objects.of(shop.merchant)
    for asked in ("4711", '"4711"', '{"pin":"4711"}', f'["set pin","{shop.amal.id}","4711"]'):
        assert bytes(kept.content_hash) != hashlib.sha256(asked.encode()).digest()
    assert till.write("PUT", f"{amal(shop)}/pin", {"pin": "4711"}, Idempotency_Key="k").status == 200
    other = till.write("PUT", f"{amal(shop)}/pin", {"pin": "4712"}, Idempotency_Key="k")
    assert (other.status, other.code) == (422, "key_reused_with_other_content")


@pytest.mark.parametrize("pin", ["123", "1" * 13, "47x1", 4711, ""])
def test_a_pin_has_four_to_twelve_digits(shop: Shop, till: Till, pin: object) -> None:
    answer = till.write("PUT", f"{amal(shop)}/pin", {"pin": pin})
    assert [(each["path"], each["code"]) for each in answer.json["errors"]] == [("pin", "not_a_pin")]
    assert shop.world.member().pin_hash == ""
