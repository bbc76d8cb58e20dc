"""Webhooks over HTTP: endpoints added, changed, exchanged, removed; the log, and telling again."""

from __future__ import annotations

import pytest

from tests.web.api.till import Till
from tests.web.shop import Shop
from wafa.jobs.outbox import mark_done

pytestmark = pytest.mark.django_db
URL = "https://example.com/hook"


def test_an_endpoint_lives_and_goes(shop: Shop, till: Till) -> None:
    made = till.post("/webhooks", {"url": URL, "types": ["PointsAccrued"]}, Idempotency_Key="w1")
    assert made.status == 201
    assert made.json["secret"].startswith("whsec_")
    assert "secret" not in till.post("/webhooks", {"url": URL, "types": ["PointsAccrued"]}, Idempotency_Key="w1").json
    path = f"/webhooks/{made.json['id']}"
    changed = till.ask("PATCH", path, {"description": "ERP", "active": False})
    assert (changed.json["active"], changed.json["off_because"], changed.json["description"]) == (False, "owner", "ERP")
    assert till.ask("PATCH", path, {"active": True}).json["active"] is True
    rotated = till.post(f"{path}/rotate", {"overlap_hours": 1})
    assert rotated.json["secret"] != made.json["secret"]
    assert [each["url"] for each in till.get("/webhooks").json["endpoints"]] == [URL]
    assert made.json["secret"] not in str(till.get("/webhooks").json)
    theirs = Till(shop.elsewhere.merchant)
    for method in ("PATCH", "DELETE"):
        assert theirs.ask(method, path, {}).status == 404
    assert till.ask("DELETE", path).status == 200
    assert till.get("/webhooks").json == {"endpoints": []}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"url": "ftp://example.com"}, "url"),
        ({"url": "http://127.0.0.1/"}, "url"),
        ({"url": URL, "types": ["Nothing"]}, "types"),
    ],
)
def test_an_address_that_cannot_be_is_refused(till: Till, body: dict[str, object], path: str) -> None:
    answer = till.post("/webhooks", body)
    assert (answer.status, answer.code, answer.json["path"]) == (422, "webhook_refused", path)


def test_what_happened_is_told_again(shop: Shop, till: Till) -> None:
    while mark_done(1000):
        pass
    path = f"/webhooks/{till.post('/webhooks', {'url': URL}).json['id']}"
    event = till.get("/events?limit=1").json["events"][0]
    assert till.post(f"{path}/replay", {"event": event["id"]}).json == {"events": 1}
    [waiting] = till.get("/deliveries?status=waiting").json["deliveries"]
    assert (waiting["event"], waiting["type"]) == (event["id"], event["type"])
    times = {"since": "2000-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}
    assert till.post(f"{path}/replay", times).json["events"] > 1
    assert till.post(f"{path}/replay", {}).json == {"events": 0}
    assert till.post(f"{path}/replay", {"since": times["since"]}).code == "body_not_valid"
    assert till.post(f"{path}/replay", {"event": waiting["endpoint"]}).status == 404
    page = till.get("/deliveries?limit=1").json
    assert till.get(f"/deliveries?limit=1&cursor={page['next']}").json["deliveries"] != page["deliveries"]
