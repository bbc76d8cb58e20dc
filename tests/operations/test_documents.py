"""Exchanges, voids, cancelled returns, and returns that come before their receipt: through the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.world import GENEROUS, NOON, PLAIN, TILL, World, line
from wafa.core.commands import CancelReturn, RecordExchange, VoidReceipt
from wafa.core.outcomes import Accepted, Duplicate, Refused
from wafa.core.refusals import Refusal
from wafa.operations.cancel_returns import cancel_returns
from wafa.operations.record_exchanges import record_exchanges
from wafa.operations.void_receipts import void_receipts
from wafa.store.models import Document, DocumentLine, Source


@pytest.fixture
def world() -> World:
    """A point for each riyal. Amal has receipt R1: three teas for 90."""
    world = World(GENEROUS)
    world.buy(line("TEA", 90, 3), number="R1")
    return world


def exchange(world: World, *sold: Any, back: Any, of: str | None = "R1", **facts: Any) -> RecordExchange:
    """An exchange, now."""
    named = {field: getattr(world.purchase(*sold, **facts), field) for field in ("at", "number", "lines", "member")}
    place = {"occurred_at": world.now, "source": "till", "branch": "olaya", "currency": "SAR"}
    return RecordExchange(**named, **place, returned=back, receipt=("till", "", of) if of else None)


def left(world: World, number: str) -> int:
    """Pieces of a receipt that are still with the customer."""
    lines = DocumentLine.objects.of(world.id).filter(document__number=number, is_returned=False)
    return sum(each.quantity_milli - each.returned_milli for each in lines) // 1000


def test_an_exchange_is_one_document(world: World) -> None:
    command = exchange(world, line("CUP", 50), back=(line("TEA", 0),), number="X1")
    (swapped,) = record_exchanges(world.id, [command], TILL)
    assert isinstance(swapped, Accepted)
    assert (swapped.slip.points, world.holds()) == (-30 + 50, 110)
    assert [entry.kind for entry in world.entries()] == ["accrual", "clawback", "accrual"]
    document = Document.objects.of(world.id).get(number="X1")
    assert (document.kind, document.amount_minor) == ("exchange", 5000)
    assert record_exchanges(world.id, [command], TILL) == [Duplicate(swapped.slip)]
    # What it sold can come back as well.
    assert world.bring_back(line("CUP", 0), of="X1").slip.points == -50
    assert world.differences() == []


def test_an_exchange_is_refused_whole(world: World) -> None:
    before = world.rows()
    too_many = exchange(world, line("CUP", 50), back=(line("TEA", 0, 4),))
    unknown = exchange(world, line("CUP", 50), back=(line("TEA", 0),), of="R9")
    first, second = record_exchanges(world.id, [too_many, unknown], TILL)
    assert (first.refusal, second.refusal) == (Refusal.RETURNED_MORE_THAN_LEFT, Refusal.RECEIPT_UNKNOWN)
    assert world.rows() == before


def test_a_void_takes_all_back_and_closes_the_receipt(world: World) -> None:
    sold = world.purchase(line("TEA", 60, 2), number="R2")
    back = world.coming_back(line("TEA", 0), of=sold)
    world.post(sold, back)
    void = world.annul(VoidReceipt, sold, number="V1")
    (voided,) = void_receipts(world.id, [void], TILL)
    assert (voided.slip.points, world.holds()) == (-30, 90)
    assert void_receipts(world.id, [void], TILL) == [Duplicate(voided.slip)]
    refused = world.post(
        world.annul(VoidReceipt, sold),
        world.coming_back(line("TEA", 0), of=sold),
        world.annul(CancelReturn, back),
        world.annul(VoidReceipt, back),
    )
    assert [each.refusal for each in refused] == [Refusal.RECEIPT_VOID] * 3 + [Refusal.RECEIPT_UNKNOWN]
    assert world.differences() == []


def test_a_cancelled_return_gives_all_of_it_back(world: World) -> None:
    back = world.coming_back(line("TEA", 0, 2), of="R1")
    world.post(back)
    cancel = world.annul(CancelReturn, back)
    (cancelled,) = cancel_returns(world.id, [cancel], TILL)
    assert (cancelled.slip.points, world.holds(), left(world, "R1")) == (60, 90, 3)
    assert cancel_returns(world.id, [cancel], TILL) == [Duplicate(cancelled.slip)]
    refused = cancel_returns(world.id, [world.annul(CancelReturn, back), world.annul(CancelReturn, cancel)], TILL)
    assert [each.refusal for each in refused] == [Refusal.RETURN_CANCELLED_ALREADY, Refusal.RETURN_UNKNOWN]
    assert world.bring_back(line("TEA", 0, 3), of="R1").slip.points == -90
    assert world.differences() == []


# --- returns that come before their receipt ---------------------------------------------------------------------------


@pytest.mark.parametrize("together", [True, False], ids=["in one batch", "in batches of their own"])
def test_an_early_return_waits_and_applies_with_its_receipt(world: World, together: bool) -> None:
    sold = world.purchase(line("CUP", 80, 4), number="R7")
    back = world.coming_back(line("CUP", 0), of="R7", number="B7", member=None)
    batches = [[back, sold]] if together else [[back], [sold]]
    waits, sold_now = [outcome for batch in batches for outcome in world.post(*batch)]
    assert isinstance(waits, Accepted)
    assert (waits.slip.points, waits.slip.explanation, waits.entries) == (0, {"waits_for": "R7"}, ())
    assert (sold_now.slip.points, world.holds(), left(world, "R7")) == (80, 90 + 60, 3)
    assert [(entry.kind, entry.points) for entry in world.entries()[1:]] == [("accrual", 80), ("clawback", -20)]
    # Sent again, each is answered as it was then.
    assert world.post(back, sold) == [Duplicate(waits.slip), Duplicate(sold_now.slip)]
    assert Document.objects.of(world.id).get(number="B7").member_id == world.member().id
    assert world.differences() == []


def test_a_waiting_return_of_more_than_was_sold_takes_what_there_is(world: World) -> None:
    world.bring_back(line("CUP", 0, 9), of="R7", number="B7")
    world.bring_back(line("CUP", 0, 1), of="R7", number="B8")
    world.buy(line("CUP", 80, 4), number="R7")
    assert (world.holds(), left(world, "R7")) == (90, 0)
    assert [entry.explanation["unmatched"] for entry in world.entries()[-2:]] == [
        [{"item": "CUP", "quantity_milli": 5000}],
        [{"item": "CUP", "quantity_milli": 1000}],
    ]
    assert world.differences() == []


def test_a_waiting_return_can_be_cancelled(world: World) -> None:
    back = world.coming_back(line("CUP", 0), of="R7")
    world.post(back)
    world.post(world.annul(CancelReturn, back))
    assert world.buy(line("CUP", 80, 4), number="R7").slip.points == 80
    assert world.holds() == 170
    assert world.differences() == []


def test_of_an_anonymous_receipt_it_reduces_what_can_be_claimed(world: World) -> None:
    world.bring_back(line("CUP", 0), of="R7", member=None)
    world.buy(line("CUP", 80, 4), number="R7", member=None)
    assert (left(world, "R7"), world.holds()) == (3, 90)
    assert world.differences() == []


def test_a_refused_receipt_leaves_its_number_to_the_return_that_waits(world: World) -> None:
    world.bring_back(line("CUP", 0), of="R7")
    sold = world.purchase(line("CUP", 80, 4), number="R7")
    refused, accepted = world.post(replace(sold, branch="moon"), sold)
    assert isinstance(refused, Refused)
    assert isinstance(accepted, Accepted)
    assert world.holds() == 90 + 60
    assert world.differences() == []


def test_another_merchants_receipt_is_not_waited_for(world: World) -> None:
    other = World(PLAIN)
    other.bring_back(line("TEA", 0), of="R1")
    assert (other.holds(), world.holds()) == (0, 90)
    other.buy(line("TEA", 30), number="R1")
    assert (other.holds(), world.holds()) == (0, 90)


# --- numbering periods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("numbering", "apart"), [("day", timedelta(days=1)), ("year", timedelta(days=365))])
def test_numbers_that_start_again(world: World, numbering: str, apart: timedelta) -> None:
    Source(merchant=world.merchant, code="old till", numbering=numbering).save()
    first = world.purchase(line("CUP", 10), source="old till", number="1")
    second = replace(first, at=NOON + apart, occurred_at=NOON + apart)
    outcomes = world.post(first, second, second)
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted, Duplicate]
    # A return that names it without its period means the one of its own day, or year.
    world.stand_at(NOON + apart)
    back = world.bring_back(line("CUP", 0), of=("old till", "", "1"), source="old till", number="2")
    assert back.slip.points == -10
    came_back = DocumentLine.objects.of(world.id).get(document_id=outcomes[1].slip.id)
    assert (came_back.returned_milli, left(world, "1")) == (1000, 1)
    assert world.differences() == []


def test_the_day_is_the_merchants(world: World) -> None:
    Source(merchant=world.merchant, code="old till", numbering="day").save()
    late = NOON.replace(hour=20, minute=59)
    evening = world.purchase(line("CUP", 10), source="old till", number="1", at=late, occurred_at=late)
    midnight = replace(evening, at=late + timedelta(minutes=1), occurred_at=late + timedelta(minutes=1))
    assert [type(outcome) for outcome in world.post(evening, midnight)] == [Accepted, Accepted]
    assert set(Document.objects.of(world.id).filter(source="old till").values_list("period", flat=True)) == {
        "2011-06-01",
        "2011-06-02",
    }
