"""What a receiver sees: every event, signed, in the order of its wallet, at least once."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import WebhookVerificationError

from tests.integrations.webhooks.receiver import Receiver
from tests.integrations.webhooks.telling import endpoint_of, events, hurry, log, states, tell
from tests.world import PLAIN, World, line
from wafa.integrations.webhooks.plan import ATTEMPTS, Answer
from wafa.jobs import schedule
from wafa.jobs.outbox import mark_done
from wafa.jobs.webhooks import delivering
from wafa.jobs.webhooks.claiming import CLAIM, claim
from wafa.jobs.webhooks.delivering import deliver
from wafa.jobs.webhooks.scheduling import schedule_deliveries
from wafa.operations.webhooks.endpoints import add_endpoint, rotate_secret, switch_off, switch_on
from wafa.operations.webhooks.reach_private import reach_private
from wafa.store.models import WebhookEndpoint


def ready(world: World, receiver: Receiver, *kinds: str) -> tuple[WebhookEndpoint, str]:
    """An endpoint that has nothing to be told yet."""
    mark_done(1000)
    return add_endpoint(world.merchant, receiver.url, kinds=kinds)


def test_an_event_arrives_and_the_public_library_believes_it(world: World, receiver: Receiver) -> None:
    _, secret = ready(world, receiver)
    world.buy(line("TEA", 60), number="R1")
    tell()
    (event,) = [each for each in events(world) if each.kind == "PointsAccrued"]
    (received,) = receiver.received
    assert received.path == "/hook"
    assert received.headers["webhook-id"] == str(event.id)
    assert received.headers["content-type"] == "application/json"
    assert received.verified_by(secret) == {
        "type": "PointsAccrued",
        "timestamp": world.now.isoformat().replace("+00:00", "Z"),
        "data": {
            "merchant": world.merchant.code,
            "number": event.number,
            "wallet": str(event.wallet_id),
            "wallet_sequence": 1,
            **event.body,
        },
    }
    assert states(world) == [("delivered", 1, 200, "")]
    tell()
    assert len(receiver.received) == 1


def test_what_was_changed_on_the_way_is_not_believed(world: World, receiver: Receiver) -> None:
    _, secret = ready(world, receiver)
    world.buy()
    tell()
    changed = receiver.received[0].__class__("/hook", receiver.received[0].headers, b'{"points": 1000000}')
    with pytest.raises(WebhookVerificationError):
        changed.verified_by(secret)


def test_both_secrets_sign_while_they_are_exchanged_and_then_the_new_one_alone(
    world: World, receiver: Receiver
) -> None:
    endpoint, old = ready(world, receiver)
    new = rotate_secret(world.merchant, endpoint.id, timedelta(hours=1))
    world.buy()
    tell()
    assert receiver.received[0].headers["webhook-signature"].count("v1,") == 2
    assert receiver.received[0].verified_by(old) == receiver.received[0].verified_by(new)
    newest = rotate_secret(world.merchant, endpoint.id, timedelta(0))
    world.buy()
    tell()
    assert receiver.received[1].headers["webhook-signature"].count("v1,") == 1
    assert receiver.received[1].verified_by(newest)
    for former in (old, new):
        with pytest.raises(WebhookVerificationError):
            receiver.received[1].verified_by(former)


def test_it_hears_of_the_kinds_that_it_asked_for(world: World, receiver: Receiver) -> None:
    ready(world, receiver, "PointsRedeemed")
    world.buy()
    world.spend(10)
    tell()
    assert [each.event["type"] for each in receiver.received] == ["PointsRedeemed"]


def test_a_failure_is_tried_again_until_it_is_taken(world: World) -> None:
    with Receiver(500, 404, 200) as receiver:
        ready(world, receiver)
        world.buy()
        began = timezone.now()
        tell()
        assert states(world) == [("waiting", 1, 500, "")]
        tell(2)
    assert states(world) == [("delivered", 3, 200, "")]
    assert len({each.headers["webhook-id"] for each in receiver.received}) == 1
    assert began < log(world)[0].delivered_at


def test_after_the_last_attempt_it_is_given_up(world: World) -> None:
    with Receiver(500) as receiver:
        ready(world, receiver)
        world.buy()
        tell(ATTEMPTS + 2)
    assert states(world) == [("given_up", ATTEMPTS, 500, "")]
    assert len(receiver.received) == ATTEMPTS == 10


def test_410_switches_it_off_and_what_happened_meanwhile_is_told_when_it_is_on_again(world: World) -> None:
    with Receiver(410, 200) as receiver:
        endpoint, _ = ready(world, receiver)
        world.buy()
        tell()
        off = endpoint_of(world, endpoint.id)
        assert (off.is_active, off.off_because) == (False, "gone")
        world.buy()
        tell(2)
        assert len(receiver.received) == 1
        switch_on(world.merchant, endpoint.id)
        tell(2)
    assert [state[0] for state in states(world)] == ["delivered", "delivered"]


def test_what_is_switched_off_by_hand_hears_nothing(world: World, receiver: Receiver) -> None:
    endpoint, _ = ready(world, receiver)
    switch_off(world.merchant, endpoint.id)
    world.buy()
    tell()
    assert receiver.received == []
    assert endpoint_of(world, endpoint.id).off_because == "owner"


def test_a_redirect_is_a_failure_and_is_not_followed(world: World, receiver: Receiver) -> None:
    with Receiver((302, {"location": receiver.url})) as redirecting:
        ready(world, redirecting)
        world.buy()
        tell()
    assert states(world) == [("waiting", 1, 302, "")]
    assert receiver.received == []


def test_a_private_address_is_asked_where_the_merchant_may_and_else_never(world: World, receiver: Receiver) -> None:
    ready(world, receiver)
    reach_private(world.merchant, False)
    world.buy()
    tell()
    assert (receiver.received, states(world)) == ([], [("waiting", 1, None, "private_address")])
    reach_private(world.merchant, True)
    tell()
    assert states(world) == [("delivered", 2, 200, "")]


def test_retry_after_is_waited_for(world: World) -> None:
    with Receiver((503, {"retry-after": "7200"})) as receiver:
        ready(world, receiver)
        world.buy()
        mark_done(1000)
        began = timezone.now()
        deliver()
    (waiting,) = log(world)
    assert timedelta(hours=2) <= waiting.next_at - began < timedelta(hours=2, minutes=1)


def test_first_attempts_are_in_the_order_of_the_wallet_and_wallets_side_by_side(world: World) -> None:
    with Receiver(seconds=0.05) as receiver:
        ready(world, receiver, "PointsAccrued")
        for _ in range(6):
            world.buy(member="amal")
            world.buy(member="badr")
        tell()
    assert len(receiver.received) == 12
    for member in ("amal", "badr"):
        wallet = str(world.wallet(member).id)
        told = [each.event["data"] for each in receiver.received]
        sequences = [data["wallet_sequence"] for data in told if data["wallet"] == wallet]
        assert sequences == sorted(sequences)
    # In pairs, not one after another.
    assert receiver.received[-1].at - receiver.received[0].at < 11 * 0.05 + 0.5


def test_a_wallets_next_event_waits_while_the_one_before_is_being_sent(world: World, receiver: Receiver) -> None:
    ready(world, receiver, "PointsAccrued")
    for _ in range(3):
        world.buy()
    world.buy(member="badr")
    mark_done(1000)
    schedule_deliveries(100)
    first = claimed(world)
    assert [(each.event.wallet_sequence, each.event.wallet_id) for each in first] == [
        (1, world.wallet("amal").id),
        (1, world.wallet("badr").id),
    ]
    assert claimed(world) == []


def test_a_retry_may_be_overtaken(world: World) -> None:
    with Receiver(500, 200) as receiver:
        ready(world, receiver, "PointsAccrued")
        world.buy()
        world.buy()
        tell(2)
    first, second = sorted(set(receiver.numbers))
    assert receiver.numbers == [first, second, first]


def claimed(world: World, ahead: timedelta = timedelta(0)) -> list[delivering.Claimed]:
    """What somebody would send, so long after now; of this merchant's."""
    from collections import Counter

    return [each for each in claim(timezone.now() + ahead, 100, 100, Counter()) if each.merchant.id == world.id]


def test_two_workers_do_not_send_the_same(world: World, receiver: Receiver) -> None:
    ready(world, receiver, "PointsAccrued")
    world.buy(member="amal")
    world.buy(member="badr")
    mark_done(1000)
    schedule_deliveries(100)
    found: list[UUID] = []

    def work() -> None:
        from django.db import connection

        try:
            found.extend(each.id for each in claimed(world))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(found) == sorted(each.id for each in log(world))


def test_who_dies_between_sending_and_writing_it_down_has_it_sent_again(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(world, receiver)
    world.buy()
    mark_done(1000)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "record", die)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert len(receiver.received) == 1
    assert states(world) == [("waiting", 0, None, "")]
    # As long as somebody may be at it, nobody else is.
    deliver()
    assert len(receiver.received) == 1
    assert claimed(world, CLAIM - timedelta(seconds=5)) == []
    hurry()
    deliver()
    first, again = receiver.received
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert states(world) == [("delivered", 1, 200, "")]


def test_a_slow_endpoint_holds_up_nobody(world: World, receiver: Receiver) -> None:
    with Receiver(seconds=1.5) as slow:
        ready(world, slow, "PointsAccrued")
        ready(world, receiver, "PointsAccrued")
        world.enrol(*(f"m{n}" for n in range(12)))
        for n in range(12):
            world.buy(member=f"m{n}")
        began = time.monotonic()
        tell()
    assert len(slow.received) == len(receiver.received) == 12
    assert max(each.at for each in receiver.received) - began < 1.5


def test_what_cannot_be_signed_ends_the_pass_for_nobody_else(world: World, receiver: Receiver) -> None:
    broken, _ = ready(world, receiver)
    WebhookEndpoint.objects.of(world.id).filter(id=broken.id).update(secrets=[{"secret": "whsec_", "until": None}])
    ready(world, receiver)
    world.buy()
    tell()
    assert sorted(states(world)) == [("delivered", 1, 200, ""), ("waiting", 1, None, "not_sent")]


def test_every_event_is_scheduled_once_for_each_endpoint(world: World, receiver: Receiver) -> None:
    ready(world, receiver)
    ready(world, receiver)
    for _ in range(5):
        world.buy()
    mark_done(1000)
    while schedule_deliveries(2):
        pass
    assert len(log(world)) == len({(each.endpoint_id, each.event_id) for each in log(world)}) == 10
    assert schedule_deliveries(2) == 0


def test_what_happens_at_one_merchant_is_told_to_no_other(world: World, receiver: Receiver) -> None:
    other = World(PLAIN)
    reach_private(other.merchant, True)
    with Receiver() as elsewhere:
        ready(world, receiver)
        ready(other, elsewhere)
        world.buy()
        tell()
        assert (len(receiver.received), elsewhere.received) == (1, [])


def test_the_schedule_tells_and_forgets(world: World, receiver: Receiver) -> None:
    ready(world, receiver)
    world.buy()
    schedule.number_events(timestamp=0)
    schedule.deliver_webhooks(timestamp=0)
    assert len(receiver.received) == 1
    schedule.forget_webhook_deliveries(timestamp=0)
    assert states(world) == [("delivered", 1, 200, "")]


def test_nobody_listens(world: World) -> None:
    with Receiver() as receiver:
        pass
    ready(world, receiver)
    world.buy()
    tell()
    assert states(world) == [("waiting", 1, None, "no_connection")]
    assert Answer().status is None
