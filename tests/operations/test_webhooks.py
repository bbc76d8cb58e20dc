"""Endpoints as their owner keeps them, and telling again."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.db import query
from tests.world import PLAIN, World
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks.forgetting import KEPT, forget_deliveries
from wafa.jobs.webhooks.scheduling import schedule_deliveries
from wafa.operations.webhooks import endpoints as operations
from wafa.operations.webhooks.endpoints import (
    EndpointRefusedError,
    EndpointUnknownError,
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    rotate_secret,
    switch_off,
    switch_on,
)
from wafa.operations.webhooks.reach_private import reach_private
from wafa.operations.webhooks.replay import EventUnknownError, replay_between, replay_event, replay_failed
from wafa.operations.webhooks.secrets import SIGNING_MOST, signing
from wafa.queries.webhooks import backlogs, deliveries, delivery, endpoint, endpoints
from wafa.store.ids import new_id
from wafa.store.models import OutboxEvent, WebhookDelivery, WebhookEndpoint
from wafa.store.scope import UnscopedQueryError

URL = "https://shop.example/hook"


@pytest.fixture
def world() -> World:
    """A point for each riyal."""
    return World(PLAIN)


def numbered(world: World) -> list[OutboxEvent]:
    """The merchant's log, after what waits has been numbered, and scheduled for whoever listens."""
    while mark_done(1000) or schedule_deliveries(1000):
        pass
    return list(OutboxEvent.objects.of(world.id).order_by("number"))


def all_done(world: World, state: str = "delivered") -> None:
    """As though everything had been sent."""
    at = timezone.now() if state == "delivered" else None
    WebhookDelivery.objects.of(world.id).update(state=state, attempts=10, delivered_at=at)


def waiting(world: World) -> list[int]:
    """Numbers of the events that are about to be sent, for the first time or again."""
    rows = WebhookDelivery.objects.of(world.id).filter(state="waiting", attempts=0, next_at__lte=timezone.now())
    return sorted(rows.values_list("number", flat=True))


def test_a_new_one_hears_of_what_happens_from_now_on(world: World) -> None:
    world.buy()
    before = len(numbered(world))
    made, secret = add_endpoint(world.merchant, URL, "The shop", ["TierChanged", "PointsAccrued", "PointsAccrued"])
    world.buy()
    assert waiting(world) == []
    numbered(world)
    assert waiting(world) == [before + 1]
    assert (made.url, made.description, made.kinds) == (URL, "The shop", ["PointsAccrued", "TierChanged"])
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32


def test_a_secret_is_shown_by_no_query_and_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made, secret = add_endpoint(world.merchant, URL)
    (listed,) = endpoints(world.merchant)
    one = endpoint(world.merchant, made.id)
    for each in (listed, one):
        assert secret not in repr(vars(each))
        with pytest.raises(UnscopedQueryError):
            _ = each.secrets  # type: ignore[union-attr]
    assert secret not in repr(made) + str(made)
    rotate_secret(world.merchant, made.id)
    assert "whsec_" not in caplog.text


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"url": "shop.example"}, ("url", "not_http")),
        ({"url": "https://huda:secret@shop.example/"}, ("url", "with_password")),
        ({"url": "https://100.64.0.1/"}, ("url", "private_address")),
        ({"url": "http://[::ffff:127.0.0.1]/"}, ("url", "private_address")),
        ({"url": "https://169.254.169.254/"}, ("url", "private_address")),
        ({"description": "x" * 201}, ("description", "too_long")),
        ({"description": "\0"}, ("description", "too_long")),
        ({"kinds": ["PointsAccrued", "PointsInvented"]}, ("kinds", "unknown_kind")),
    ],
)
def test_what_is_refused(world: World, facts: dict[str, Any], refused: tuple[str, str]) -> None:
    with pytest.raises(EndpointRefusedError) as adding:
        add_endpoint(world.merchant, **{"url": URL} | facts)
    assert (adding.value.field, adding.value.reason) == refused
    made, _ = add_endpoint(world.merchant, URL)
    with pytest.raises(EndpointRefusedError):
        change_endpoint(world.merchant, made.id, **facts)
    assert [each.url for each in endpoints(world.merchant)] == [URL]


def test_private_addresses_where_the_merchant_may(world: World) -> None:
    reach_private(world.merchant, True)
    assert add_endpoint(world.merchant, "http://100.64.0.1/")[0].url == "http://100.64.0.1/"
    with pytest.raises(EndpointRefusedError, match="private_address"):
        add_endpoint(world.merchant, "http://169.254.169.254/")


def test_so_many_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "ENDPOINTS_MOST", 2)
    add_endpoint(world.merchant, URL)
    add_endpoint(world.merchant, URL)
    with pytest.raises(EndpointRefusedError, match="too_many"):
        add_endpoint(world.merchant, URL)
    add_endpoint(World(PLAIN).merchant, URL)


def test_what_is_not_named_stays(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL, "The shop", ["TierChanged"])
    change_endpoint(world.merchant, made.id, url="https://other.example/")
    (changed,) = endpoints(world.merchant)
    assert (changed.url, changed.description, changed.kinds) == ("https://other.example/", "The shop", ["TierChanged"])


def test_secrets_while_they_are_exchanged(world: World) -> None:
    made, first = add_endpoint(world.merchant, URL)
    now = timezone.now()

    def signs(after: timedelta) -> list[str]:
        return signing(WebhookEndpoint.objects.of(world.id).get(id=made.id).secrets, now + after)

    second = rotate_secret(world.merchant, made.id, timedelta(hours=10))
    assert signs(timedelta(hours=9)) == [second, first]
    assert signs(timedelta(hours=11)) == [second]
    third = rotate_secret(world.merchant, made.id, timedelta(hours=20))
    assert signs(timedelta(hours=9)) == [third, second, first]
    assert signs(timedelta(hours=11)) == [third, second]
    fourth = rotate_secret(world.merchant, made.id, timedelta(0))
    assert signs(timedelta(minutes=1)) == [fourth]
    for _ in range(9):
        rotate_secret(world.merchant, made.id)
    assert len(signs(timedelta(0))) == SIGNING_MOST
    for overlap in (timedelta(days=31), timedelta(seconds=-1)):
        with pytest.raises(EndpointRefusedError, match="overlap"):
            rotate_secret(world.merchant, made.id, overlap)


def test_what_happens_while_it_is_off_is_told_later(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL)
    numbered(world)
    all_done(world)
    switch_off(world.merchant, made.id)
    world.buy()
    last = numbered(world)[-1].number
    assert waiting(world) == []
    switch_on(world.merchant, made.id)
    numbered(world)
    assert waiting(world) == [last]


def test_why_it_is_off_is_not_forgotten(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL)
    WebhookEndpoint.objects.of(world.id).update(is_active=False, off_because="gone")
    assert switch_off(world.merchant, made.id).off_because == "gone"


def test_a_removed_one_is_gone_with_its_log(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL)
    kept, _ = add_endpoint(world.merchant, URL)
    world.buy()
    numbered(world)
    remove_endpoint(world.merchant, made.id)
    assert [each.id for each in endpoints(world.merchant)] == [kept.id]
    assert {each.endpoint_id for each in deliveries(world.merchant, 50).rows} == {kept.id}


def test_one_event_is_told_again_whatever_its_kind(world: World) -> None:
    world.buy()
    first, *_ = numbered(world)
    made, _ = add_endpoint(world.merchant, URL, kinds=["TierChanged"])
    replay_event(world.merchant, made.id, first.id)
    assert waiting(world) == [first.number]
    all_done(world)
    replay_event(world.merchant, made.id, first.id)
    assert waiting(world) == [first.number]
    assert WebhookDelivery.objects.of(world.id).count() == 1
    with pytest.raises(EventUnknownError):
        replay_event(world.merchant, made.id, new_id())


def test_what_was_told_by_hand_before_its_turn_is_told_once(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL)
    switch_off(world.merchant, made.id)
    world.buy()
    last = numbered(world)[-1]
    replay_event(world.merchant, made.id, last.id)
    switch_on(world.merchant, made.id)
    numbered(world)
    assert WebhookDelivery.objects.of(world.id).filter(event_id=last.id).count() == 1


def test_those_of_a_time_are_told_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wafa.operations.webhooks.replay.A_BATCH", 2)
    made, _ = add_endpoint(world.merchant, URL, kinds=["PointsAccrued", "PointsRedeemed"])
    numbered(world)
    began = timezone.now()
    for _ in range(4):
        world.buy()
    world.spend(10)
    middle = timezone.now()
    world.spend(10)
    log = [each.number for each in numbered(world)]
    all_done(world)
    # Part of the log was forgotten; the events were not.
    query("DELETE FROM webhook_delivery WHERE merchant_id = %s AND number = %s", world.id, log[-2])
    hour = timedelta(hours=1)
    assert replay_between(world.merchant, made.id, began - hour, began - timedelta(milliseconds=5)) == 0
    assert waiting(world) == []
    first_to_last = [number for number in log if number is not None][-6:]
    assert replay_between(world.merchant, made.id, began, middle + timedelta(milliseconds=1)) >= 5
    assert waiting(world)[:5] == first_to_last[:5]
    all_done(world)
    assert replay_between(world.merchant, made.id, began, began + hour) == 6
    assert waiting(world) == first_to_last


def test_a_replay_tells_of_no_other_kind(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL, kinds=["PointsRedeemed"])
    world.buy()
    numbered(world)
    hour = timedelta(hours=1)
    assert replay_between(world.merchant, made.id, timezone.now() - hour, timezone.now() + hour) == 0


def test_what_was_given_up_is_tried_again(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL)
    world.buy()
    numbers = [each.number for each in numbered(world)]
    all_done(world)
    assert replay_failed(world.merchant, made.id) == 0
    all_done(world, "given_up")
    assert backlogs(world.merchant)[made.id].given_up == len(waiting(world)) + replay_failed(world.merchant, made.id)
    assert set(waiting(world)) <= set(numbers)
    assert backlogs(world.merchant)[made.id].given_up == 0
    assert backlogs(world.merchant)[made.id].waiting > 0


def test_another_merchants_is_never_there(world: World) -> None:
    other = World(PLAIN)
    theirs, _ = add_endpoint(other.merchant, URL)
    other.buy()
    event = numbered(other)[0]
    now, hour = timezone.now(), timedelta(hours=1)
    for act in (
        lambda: change_endpoint(world.merchant, theirs.id, description="mine"),
        lambda: rotate_secret(world.merchant, theirs.id),
        lambda: switch_off(world.merchant, theirs.id),
        lambda: switch_on(world.merchant, theirs.id),
        lambda: remove_endpoint(world.merchant, theirs.id),
        lambda: replay_event(world.merchant, theirs.id, event.id),
        lambda: replay_between(world.merchant, theirs.id, now - hour, now + hour),
        lambda: replay_failed(world.merchant, theirs.id),
    ):
        with pytest.raises(EndpointUnknownError):
            act()
    mine, _ = add_endpoint(world.merchant, URL)
    with pytest.raises(EventUnknownError):
        replay_event(world.merchant, mine.id, event.id)
    assert endpoint(world.merchant, theirs.id) is None
    assert [each.id for each in endpoints(world.merchant)] == [mine.id]
    (line,) = deliveries(other.merchant, 50).rows[:1]
    assert delivery(world.merchant, line.id) is None
    assert deliveries(world.merchant, 50, endpoint_id=theirs.id).rows == []
    assert backlogs(world.merchant) == {}


def test_the_log_is_read_in_pages_the_latest_first(world: World) -> None:
    made, _ = add_endpoint(world.merchant, URL, kinds=["PointsAccrued"])
    for _ in range(5):
        world.buy()
    numbers = [each.number for each in numbered(world)][-5:]
    first = deliveries(world.merchant, 3, endpoint_id=made.id)
    rest = deliveries(world.merchant, 3, endpoint_id=made.id, after=first.after)
    assert [each.number for each in [*first.rows, *rest.rows]] == numbers[::-1]
    assert (first.before, rest.after) == (None, None)
    assert deliveries(world.merchant, 3, state="given_up").rows == []
    assert first.rows[0].event.kind == "PointsAccrued"


def test_the_log_is_forgotten_in_time_but_not_what_waits(world: World) -> None:
    add_endpoint(world.merchant, URL, kinds=["PointsAccrued"])
    for _ in range(3):
        world.buy()
    numbered(world)
    old = timezone.now() - KEPT - timedelta(days=1)
    rows = list(WebhookDelivery.objects.of(world.id).order_by("number"))
    for row, state in zip(rows[:2], ("delivered", "waiting"), strict=True):
        from wafa.store.ids import least_id

        WebhookDelivery.objects.of(world.id).filter(id=row.id).update(
            id=least_id(old), state=state, delivered_at=old if state == "delivered" else None
        )
        old += timedelta(seconds=1)
    assert forget_deliveries(world.merchant) == 1
    assert WebhookDelivery.objects.of(world.id).count() == 2
