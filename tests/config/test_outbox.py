"""Events are numbered after their commit: in the wallet's order, without a gap, one runner at a time."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from wafa.jobs import schedule
from wafa.jobs.outbox import LOCK, mark_done
from wafa.store.ids import new_id
from wafa.store.models import Member, Merchant, OutboxEvent, Wallet

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant() -> Merchant:
    return merchant_of("noor")


def merchant_of(code: str) -> Merchant:
    return Merchant.objects.create(code=code, name_en=code.title(), currency="SAR", time_zone="Asia/Riyadh")


def wallet_of(merchant: Merchant, number: str) -> Wallet:
    member = Member(merchant=merchant, number=number, enrolled_at=AT)
    member.save()
    wallet = Wallet(merchant=merchant, member=member)
    wallet.save()
    return wallet


def event(wallet: Wallet, sequence: int, id: UUID | None = None) -> OutboxEvent:
    return OutboxEvent(
        id=id or new_id(),
        merchant_id=wallet.merchant_id,
        kind="PointsAccrued",
        wallet_id=wallet.id,
        wallet_sequence=sequence,
        body={},
        created_at=AT,
    )


def commit(*events: OutboxEvent) -> None:
    for one in events:
        one.save(force_insert=True)


def log(merchant: Merchant) -> list[OutboxEvent]:
    return list(OutboxEvent.objects.of(merchant).filter(number__isnull=False).order_by("number"))


def test_each_merchant_has_a_log_of_its_own_without_gaps(merchant: Merchant) -> None:
    other = merchant_of("baran")
    wallets = [wallet_of(merchant, "1"), wallet_of(other, "1")]
    for sequence in range(1, 4):
        commit(*(event(wallet, sequence) for wallet in wallets))
    assert mark_done(100) == 6
    commit(event(wallets[0], 4))
    assert mark_done(100) == 1
    assert mark_done(100) == 0
    assert [one.number for one in log(merchant)] == [1, 2, 3, 4]
    assert [one.number for one in log(other)] == [1, 2, 3]
    assert all(one.done_at for one in log(merchant))


def test_it_goes_by_the_order_of_the_ids_and_inside_a_wallet_by_its_sequence(merchant: Merchant) -> None:
    one, two = wallet_of(merchant, "1"), wallet_of(merchant, "2")
    first, second, third = (new_id() for _ in range(3))
    commit(event(one, 2, first), event(two, 1, second), event(one, 1, third))
    mark_done(100)
    # The wallet's second waits for its first.
    assert [(e.wallet_id, e.wallet_sequence) for e in log(merchant)] == [(two.id, 1), (one.id, 1), (one.id, 2)]


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_whatever_the_ids_and_the_batches_a_wallets_events_keep_their_order(merchant: Merchant, limit: int) -> None:
    wallets = [wallet_of(merchant, str(number)) for number in range(3)]
    ids = [new_id() for _ in range(30)]
    random.Random(limit).shuffle(ids)
    commit(*(event(wallets[n % 3], n // 3, ids[n]) for n in range(30)))
    total = 0
    while done := mark_done(limit):
        total += done
    events = log(merchant)
    assert total == 30
    assert [e.number for e in events] == list(range(1, 31))
    for wallet in wallets:
        sequence = [e.wallet_sequence for e in events if e.wallet_id == wallet.id]
        assert sequence == sorted(sequence)


def test_events_of_no_wallet_are_numbered_too(merchant: Merchant) -> None:
    for _ in range(3):
        commit(OutboxEvent(merchant=merchant, kind="ProgrammePublished", body={}, created_at=AT))
    assert mark_done(2) == 2
    assert mark_done(2) == 1
    assert [e.id for e in log(merchant)] == sorted(e.id for e in log(merchant))


def test_the_number_of_statements_does_not_grow_with_the_batch(merchant: Merchant) -> None:
    wallet = wallet_of(merchant, "1")
    counts = []
    for size in (1, 50):
        commit(*(event(wallet, size * 100 + n) for n in range(size)))
        with CaptureQueriesContext(connection) as queries:
            mark_done(1000)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_what_has_not_committed_is_not_numbered_and_one_runner_is_enough() -> None:
    wallet = wallet_of(merchant_of("noor"), "1")
    with psycopg.connect(**connection.get_connection_params()) as other:
        early = new_id()
        other.execute(
            "INSERT INTO outbox_event (id, merchant_id, kind, body, created_at) VALUES (%s, %s, 'Late', '{}', %s)",
            [early, wallet.merchant_id, AT],
        )
        commit(event(wallet, 1))
        assert mark_done(100) == 1
        other.commit()
        # It came first, but it is in the log only now, and behind: a reader that has seen 1 finds it.
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert mark_done(100) == 0
        other.commit()
        assert mark_done(100) == 1
    merchant = Merchant.objects.get(id=wallet.merchant_id)
    assert [e.kind for e in log(merchant)] == ["PointsAccrued", "Late"]


def test_a_tick_takes_all_that_waits_in_batches(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "OUTBOX_BATCH", 4)
    wallet = wallet_of(merchant, "1")
    commit(*(event(wallet, n) for n in range(10)))
    schedule.number_events(timestamp=0)
    assert len(log(merchant)) == 10


def test_one_merchants_trouble_keeps_nobody_elses_points(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    other = merchant_of("baran")
    seen = []

    def expire(one: Merchant) -> int:
        seen.append(one.code)
        if one.id == merchant.id:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return 0

    monkeypatch.setattr(schedule, "settle_due", expire)
    with pytest.raises(RuntimeError, match="noor"):
        schedule.settle_wallets(timestamp=0)
    assert seen == [merchant.code, other.code]
