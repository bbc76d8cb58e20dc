"""Replays: each document at its own time, expiry day by day, and never a second history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.jobs.imports.shop import Shop, open_shop
from wafa.core.commands import Line, RecordPurchase
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports import batches
from wafa.jobs.imports.progress import Progress, Stage
from wafa.jobs.imports.replay import ReplayOvertakenError
from wafa.jobs.imports.session import session
from wafa.operations.post import post
from wafa.store.actor import Actor
from wafa.store.models import Document, ImportRefusal

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = [
    "1,2026-01-10 09:00,MLK,Milk,1,100,77,Olaya",
    "2,2026-01-10 23:30,MLK,Milk,1,50,78,Olaya",
    "3,2026-02-10 09:00,MLK,Milk,1,30,78,Olaya",
    "4,2026-02-11 09:00,MLK,Milk,1,20,78,Olaya",
    "R5,2026-02-12 09:00,MLK,Milk,-1,100,77,Olaya",
    "6,2026-03-15 12:00,MLK,Milk,1,10,77,Olaya",
]


def at(*parts: int) -> datetime:
    """An instant in UTC; the shop's days begin at 21:00 of the day before."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


class StoppedError(Exception):
    """What the tests stop an import with."""


def stop_after(documents: int) -> Callable[[Progress], None]:
    """A watcher that breaks an import off once so many documents have been gone through."""

    def watch(progress: Progress) -> None:
        if progress.stage == Stage.COUNTING and progress.documents >= documents:
            raise StoppedError

    return watch


def test_documents_are_posted_at_their_own_time_with_expiry_day_by_day(new_shop: Shop) -> None:
    summary = new_shop.take(*reversed(YEAR), replay=True)

    assert summary.counted == 6
    assert new_shop.entries() == [
        ("accrual", at(2026, 1, 10, 6), 100),
        ("accrual", at(2026, 1, 10, 20, 30), 50),
        ("accrual", at(2026, 2, 10, 6), 30),
        ("expiry", at(2026, 2, 10, 21), -100),
        ("expiry", at(2026, 2, 10, 21), -50),
        ("accrual", at(2026, 2, 11, 6), 20),
        ("clawback", at(2026, 2, 12, 6), 0),
        ("expiry", at(2026, 3, 14, 21), -50),
        ("accrual", at(2026, 3, 15, 9), 10),
    ]
    new_shop.merchant.refresh_from_db()
    assert new_shop.merchant.clock_at == at(2026, 3, 15, 21)


def test_again_changes_nothing(new_shop: Shop) -> None:
    new_shop.take(*YEAR, replay=True)
    before = new_shop.entries()

    summary = new_shop.take(*YEAR, replay=True)

    assert (summary.counted, summary.counted_before) == (0, 6)
    assert new_shop.entries() == before


@pytest.mark.parametrize("stop", range(1, 7))
def test_stopped_anywhere_it_goes_on_to_the_same_end(
    new_shop: Shop, tmp_path: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "DOCUMENTS_MAX", 1)
    whole = open_shop(tmp_path, clock_at=at(2026, 1, 1), code="whole")
    whole.take(*YEAR, replay=True)

    with pytest.raises(StoppedError):
        new_shop.take(*YEAR, replay=True, progress=stop_after(stop))
    assert len(new_shop.documents()) == stop
    summary = new_shop.take(*YEAR, replay=True)

    assert (summary.counted_before, summary.counted) == (stop, 6 - stop)
    assert new_shop.entries() == whole.entries()
    new_shop.merchant.refresh_from_db()
    assert new_shop.merchant.clock_at == at(2026, 3, 15, 21)


def test_what_a_stopped_replay_had_to_refuse_does_not_stand_in_its_way(
    new_shop: Shop, mapping_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "DOCUMENTS_MAX", 1)
    new_shop.take(YEAR[0], replay=True)
    strict = mapping_file(("enrol_unknown_members = true", ""))
    rows = [YEAR[0], YEAR[1], YEAR[4], YEAR[5]]

    with pytest.raises(StoppedError):
        new_shop.take(*rows, mapping=strict, replay=True, progress=stop_after(3))
    assert new_shop.documents() == ["1", "R5"]
    summary = new_shop.take(*rows, mapping=strict, replay=True)

    assert (summary.counted, summary.counted_before, summary.refused) == (1, 2, 1)
    assert new_shop.rejected() == [(3, "there is no member with the number “78”")]
    assert ImportRefusal.objects.of(new_shop.merchant).count() == 1

    rows[1] = rows[1].replace(",50,", ",51,")
    with pytest.raises(UsageError, match="document 2 of 2026-01-10 23:30 is earlier and not counted"):
        new_shop.take(*rows, mapping=strict, replay=True)


def test_refused_where_later_entries_exist(new_shop: Shop) -> None:
    new_shop.take(YEAR[5], replay=True)
    before = new_shop.entries()

    with pytest.raises(UsageError) as refused:
        new_shop.take(*YEAR, replay=True)

    assert str(refused.value) == (
        "A replay would rewrite what has happened since: shop has entries up to 2026-03-15 12:00, and 5 documents of "
        "this file are earlier and not counted, the first of them 1 of 2026-01-10 09:00. Without --replay they can be "
        "counted as of now."
    )
    assert new_shop.documents() == ["6"]
    assert new_shop.entries() == before
    assert new_shop.take(*YEAR).counted == 5


def test_a_later_file_goes_on_from_where_the_clock_stands(new_shop: Shop) -> None:
    new_shop.take(*YEAR[:3], replay=True)

    assert new_shop.take(*YEAR[3:], replay=True).counted == 3
    assert new_shop.take(*YEAR, replay=True).counted == 0


def test_stops_where_somebody_posts_meanwhile(new_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "DOCUMENTS_MAX", 1)
    sale = RecordPurchase(
        at=at(2026, 2, 20),
        occurred_at=at(2026, 2, 20),
        source="counter",
        number="1",
        branch="Olaya",
        currency="SAR",
        lines=(Line("MLK", 1000, 1000),),
        member="77",
    )

    def watch(progress: Progress) -> None:
        if progress.stage == Stage.COUNTING and progress.documents == 3:
            post(new_shop.merchant.id, [sale], Actor("till", "counter"))

    with pytest.raises(ReplayOvertakenError, match="meanwhile something was posted at 2026-02-20 03:00"):
        new_shop.take(*YEAR, replay=True, progress=watch)
    assert Document.objects.of(new_shop.merchant).filter(source="till").count() == 3


def test_one_replay_at_a_time_for_a_merchant(new_shop: Shop, tmp_path: Path) -> None:
    other = open_shop(tmp_path, clock_at=at(2026, 1, 1), code="other")
    with session() as running:
        assert running.lock(new_shop.merchant.id)

        with pytest.raises(UsageError, match="Another replay for shop is running"):
            new_shop.take(*YEAR, replay=True)
        assert new_shop.has_nothing()
        assert other.take(*YEAR, replay=True).counted == 6

    assert new_shop.take(*YEAR, replay=True).counted == 6


def test_a_clock_on_system_time_is_left_alone(tmp_path: Path) -> None:
    shop = open_shop(tmp_path, clock_at=None)

    summary = shop.take(*YEAR, "9,2199-01-01 09:00,MLK,Milk,1,5,77,Olaya", replay=True)

    assert (summary.counted, summary.refused) == (6, 1)
    assert shop.rejected() == [(8, "its date lies in the future")]
    shop.merchant.refresh_from_db()
    assert shop.merchant.clock_at is None
    wallet = shop.wallet("77")
    due = datetime.now(UTC) > at(2026, 4, 15, 21)
    assert wallet.available == (0 if due else 10)


def test_a_clock_that_stands_later_is_not_put_back(shop: Shop) -> None:
    stood = shop.merchant.clock_at

    shop.take(*YEAR, replay=True)

    shop.merchant.refresh_from_db()
    assert shop.merchant.clock_at == stood
    assert shop.entries()[-1] == ("expiry", stood, -10)
