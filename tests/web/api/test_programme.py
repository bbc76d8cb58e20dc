"""The programme, the shop's branches and goods, the event log and the keys, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections, transaction

from tests.web.api.till import Till, sold
from tests.web.shop import Shop
from tests.world import DEMO, World
from wafa.jobs.outbox import mark_done
from wafa.store.models import Scope

pytestmark = pytest.mark.django_db
FROM = "2011-07-01T00:00:00+03:00"


def draft(till: Till, body: dict[str, Any] = DEMO) -> tuple[str, str]:
    """A draft's address and ETag."""
    number = till.post("/programme/versions", {"body": body}).json["number"]
    path = f"/programme/versions/{number}"
    return path, till.get(path).headers["ETag"]


def test_what_is_in_force_is_told_as_json_and_as_sentences(shop: Shop, till: Till) -> None:
    told = till.get("/programme/current").json
    assert (told["number"], told["status"], told["body"]) == (1, "live", DEMO)
    assert {rule["code"] for rule in told["rules"]} == {rule["code"] for rule in DEMO["rules"]}
    arabic = till.get("/programme/current", Accept_Language="ar").json
    assert all(one["text"] != other["text"] for one, other in zip(told["rules"], arabic["rules"], strict=True))
    assert till.get("/programme/versions").json["versions"][0]["number"] == 1
    assert till.get("/programme/versions/9").status == 404


def test_a_draft_is_changed_only_as_it_was_read(shop: Shop, till: Till) -> None:
    path, tag = draft(till)
    fewer = DEMO | {"rules": DEMO["rules"][:1]}
    assert till.ask("PUT", path, {"body": fewer}).code == "precondition_required"
    changed = till.ask("PUT", path, {"body": fewer}, If_Match=tag)
    assert (changed.status, changed.json["body"]) == (200, fewer)
    assert till.ask("PUT", path, {"body": DEMO}, If_Match=tag).code == "precondition_failed"
    assert till.get(path).json["body"] == fewer
    assert till.ask("DELETE", path).status == 200
    assert till.get(path).status == 404


def test_a_draft_comes_into_force_and_stays_as_it_is(shop: Shop, till: Till) -> None:
    path, tag = draft(till)
    assert till.get(f"{path}/validity").json == {"valid": True, "errors": []}
    early = till.post(f"{path}/publish", {"starts_at": "2011-05-01T00:00:00Z"}, If_Match=tag)
    assert (early.status, early.code) == (422, "starts_too_early")
    assert till.post(f"{path}/publish", {"starts_at": FROM}, If_Match='"other"').code == "precondition_failed"
    published = till.post(f"{path}/publish", {"starts_at": FROM}, If_Match=tag)
    assert (published.status, published.json["status"]) == (200, "scheduled")
    assert till.post(f"{path}/publish", {"starts_at": FROM}, If_Match=tag).code == "published_already"
    assert till.ask("PUT", path, {"body": DEMO}, If_Match=tag).code == "published_already"
    assert till.ask("DELETE", path).code == "published_already"


def test_what_is_not_valid_is_told_with_its_path_and_not_published(shop: Shop, till: Till) -> None:
    path, tag = draft(till, DEMO | {"rules": [DEMO["rules"][0] | {"points": 0}]})
    [fault] = till.get(f"{path}/validity").json["errors"]
    assert fault["path"] == "rules[0].points"
    assert fault["detail"]
    answer = till.post(f"{path}/publish", {}, If_Match=tag)
    assert (answer.status, answer.code, answer.json["errors"]) == (422, "programme_not_valid", [fault])


def test_branches_are_opened_named_and_grouped(shop: Shop, till: Till) -> None:
    made = till.ask("PUT", "/branches/malaz", {"name": "Malaz", "groups": ["riyadh"]})
    assert made.json == {"code": "malaz", "name": "Malaz", "groups": ["riyadh"]}
    assert till.ask("PUT", "/branches/malaz", {"name": "Al Malaz"}).json["groups"] == []
    assert [each["code"] for each in till.get("/branches").json["branches"]] == ["airport", "malaz", "olaya"]
    assert till.post("/purchases", sold(branch="malaz")).status == 201


def test_goods_are_kept_all_or_none(shop: Shop, till: Till) -> None:
    kinds = [{"code": "cheese", "parent": "dairy"}, {"code": "dairy", "name": "Dairy"}]
    assert till.ask("PUT", "/categories:batch", {"categories": kinds}).json == {"kept": 2}
    circle = till.ask("PUT", "/categories:batch", {"categories": [{"code": "dairy", "parent": "cheese"}]})
    assert (circle.status, circle.code) == (422, "category_circle")
    goods = [{"code": "FETA", "category": "cheese", "brand": "x"}, {"code": "TEA", "category": "drinks"}]
    assert till.ask("PUT", "/items:batch", {"items": goods}).code == "category_unknown"
    assert till.get("/items").json == {"items": [], "next": ""}
    assert till.ask("PUT", "/items:batch", {"items": [goods[0], {"code": "TEA"}]}).json == {"kept": 2}
    one = till.get("/items?limit=1").json
    assert [each["code"] for each in one["items"]] == ["FETA"]
    assert [each["code"] for each in till.get(f"/items?cursor={one['next']}").json["items"]] == ["TEA"]
    assert [each["parent"] for each in till.get("/categories").json["categories"]] == ["dairy", ""]
    assert Till(shop.elsewhere.merchant).get("/items").json["items"] == []


def test_a_key_of_a_branch_changes_nothing_of_the_chain(shop: Shop) -> None:
    bound = Till(shop.merchant, branches=["olaya"])
    assert bound.get("/programme/current").status == 200
    for method, path, body in (
        ("PUT", "/items:batch", {"items": [{"code": "X"}]}),
        ("PUT", "/branches/x", {"name": "X"}),
        ("POST", "/programme/versions", {"body": DEMO}),
        ("POST", "/keys", {"name": "x"}),
    ):
        answer = bound.ask(method, path, body, Idempotency_Key="k")
        assert (answer.status, answer.code) == (403, "not_for_a_branch")


def test_the_log_is_read_from_where_one_was(shop: Shop, till: Till) -> None:
    while mark_done(1000):
        pass
    first = till.get("/events?limit=2").json
    assert [event["number"] for event in first["events"]] == [1, 2]
    rest = till.get(f"/events?after={first['next']}&limit=1000").json
    assert rest["events"][0]["number"] == 3
    nothing = till.get(f"/events?after={rest['next']}").json
    assert nothing == {"events": [], "next": rest["next"]}
    till.post("/purchases", sold())
    assert till.get(f"/events?after={rest['next']}").json["events"] == []
    mark_done(1000)
    [event] = till.get(f"/events?after={rest['next']}").json["events"]
    assert (event["type"], event["data"]["points"]) == ("PointsAccrued", 100)
    assert {each["type"] for each in till.get("/events?type=MemberEnrolled").json["events"]} == {"MemberEnrolled"}
    assert till.get("/events?after=x").code == "cursor_not_valid"


@pytest.mark.django_db(transaction=True)
def test_the_cursor_never_skips_what_was_committed_late() -> None:
    world = World(members=("amal",))
    till = Till(world.merchant, Scope.EVENTS_READ, Scope.PURCHASES_WRITE)
    while mark_done(1000):
        pass
    start = till.get("/events?limit=1000").json["next"]
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "INSERT INTO outbox_event (merchant_id, id, kind, body, created_at) "
                "VALUES (%s, '01000000-0000-7000-8000-000000000000', 'MemberEnrolled', '{}', now())",
                [world.id],
            )
            with transaction.atomic():
                world.buy()
            mark_done(1000)
            seen = till.get(f"/events?after={start}").json
            assert [event["type"] for event in seen["events"]] == ["PointsAccrued"]
            cursor.execute("COMMIT")
        mark_done(1000)
        late = till.get(f"/events?after={seen['next']}").json
        assert [event["type"] for event in late["events"]] == ["MemberEnrolled"]
    finally:
        other.close()


def test_a_key_makes_keys_that_may_no_more_than_itself(shop: Shop, till: Till) -> None:
    made = till.post("/keys", {"name": "shop", "branches": ["olaya"]}, Idempotency_Key="k1")
    assert made.status == 201
    assert made.json["token"].startswith("wafa_")
    assert "token" not in till.post("/keys", {"name": "shop", "branches": ["olaya"]}, Idempotency_Key="k1").json
    small = Till(shop.merchant, Scope.KEYS_WRITE, Scope.MEMBERS_READ, adjusts_most=10)
    assert small.post("/keys", {"name": "x", "scopes": ["purchases:write"]}).code == "scope_missing"
    assert small.post("/keys", {"name": "x", "scopes": ["members:read"]}).code == "more_than_own"
    assert small.post("/keys", {"name": "x", "scopes": ["members:read"], "adjusts_most": 10}).status == 201
    assert small.post(f"/keys/{till.key.id}/rotate", {}).code == "scope_missing"
    assert till.post("/keys", {"name": "x", "scopes": ["fly"]}).code == "key_refused"
    key = made.json["id"]
    rotated = till.post(f"/keys/{key}/rotate", {"overlap_hours": 1})
    assert rotated.json["branches"] == ["olaya"]
    assert till.ask("DELETE", f"/keys/{key}").json["revoked_at"]
    assert till.post(f"/keys/{key}/rotate", {}).code == "key_ended"
    assert made.json["token"] not in str(till.get("/keys").json)
    assert Till(shop.elsewhere.merchant).ask("DELETE", f"/keys/{key}").status == 404
