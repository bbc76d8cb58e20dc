"""Recording receipts over HTTP: counted once, told with reasons, refused with the field."""

from __future__ import annotations

import pytest

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from tests.world import GENEROUS, World

pytestmark = pytest.mark.django_db


def test_a_receipt_is_answered_with_its_points_reasons_balance_and_tier(shop: Shop, till: Till) -> None:
    answer = till.post("/purchases", sold(lines=[{"item": "TEA", "quantity": "1.5", "amount_minor": 10_050}]))
    assert answer.status == 201
    assert answer.json == {
        "id": answer.json["id"],
        "status": "accepted",
        "points": 100,
        "awards": [
            {
                "rule": "base",
                "points": 100,
                "text": "Base points, 1 point for each full SAR\xa01.00 of SAR\xa0100.50: 100.",
            }
        ],
        "balance": {"available": 425, "pending": 0, "held": 0, "debt": 0},
        "tier": {"code": "bronze", "next": {"code": "silver", "missing": 675}},
        "units": [],
    }
    assert shop.world.holds() == 425


def test_the_same_again_is_answered_with_the_first_answer(shop: Shop, till: Till) -> None:
    first = till.post("/purchases", body := sold())
    till.post("/purchases", sold())
    again = till.post("/purchases", body)
    assert again.status == 200
    assert again.json == first.json | {"status": "duplicate"}


def test_other_content_under_the_same_number_is_refused(till: Till) -> None:
    till.post("/purchases", body := sold())
    answer = till.post("/purchases", body | {"tags": ["staff"]})
    assert (answer.status, answer.code) == (409, "document_reused_with_other_content")
    assert answer.json["type"] == "urn:wafa:problem:document_reused_with_other_content"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_anonymous_receipt_earns_nothing(till: Till) -> None:
    answer = till.post("/purchases", sold(member=None))
    assert answer.status == 201
    assert (answer.json["points"], answer.json["balance"], answer.json["tier"]) == (0, None, None)


@pytest.mark.parametrize("phone", ["+966501234567", "0501234567", "٠٥٠١٢٣٤٥٦٧", "00966 50 123 4567"])
def test_a_member_is_named_by_a_phone_as_people_write_it(shop: Shop, till: Till, phone: str) -> None:
    assert till.post("/purchases", sold(member={"phone": phone})).status == 201
    assert shop.world.holds() == 425
    assert till.post("/purchases", sold(member={"id": str(shop.amal.id)})).json["balance"]["available"] == 525


def test_a_phone_that_two_members_share_names_neither(shop: Shop, till: Till) -> None:
    shop.badr.phone = shop.amal.phone
    shop.badr.save()
    answer = till.post("/purchases", sold(member={"phone": "0501234567"}))
    assert (answer.status, answer.code) == (409, "member_ambiguous")


def test_the_sentence_is_in_the_readers_language(till: Till) -> None:
    def said(language: str) -> str:
        return str(till.post("/purchases", sold(branch="nowhere"), Accept_Language=language).json["detail"])

    assert said("en") == "There is no branch “nowhere”."
    assert said("ar") != said("fa") != said("en")


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"number": ""}, "number", "too_short"),
        ({"number": None}, "number", "not_text"),
        ({"occurred_at": "2011-06-01T12:00:00"}, "occurred_at", "not_an_instant"),
        ({"occurred_at": 1306918800}, "occurred_at", "not_an_instant"),
        ({"lines": []}, "lines", "too_short"),
        ({"lines": [{"item": "T", "quantity": 1, "amount_minor": 1}] * 1001}, "lines", "too_long"),
        ({"lines": [{"item": "T", "quantity": -1, "amount_minor": 1}]}, "lines.0.quantity", "not_a_quantity"),
        ({"lines": [{"item": "T", "quantity": 1.5, "amount_minor": 1}]}, "lines.0.quantity", "not_a_quantity"),
        ({"lines": [{"item": "T", "quantity": "NaN", "amount_minor": 1}]}, "lines.0.quantity", "not_a_quantity"),
        ({"lines": [{"item": "T", "quantity": 1, "amount_minor": -1}]}, "lines.0.amount_minor", "too_small"),
        ({"lines": [{"item": "T", "quantity": 1, "amount_minor": 10**30}]}, "lines.0.amount_minor", "not_whole"),
        ({"lines": [{"item": "T", "quantity": 1, "amount_minor": "5"}]}, "lines.0.amount_minor", "not_whole"),
        ({"colour": "blue"}, "colour", "unknown_field"),
        ({"member": {}}, "member", "one_way_only"),
        ({"member": {"external_id": "amal", "phone": "050"}}, "member", "one_way_only"),
        ({"member": {"id": "amal"}}, "member.id", "not_an_id"),
        ({"member": {"phone": "Amal"}}, "member.phone", "not_a_phone"),
        ({"currency": "riyal"}, "currency", "not_valid"),
        ({"branch": "a\x00b\ud800"}, "branch", "text_not_usable"),
    ],
)
def test_a_bad_body_is_refused_with_the_fields_path(
    shop: Shop, till: Till, change: dict[str, object], path: str, code: str
) -> None:
    import json

    before = shop.world.rows()
    answer = till.post("/purchases", json.dumps(sold() | change).encode())
    if "\ud800" in str(change.get("branch")):
        assert (answer.status, answer.code) == (400, "body_not_json")
    else:
        assert answer.status == 422, answer
        assert [(each["path"], each["code"]) for each in answer.json["errors"]] == [(path, code)]
        assert answer.json["errors"][0]["detail"]
    after = shop.world.rows()
    assert {table: rows for table, rows in after.items() if table != "api_key"} == {
        table: rows for table, rows in before.items() if table != "api_key"
    }


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, '{"a": "é"}'.encode("latin-1"), b"[]", b"7"]
)
def test_what_is_no_json_object_is_refused(till: Till, body: bytes) -> None:
    answer = till.post("/purchases", body)
    assert answer.status in (400, 422)
    assert answer.code in ("body_not_json", "body_not_valid")


def test_a_body_of_ten_megabytes_is_refused(till: Till) -> None:
    answer = till.post("/purchases", b" " * 10_000_000)
    assert (answer.status, answer.code) == (413, "body_too_large")


def test_direction_marks_and_digits_of_any_script_are_no_part_of_a_number(till: Till) -> None:
    first = till.post("/purchases", sold(number="R-۱۲۳"))
    again = till.post("/purchases", sold(number="\u200fR-123\u202e"))
    assert (first.status, again.status, again.json["status"]) == (201, 200, "duplicate")


def test_a_batch_is_answered_item_by_item(shop: Shop, till: Till) -> None:
    one, two = sold(), sold()
    items = [one, sold(currency="EUR"), one, {"source": "x"}, sold(member={"external_id": "nobody"}), two]
    answer = till.post("/purchases:batch", {"items": items})
    assert answer.status == 200
    told = [(each["status"], (each.get("answer") or each["problem"]).get("status")) for each in answer.json["results"]]
    assert [status for status, _ in told] == [201, 422, 200, 422, 422, 201]
    assert [each["problem"]["code"] for each in answer.json["results"] if "problem" in each] == [
        "currency_not_the_merchants",
        "body_not_valid",
        "member_unknown",
    ]
    assert shop.world.holds() == 525


def test_an_address_or_a_method_that_is_not_there_is_refused_as_anything_else(till: Till) -> None:
    nowhere = till.get("/nowhere")
    assert (nowhere.status, nowhere.code) == (404, "not_found")
    assert till.get("/members/5").code == "not_found"
    wrong = till.ask("DELETE", "/purchases")
    assert (wrong.status, wrong.code) == (405, "method_not_allowed")
    assert "POST" in wrong.headers["Allow"]
    assert wrong.headers["Content-Type"] == "application/problem+json"


def test_stamps_are_told_the_first_time_and_every_time(shop: Shop) -> None:
    stamp = {"code": "coffee", "kind": "fixed", "points": 1, "unit": "stamps", "name": {"en": "A stamp a visit"}}
    world = World(GENEROUS | {"rules": [*GENEROUS["rules"], stamp]})
    till = Till(world.merchant)
    first = till.post("/purchases", body := sold())
    text = f"Receipt {body['number']}. A stamp a visit, for the receipt: 1."
    assert first.json["units"] == [{"unit": "stamps", "points": 1, "available": 1, "text": text}]
    till.post("/purchases", sold())
    assert till.post("/purchases", body).json == first.json | {"status": "duplicate"}
    back = sold(receipt={"source": body["source"], "number": body["number"]})
    returned = till.post("/returns", back)
    assert [(each["unit"], each["points"], each["available"]) for each in returned.json["units"]] == [("stamps", -1, 1)]
    assert till.post("/returns", back).json == returned.json | {"status": "duplicate"}
