"""The owner's pages of webhooks: endpoints, secrets that are shown once, the log, telling again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import signed_in
from tests.web.shop import Shop
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.scheduling import schedule_deliveries
from wafa.operations.webhooks.endpoints import add_endpoint, change_endpoint, switch_off
from wafa.operations.webhooks.reach_private import reach_private
from wafa.store.ids import new_id
from wafa.store.models import OutboxEvent, WebhookDelivery, WebhookEndpoint

URL = "https://shop.example/hook"
CHANGES = ["change", "switch", "rotate", "remove"]


@pytest.fixture
def owner(shop: Shop) -> Client:
    """Huda's browser."""
    return signed_in(shop.cast.huda)


@pytest.fixture
def endpoint(shop: Shop) -> WebhookEndpoint:
    """One that has been told of nothing yet."""
    while mark_done(1000):
        pass
    return add_endpoint(shop.merchant, URL, "The web shop")[0]


def page(client: Client, name: str, *where: UUID) -> str:
    """A page's text."""
    answer = client.get(reverse(f"console:{name}", args=where))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(client: Client, name: str, *where: UUID, **form: Any) -> Any:
    """What a form is answered."""
    return client.post(reverse(f"console:{name}", args=where), form)


def told(shop: Shop, endpoint: WebhookEndpoint, **became: Any) -> WebhookDelivery:
    """An event that happened, and what became of telling it."""
    shop.world.buy()
    while mark_done(1000) or schedule_deliveries(1000):
        pass
    mine = WebhookDelivery.objects.of(shop.merchant).filter(endpoint_id=endpoint.id)
    last = mine.order_by("-number").first()
    assert last
    mine.filter(id=last.id).update(**became)
    return mine.select_related("event").get(id=last.id)


def test_an_endpoint_is_added_and_its_secret_shown_once(shop: Shop, owner: Client) -> None:
    answer = post(owner, "add_webhook", url=URL, description="The web shop", kinds=["PointsAccrued", "TierChanged"])
    (made,) = WebhookEndpoint.objects.of(shop.merchant)
    secret = made.secrets[0]["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    for text in (page(owner, "webhooks"), page(owner, "webhook", made.id)):
        assert secret not in text
        assert "whsec_" not in text
        assert URL in text
        assert "The web shop" in text
        assert "Purchase · Tier changed" in text
    assert made.kinds == ["PointsAccrued", "TierChanged"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"url": "shop.example"}, "must begin with https://"),
        ({"url": "https://127.0.0.1/"}, "lies in a private network"),
        ({"url": "https://huda:x@shop.example/"}, "must not hold a user name"),
        ({"url": ""}, "must begin with https://"),
        ({"url": URL, "description": "x" * 300}, "This is too long."),
        ({"url": URL, "kinds": ["Invented"]}, "no such kind of event"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    shop: Shop, owner: Client, form: dict[str, Any], said: str
) -> None:
    answer = post(owner, "add_webhook", **form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert form["url"] in answer.content.decode()
    assert not WebhookEndpoint.objects.of(shop.merchant).exists()


def test_an_endpoint_is_changed(shop: Shop, owner: Client, endpoint: WebhookEndpoint) -> None:
    answer = post(owner, "change_webhook", endpoint.id, url="https://other.example/", kinds=["PointsHeld"])
    assert answer.status_code == 302
    changed = WebhookEndpoint.objects.of(shop.merchant).get(id=endpoint.id)
    assert (changed.url, changed.description, changed.kinds) == ("https://other.example/", "", ["PointsHeld"])
    answer = post(owner, "change_webhook", endpoint.id, url="ftp://other.example/")
    assert answer.status_code == 422
    assert "must begin with https://" in answer.content.decode()


def test_a_new_secret_is_shown_once_and_the_old_one_ends_as_was_chosen(
    shop: Shop, owner: Client, endpoint: WebhookEndpoint
) -> None:
    old = endpoint.secrets[0]["secret"]
    answer = post(owner, "rotate_webhook", endpoint.id, when="later").content.decode()
    kept = WebhookEndpoint.objects.of(shop.merchant).get(id=endpoint.id).secrets
    assert kept[0]["secret"] in answer
    assert old not in answer
    assert [each["secret"] for each in kept][1:] == [old]
    answer = post(owner, "rotate_webhook", endpoint.id, when="now").content.decode()
    (only,) = WebhookEndpoint.objects.of(shop.merchant).get(id=endpoint.id).secrets
    assert only["secret"] in answer


def test_off_and_on(shop: Shop, owner: Client, endpoint: WebhookEndpoint) -> None:
    post(owner, "switch_webhook", endpoint.id, to="off")
    assert not WebhookEndpoint.objects.of(shop.merchant).get(id=endpoint.id).is_active
    assert "It is told nothing now" in page(owner, "webhook", endpoint.id)
    post(owner, "switch_webhook", endpoint.id, to="on")
    assert WebhookEndpoint.objects.of(shop.merchant).get(id=endpoint.id).is_active
    WebhookEndpoint.objects.of(shop.merchant).filter(id=endpoint.id).update(is_active=False, off_because="gone")
    assert "it answered that it is gone" in page(owner, "webhooks")


def test_a_removed_one_is_gone(shop: Shop, owner: Client, endpoint: WebhookEndpoint) -> None:
    told(shop, endpoint)
    assert post(owner, "remove_webhook", endpoint.id).headers["Location"] == reverse("console:webhooks")
    assert "Nobody is told yet" in page(owner, "webhooks")


def test_the_log_tells_what_became_of_each(shop: Shop, owner: Client, endpoint: WebhookEndpoint) -> None:
    now = timezone.now()
    told(shop, endpoint, state="delivered", delivered_at=now, attempts=2, last_status=204)
    told(shop, endpoint, state="given_up", attempts=10, last_error="timed_out")
    told(shop, endpoint)
    text = page(owner, "webhook", endpoint.id)
    for said in ("answered 204", "The answer took too long.", "1 event was given up", "PointsAccrued", "next: "):
        assert said in text
    answer = owner.get(reverse("console:webhook", args=[endpoint.id]) + "?state=given_up").content.decode()
    assert "The answer took too long." in answer
    assert "answered 204" not in answer


def test_the_log_goes_on(shop: Shop, owner: Client, endpoint: WebhookEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wafa.web.console.views.webhooks.endpoint.A_PAGE", 2)
    numbers = [told(shop, endpoint).number for _ in range(3)]
    first = owner.get(reverse("console:webhook", args=[endpoint.id]))
    assert [row.delivery.number for row in first.context["rows"]] == numbers[:0:-1]
    rest = owner.get(reverse("console:webhook", args=[endpoint.id]), {"after": first.context["after"]})
    assert [row.delivery.number for row in rest.context["rows"]] == numbers[:1]
    odd = owner.get(reverse("console:webhook", args=[endpoint.id]), {"after": "nonsense", "state": "lost"})
    assert odd.status_code == 200


def test_telling_again(shop: Shop, owner: Client, endpoint: WebhookEndpoint) -> None:
    done = told(shop, endpoint, state="delivered", delivered_at=timezone.now(), attempts=1)
    assert post(owner, "replay_event", endpoint.id, done.event_id).status_code == 302
    assert "1 event will be sent again." in page(owner, "webhook", endpoint.id)
    mine = WebhookDelivery.objects.of(shop.merchant)
    assert mine.get(id=done.id).state == "waiting"
    mine.update(state="given_up", attempts=10)
    post(owner, "replay_failed", endpoint.id)
    assert mine.get(id=done.id).attempts == 0
    mine.update(state="given_up", attempts=10)
    times = {"since": "2020-01-01T00:00", "until": "2100-01-01T00:00"}
    assert post(owner, "replay_between", endpoint.id, **times).status_code == 302
    assert mine.get(id=done.id).attempts == 0


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"since": "2026-01-01T00:00"},
        {"since": "soon", "until": "later"},
        {"since": "2026-01-02T00:00", "until": "2026-01-01T00:00"},
        {"since": "9999-12-31T23:59", "until": "0001-01-01T00:00"},
    ],
)
def test_a_time_must_be_one(owner: Client, endpoint: WebhookEndpoint, times: dict[str, str]) -> None:
    answer = post(owner, "replay_between", endpoint.id, **times)
    assert answer.status_code == 422
    assert "Choose from when until when" in answer.content.decode()


def test_the_ends_of_time(owner: Client, endpoint: WebhookEndpoint) -> None:
    times = {"since": "0001-01-01T00:00", "until": "9999-12-31T23:59"}
    assert post(owner, "replay_between", endpoint.id, **times).status_code == 302


def test_whether_private_networks_are_open_is_told(shop: Shop, owner: Client) -> None:
    assert "are refused, unless" in page(owner, "webhooks")
    reach_private(shop.merchant, True)
    assert "private networks are allowed" in page(owner, "webhooks")


@pytest.mark.parametrize("who", ["majid", "rana", "karim", "nobody"])
def test_nobody_else_has_any_business_here(shop: Shop, endpoint: WebhookEndpoint, who: str) -> None:
    client = signed_in(getattr(shop.cast, who))
    assert client.get(reverse("console:webhooks")).status_code == 403
    assert client.get(reverse("console:webhook", args=[endpoint.id])).status_code == 403
    assert post(client, "add_webhook", url=URL).status_code == 403
    for name in (*(f"{each}_webhook" for each in CHANGES), "replay_between", "replay_failed"):
        assert post(client, name, endpoint.id, url=URL, to="off").status_code == 403
    assert post(client, "replay_event", endpoint.id, new_id()).status_code == 403
    assert reverse("console:webhooks") not in client.get(reverse("console:members")).content.decode()
    (same,) = WebhookEndpoint.objects.of(shop.merchant)
    assert (same.url, same.is_active, same.secrets) == (endpoint.url, True, endpoint.secrets)


def test_the_owner_of_another_shop_finds_nothing(shop: Shop, endpoint: WebhookEndpoint) -> None:
    client = signed_in(shop.cast.farid)
    event = OutboxEvent.objects.of(shop.merchant).first()
    assert event
    assert URL not in page(client, "webhooks")
    assert client.get(reverse("console:webhook", args=[endpoint.id])).status_code == 404
    times = {"since": "2020-01-01T00:00", "until": "2100-01-01T00:00"}
    for name in (*(f"{each}_webhook" for each in CHANGES), "replay_between", "replay_failed"):
        assert post(client, name, endpoint.id, url=URL, to="off", **times).status_code == 404
    assert post(client, "replay_event", endpoint.id, event.id).status_code == 404
    own, _ = add_endpoint(shop.elsewhere.merchant, URL)
    assert post(client, "replay_event", own.id, event.id).status_code == 404
    assert WebhookEndpoint.objects.of(shop.merchant).get().is_active


@pytest.mark.parametrize("name", [*(f"{each}_webhook" for each in CHANGES), "replay_between", "replay_failed"])
def test_nothing_is_done_by_looking(owner: Client, endpoint: WebhookEndpoint, name: str) -> None:
    assert owner.get(reverse(f"console:{name}", args=[endpoint.id])).status_code == 405


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_in_other_languages(shop: Shop, endpoint: WebhookEndpoint, language: str) -> None:
    told(shop, endpoint, last_error="private_address", attempts=1)
    change_endpoint(shop.merchant, endpoint.id, kinds=["TierChanged"])
    switch_off(shop.merchant, endpoint.id)
    client = signed_in(shop.cast.huda, language)
    text = page(client, "webhook", endpoint.id)
    for said in {"ar": ["شبكة خاصة", "تغيّر المستوى", "متوقفة"], "fa": ["شبکه‌ای خصوصی", "تغییر سطح", "خاموش"]}[language]:
        assert said in text
