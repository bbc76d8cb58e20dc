"""What happens to members over HTTP: blocked, brought along, merged and parted, closed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from tests.world import World
from wafa.store.models import OutboxEvent

pytestmark = pytest.mark.django_db


def amal(shop: Shop) -> str:
    return f"/members/{shop.amal.id}"


def rows(shop: Shop) -> dict[str, set[str]]:
    """All rows, but for when keys were used."""
    return {table: rows for table, rows in shop.world.rows().items() if table != "api_key"}


def events(world: World, *kinds: str) -> list[OutboxEvent]:
    return list(OutboxEvent.objects.of(world.merchant).filter(kind__in=kinds).order_by("id"))


def test_a_blocked_member_spends_nothing(shop: Shop, till: Till) -> None:
    assert till.post(f"{amal(shop)}/block", {"reason": "The card was lost."}).json["status"] == "blocked"
    spent = {"member": {"external_id": "amal"}, "points": 1, "branch": "olaya"}
    assert till.post("/redemptions", spent).code == "member_not_active"
    bought = till.post("/purchases", sold()).json
    assert (bought["points"], bought["anonymous_reason"]) == (0, "member_blocked")
    assert till.get(amal(shop)).json["status"] == "blocked"
    assert till.post(f"{amal(shop)}/unblock", None).json["status"] == "active"
    assert till.post("/redemptions", spent).status == 201


def test_blocking_is_an_event_once(shop: Shop, till: Till) -> None:
    till.post(f"{amal(shop)}/block", {"reason": "The card was lost."}, Idempotency_Key="k")
    till.post(f"{amal(shop)}/block", {"reason": "The card was lost."}, Idempotency_Key="k")
    till.post(f"{amal(shop)}/block", {"reason": "again"})
    till.post(f"{amal(shop)}/unblock", {})
    wallet, member = shop.world.wallet(), str(shop.amal.id)
    told = [(each.kind, each.body) for each in events(shop.world, "MemberBlocked", "MemberUnblocked")]
    assert told == [
        ("MemberBlocked", {"member": member, "reason": "The card was lost."}),
        ("MemberUnblocked", {"member": member, "reason": ""}),
    ]
    assert {(each.wallet_id, each.wallet_sequence) for each in events(shop.world, "MemberBlocked")} == {
        (wallet.id, wallet.sequence)
    }
    assert shop.world.differences() == []


def test_two_cards_of_one_person_are_merged_and_parted(shop: Shop, till: Till) -> None:
    badr = f"/members/{shop.badr.id}"
    merged = till.post(f"{amal(shop)}/merge", {"into": {"external_id": "badr"}}, Idempotency_Key="m")
    assert merged.status == 201
    assert till.get(f"{badr}/wallets").json["wallets"][0]["available"] == 325
    assert till.get(f"{amal(shop)}/wallets").json["merged_into"] == str(shop.badr.id)
    assert till.get(amal(shop)).json["external_id"] == "badr"
    again = till.post(f"{amal(shop)}/merge", {"into": {"external_id": "badr"}}, Idempotency_Key="m")
    assert (again.status, again.json["id"]) == (200, merged.json["id"])
    undone = till.post(f"/merges/{merged.json['id']}/undo", None)
    assert undone.status == 201
    assert till.get(f"{amal(shop)}/wallets").json["wallets"][0]["available"] == 325
    assert till.get(amal(shop)).json["merged_into"] is None
    twice = till.post(f"/merges/{merged.json['id']}/undo", None)
    assert (twice.status, twice.code) == (409, "merge_undone_already")
    assert shop.world.differences() == []


def test_a_merge_that_cannot_be_is_refused(shop: Shop, till: Till) -> None:
    theirs = Till(shop.elsewhere.merchant)
    shop.elsewhere.enrol("zayn")
    zayn = shop.elsewhere.member("zayn").id
    foreign = theirs.post(f"/members/{zayn}/merge", {"into": {"external_id": "zayd"}}).json["id"]
    before = rows(shop)
    same = till.post(f"{amal(shop)}/merge", {"into": {"phone": "0501234567"}})
    assert (same.status, same.code) == (422, "member_the_same")
    nobody = till.post(f"{amal(shop)}/merge", {"into": {"card": "9"}})
    assert (nobody.status, nobody.code, nobody.json["path"]) == (422, "member_unknown", "into")
    stranger = till.post(f"{amal(shop)}/merge", {"into": {"id": str(zayn)}})
    assert (stranger.status, stranger.code) == (422, "member_unknown")
    assert till.ask("POST", f"{amal(shop)}/merge", {"into": {"external_id": "badr"}}).code == "idempotency_key_missing"
    for merge in (foreign, uuid4()):
        answer = till.post(f"/merges/{merge}/undo", None)
        assert (answer.status, answer.code) == (404, "merge_unknown")
    assert rows(shop) == before


def test_who_leaves_has_nothing_left(shop: Shop, till: Till) -> None:
    closed = till.post(f"{amal(shop)}/close", None)
    assert (closed.status, closed.json["points"], closed.json["balance"]["available"]) == (201, -325, 0)
    assert till.get("/members?phone=0501234567").json == {"members": []}
    assert till.get("/members?external_id=amal").json["members"][0]["status"] == "closed"
    again = till.post(f"{amal(shop)}/close", None)
    assert (again.status, again.code) == (409, "member_not_active")


def test_who_holds_something_cannot_leave_yet(shop: Shop, till: Till) -> None:
    till.post("/holds", {"member": {"external_id": "amal"}, "points": 10, "branch": "olaya"})
    before = rows(shop)
    answer = till.post(f"{amal(shop)}/close", None)
    assert (answer.status, answer.code) == (409, "hold_open")
    assert rows(shop) == before


def test_who_brought_them_along_is_noted_once(shop: Shop, till: Till) -> None:
    badr = f"/members/{shop.badr.id}/referrer"
    noted = till.post(badr, {"referrer": {"phone": "0501234567"}})
    assert (noted.status, noted.json["referrer"]) == (200, str(shop.amal.id))
    assert till.post(badr, {"referrer": {"external_id": "amal"}}).status == 200
    shop.world.enrol("carim")
    before = rows(shop)
    other = till.post(badr, {"referrer": {"external_id": "carim"}})
    assert (other.status, other.code, other.json["path"]) == (409, "referral_referred_already", "referrer")
    assert other.json["detail"] == "Somebody else has brought them along already."
    assert rows(shop) == before


@pytest.mark.parametrize(
    ("friend", "referrer", "status", "code"),
    [
        ("amal", {"external_id": "badr"}, 409, "referral_has_bought"),
        ("badr", {"external_id": "badr"}, 422, "referral_the_same"),
        ("badr", {"external_id": "nobody"}, 422, "referral_referrer_unknown"),
        ("badr", {"card": "nobody"}, 422, "member_unknown"),
        ("badr", {"external_id": "farid"}, 409, "referral_not_active"),
    ],
)
def test_a_referral_that_cannot_be_is_refused(
    shop: Shop, till: Till, friend: str, referrer: dict[str, str], status: int, code: str
) -> None:
    shop.world.enrol("farid")
    till.post(f"/members/{shop.world.member('farid').id}/block", None)
    before = rows(shop)
    answer = till.post(f"/members/{shop.world.member(friend).id}/referrer", {"referrer": referrer})
    assert (answer.status, answer.code, answer.json["path"]) == (status, code, "referrer")
    assert answer.json["detail"]
    assert rows(shop) == before


def test_a_referrer_who_was_merged_is_the_one_who_took_over(shop: Shop, till: Till) -> None:
    shop.world.enrol("carim")
    till.post(f"/members/{shop.badr.id}/referrer", {"referrer": {"external_id": "carim"}})
    till.post(f"/members/{shop.world.member('carim').id}/merge", {"into": {"external_id": "amal"}})
    assert till.get(f"/members/{shop.badr.id}").json["referrer"] == str(shop.amal.id)
