"""Activities, transfers, adjustments and their approval, claims and moves, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from tests.world import GENEROUS, NOON, World
from wafa.store.models import Scope

pytestmark = pytest.mark.django_db


def goodwill(points: int = 50, **facts: Any) -> dict[str, Any]:
    return {"member": {"external_id": "amal"}, "points": points, "reason": "goodwill", "note": "They waited."} | facts


def test_points_are_given_by_hand_with_a_reason(shop: Shop, till: Till) -> None:
    answer = till.post("/adjustments", goodwill())
    assert (answer.status, answer.json["points"], shop.world.holds()) == (201, 50, 375)
    assert till.post("/adjustments", goodwill(0)).code == "points_not_above_zero"
    assert till.post("/adjustments", goodwill(reason="")).code == "body_not_valid"


def test_what_is_beyond_the_keys_limit_waits_for_somebody_else(shop: Shop, till: Till) -> None:
    clerk = Till(shop.merchant, Scope.ADJUSTMENTS_WRITE, Scope.ADJUSTMENTS_APPROVE, name="clerk", adjusts_most=100)
    assert clerk.post("/adjustments", goodwill(100)).status == 201
    waiting = clerk.post("/adjustments", goodwill(101), Idempotency_Key="large")
    assert (waiting.status, waiting.json["status"], shop.world.holds()) == (202, "waiting", 425)
    assert clerk.post("/adjustments", goodwill(101), Idempotency_Key="large").json == waiting.json
    assert clerk.post("/adjustments", goodwill(102), Idempotency_Key="large").code == "key_reused_with_other_content"
    path = f"/adjustments/waiting/{waiting.json['id']}"
    assert clerk.post(f"{path}/approve", None).code == "second_person_needed"
    assert [each["id"] for each in till.get("/adjustments/waiting").json["adjustments"]] == [waiting.json["id"]]
    approved = till.post(f"{path}/approve", None)
    assert (approved.status, approved.json["points"], shop.world.holds()) == (201, 101, 526)
    assert till.post(f"{path}/approve", None).json["status"] == "duplicate"
    assert till.post(f"{path}/decline", None).code == "decided_already"
    assert till.get("/adjustments/waiting").json == {"adjustments": []}
    assert shop.world.holds() == 526


def test_a_key_made_in_its_place_is_no_second_person(shop: Shop) -> None:
    from datetime import timedelta

    from wafa.operations.api_keys import rotate_key

    clerk = Till(shop.merchant, adjusts_most=0)
    waiting = clerk.post("/adjustments", goodwill())
    made = rotate_key(shop.merchant.id, clerk.key.id, timedelta(hours=1))
    assert made
    clerk.token = made[1]
    assert clerk.post(f"/adjustments/waiting/{waiting.json['id']}/approve", None).code == "second_person_needed"


def test_what_is_declined_is_never_posted(shop: Shop, till: Till) -> None:
    waiting = Till(shop.merchant, name="clerk", adjusts_most=0).post("/adjustments", goodwill())
    path = f"/adjustments/waiting/{waiting.json['id']}"
    assert till.post(f"{path}/decline", None).json["status"] == "declined"
    assert till.post(f"{path}/approve", None).code == "decided_already"
    assert shop.world.holds() == 325
    elsewhere = Till(shop.elsewhere.merchant)
    assert elsewhere.post(f"{path}/decline", None).status == 404


def test_points_pass_from_one_member_to_another() -> None:
    world = World(GENEROUS, members=("amal", "badr"))
    world.buy()
    till = Till(world.merchant)
    given = {"member": {"external_id": "amal"}, "to": {"external_id": "badr"}, "points": 40}
    assert till.post("/transfers", given).status == 201
    assert (world.holds(), world.holds("badr")) == (60, 40)
    assert till.post("/transfers", given | {"to": {"external_id": "amal"}}).code == "member_the_same"
    unknown = till.post("/transfers", given | {"to": {"card": "9"}})
    assert (unknown.code, unknown.json["path"]) == ("member_unknown", "to")


def test_an_activity_counts_once_in_its_period() -> None:
    review = {"code": "review", "kind": "review", "points": 20, "once_per": "subject", "name": {"en": "Review"}}
    world = World(GENEROUS | {"activities": [review]})
    till = Till(world.merchant)
    done = {"member": {"external_id": "amal"}, "activity": "review", "occurred_at": NOON.isoformat(), "subject": "TEA"}
    assert till.post("/activities", done).status == 201
    assert till.post("/activities", done).code == "activity_counted_already"
    assert till.post("/activities", done | {"activity": "dance"}).code == "activity_unknown"
    assert world.holds() == 20


def test_an_anonymous_receipt_is_claimed_once_by_who_has_the_slip(shop: Shop, till: Till) -> None:
    receipt = {"source": "till", "number": "N-ANONYMOUS"}
    claim = {"receipt": receipt, "member": {"external_id": "badr"}, "amount_minor": 4000, "occurred_on": "2011-06-01"}
    assert till.post("/purchases:claim", claim | {"amount_minor": 4001}).code == "proof_wrong"
    assert till.post("/purchases:claim", claim | {"occurred_on": "2011-06-02"}).code == "proof_wrong"
    assert till.post("/purchases:claim", claim).status == 201
    assert till.post("/purchases:claim", claim | {"member": {"external_id": "amal"}}).code == "receipt_has_a_member"
    unknown = claim | {"receipt": {"source": "till", "number": "N-0"}}
    assert till.post("/purchases:claim", unknown).code == "receipt_unknown"
    assert shop.world.holds("badr") > 0


def test_a_receipt_is_moved_to_the_right_member(shop: Shop, till: Till) -> None:
    moved = {"receipt": {"source": "till", "number": "N-AIRPORT"}, "to": {"external_id": "badr"}}
    assert till.post("/purchases:move", moved).status == 201
    assert shop.world.holds("badr") > 0
    airport = Till(shop.merchant, branches=["olaya"])
    assert airport.post("/purchases:move", moved).code == "receipt_unknown"


def test_a_receipt_is_told_as_it_stands_now(shop: Shop, till: Till) -> None:
    told = till.get("/purchases?source=till&number=N-OLAYA").json
    assert (told["kind"], told["branch"], told["total"]) == (
        "purchase",
        "olaya",
        {"amount_minor": 25_000, "currency": "SAR"},
    )
    assert [(line["quantity"], line["returned"]) for line in told["lines"]] == [("2", "1")]
    assert told["points"] == 225
    assert {award["rule"]: (award["first_points"], award["points"]) for award in told["awards"]} == {
        "base": (250, 125),
        "welcome": (100, 100),
    }
    assert till.get("/purchases?source=till&number=N-0").status == 404
    assert Till(shop.elsewhere.merchant).get("/purchases?source=till&number=N-OLAYA").status == 404
    assert Till(shop.merchant, branches=["airport"]).get("/purchases?source=till&number=N-OLAYA").status == 404


def test_a_return_takes_back_what_the_goods_earned(shop: Shop, till: Till) -> None:
    till.post("/purchases", body := sold())
    lines = [{"item": "TEA", "quantity": 1, "amount_minor": 10_000}]
    returned = sold(lines=lines, receipt={"source": body["source"], "number": body["number"]})
    answer = till.post("/returns", returned)
    assert (answer.status, answer.json["points"]) == (201, -100)
    assert till.post("/returns", returned).json["status"] == "duplicate"
    again = till.post("/returns", sold(lines=lines, receipt=returned["receipt"]))
    assert (again.status, again.code) == (409, "returned_more_than_left")
    cancel = {name: returned[name] for name in ("branch", "currency", "occurred_at")}
    cancel |= {"source": "till-7", "number": "C-1", "returned": {"source": "till-7", "number": returned["number"]}}
    assert till.post("/returns:cancel", cancel).json["points"] == 100
    void = cancel | {"number": "V-1", "receipt": returned["receipt"]}
    del void["returned"]
    assert till.post("/voids", void).json["points"] == -100


def test_a_return_that_comes_first_waits(shop: Shop, till: Till) -> None:
    answer = till.post("/returns", sold(receipt={"source": "till-7", "number": "LATER"}))
    assert (answer.status, answer.json["waits_for"], answer.json["points"]) == (201, "LATER", 0)


def test_goods_are_exchanged_on_one_slip(shop: Shop, till: Till) -> None:
    back = [{"item": "COFFEE", "quantity": 1, "amount_minor": 10_000}]
    answer = till.post("/purchases", sold(returned=back, receipt={"source": "till", "number": "N-AIRPORT"}))
    assert (answer.status, answer.json["points"]) == (201, 0)


def test_a_preview_tells_what_would_be_and_writes_nothing(shop: Shop, till: Till) -> None:
    before = {table: rows for table, rows in shop.world.rows().items() if table != "api_key"}
    body = sold(lines=[{"item": "TEA", "quantity": 1, "amount_minor": 9_950}])
    del body["number"]
    answer = till.post("/previews", body)
    assert (answer.status, answer.json["points"], answer.json["tier"]) == (200, 99, "bronze")
    base = next(rule for rule in answer.json["rules"] if rule["rule"] == "base")
    assert base["points"] == 99
    assert base["near"]
    missed = next(rule for rule in answer.json["rules"] if rule["rule"] == "november")
    assert missed["missed"]
    assert answer.json["next"] == {"code": "silver", "missing": 676}
    assert {table: rows for table, rows in shop.world.rows().items() if table != "api_key"} == before
    assert till.post("/previews", body | {"member": None}).json["points"] == 199
