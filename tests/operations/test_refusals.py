"""Each refusal, all the way: the reason is answered, nothing is written, and the rest of the batch counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.world import NOON, PLAIN, World, coming_back, line, purchase
from wafa.core.commands import Command, Line, Payment, RecordPurchase, RecordReturn
from wafa.core.outcomes import Accepted, Refused
from wafa.core.refusals import Refusal
from wafa.store.models import Document

LARGE = 10**15 + 1
HUGE = 10**30


def of_line(**values: Any) -> RecordPurchase:
    """A purchase of one line that is fine but for these values."""
    return purchase(Line(**{"item": "TEA", "quantity_milli": 1000, "amount_minor": 100} | values))


def back(of: Any = None, **values: Any) -> RecordReturn:
    """A return of one line; R1 is a receipt of two teas."""
    return coming_back(Line(**{"item": "TEA", "quantity_milli": 1000, "amount_minor": 100} | values), of=of)


FAULTS: dict[str, tuple[Command, *tuple[Refusal, ...]]] = {
    "no lines": (purchase(lines=()), Refusal.DOCUMENT_EMPTY),
    "no source": (purchase(source=""), Refusal.TEXT_NOT_USABLE),
    "no number": (purchase(number=""), Refusal.TEXT_NOT_USABLE),
    "no item": (of_line(item=""), Refusal.TEXT_NOT_USABLE),
    "long source": (purchase(source="x" * 61), Refusal.TEXT_NOT_USABLE),
    "long number": (purchase(number="x" * 61), Refusal.TEXT_NOT_USABLE),
    "long period": (purchase(period="x" * 21), Refusal.TEXT_NOT_USABLE),
    "long channel": (purchase(channel="x" * 21), Refusal.TEXT_NOT_USABLE),
    "long tag": (purchase(tags=("x" * 61,)), Refusal.TEXT_NOT_USABLE),
    "long item": (of_line(item="x" * 61), Refusal.TEXT_NOT_USABLE),
    "long description": (of_line(description="x" * 201), Refusal.TEXT_NOT_USABLE),
    "long tag of a line": (of_line(tags=("x" * 61,)), Refusal.TEXT_NOT_USABLE),
    "zero byte in source": (purchase(source="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in number": (purchase(number="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in period": (purchase(period="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in channel": (purchase(channel="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in tag": (purchase(tags=("a\0b",)), Refusal.TEXT_NOT_USABLE),
    "zero byte in item": (of_line(item="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in description": (of_line(description="a\0b"), Refusal.TEXT_NOT_USABLE),
    "zero byte in payment": (purchase(payments=(Payment("a\0b", 1),)), Refusal.TEXT_NOT_USABLE),
    "zero byte in member": (purchase(member="a\0b"), Refusal.TEXT_NOT_USABLE, Refusal.MEMBER_UNKNOWN),
    "zero byte in branch": (purchase(branch="a\0b"), Refusal.TEXT_NOT_USABLE, Refusal.BRANCH_UNKNOWN),
    "half a character in source": (purchase(source="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "half a character in number": (purchase(number="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "half a character in channel": (purchase(channel="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "half a character in tag": (purchase(tags=("a\ud800",)), Refusal.TEXT_NOT_USABLE),
    "half a character in item": (of_line(item="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "half a character in description": (of_line(description="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "half a character in payment": (purchase(payments=(Payment("a\ud800", 1),)), Refusal.TEXT_NOT_USABLE),
    "half a character in member": (purchase(member="a\ud800"), Refusal.TEXT_NOT_USABLE, Refusal.MEMBER_UNKNOWN),
    "half a character in branch": (purchase(branch="a\ud800"), Refusal.TEXT_NOT_USABLE, Refusal.BRANCH_UNKNOWN),
    "quantity of zero": (of_line(quantity_milli=0), Refusal.QUANTITY_NOT_ABOVE_ZERO),
    "quantity below zero": (of_line(quantity_milli=-1000), Refusal.QUANTITY_NOT_ABOVE_ZERO),
    "amount below zero": (of_line(amount_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
    "tax below zero": (of_line(tax_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
    "discount below zero": (of_line(discount_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
    "tax of all below zero": (purchase(tax_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
    "large quantity": (of_line(quantity_milli=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
    "large amount": (of_line(amount_minor=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
    "huge quantity": (of_line(quantity_milli=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
    "huge amount": (of_line(amount_minor=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
    "huge payment": (purchase(payments=(Payment("cash", -HUGE),)), Refusal.FIGURE_OUT_OF_RANGE),
    "too much together": (purchase(*(line("TEA", LARGE // 200) for _ in range(3))), Refusal.FIGURE_OUT_OF_RANGE),
    "another currency": (purchase(currency="KWD"), Refusal.CURRENCY_NOT_THE_MERCHANTS),
    "no currency": (purchase(currency=""), Refusal.TEXT_NOT_USABLE, Refusal.CURRENCY_NOT_THE_MERCHANTS),
    "long currency": (purchase(currency="x" * 99), Refusal.TEXT_NOT_USABLE, Refusal.CURRENCY_NOT_THE_MERCHANTS),
    "the future": (purchase(occurred_at=NOON + timedelta(minutes=5, seconds=1)), Refusal.OCCURRED_IN_FUTURE),
    "an unknown branch": (purchase(branch="moon"), Refusal.BRANCH_UNKNOWN),
    "an unknown member": (purchase(member="nobody"), Refusal.MEMBER_UNKNOWN),
    "return: no lines": (coming_back(lines=()), Refusal.DOCUMENT_EMPTY),
    "return: long number": (coming_back(number="x" * 61), Refusal.TEXT_NOT_USABLE),
    "return: long item": (back(item="x" * 61), Refusal.TEXT_NOT_USABLE),
    "return: zero byte in item": (back(item="a\0b"), Refusal.TEXT_NOT_USABLE),
    "return: half a character in item": (back(item="a\ud800"), Refusal.TEXT_NOT_USABLE),
    "return: zero byte in the receipt": (back(of="a\0b"), Refusal.TEXT_NOT_USABLE, Refusal.RECEIPT_UNKNOWN),
    "return: long receipt": (back(of="x" * 1000), Refusal.TEXT_NOT_USABLE, Refusal.RECEIPT_UNKNOWN),
    "return: quantity below zero": (back(quantity_milli=-1), Refusal.QUANTITY_NOT_ABOVE_ZERO),
    "return: large quantity": (back(quantity_milli=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
    "return: huge quantity": (back(quantity_milli=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
    "return: an unknown member": (coming_back(member="nobody"), Refusal.MEMBER_UNKNOWN),
    "return: more than was sold": (back(of="R1", quantity_milli=2001), Refusal.RETURNED_MORE_THAN_LEFT),
    "return: another item": (back(of="R1", item="CUP"), Refusal.RETURNED_MORE_THAN_LEFT),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_refused_and_nothing_else_is(world: World, fault: str) -> None:
    world.buy(line("TEA", 100, 2), number="R1")
    command, *expected = FAULTS[fault]
    before = world.rows()

    (refused,) = world.post(command)
    assert isinstance(refused, Refused)
    assert refused.refusal in expected
    assert world.rows() == before

    neighbours = world.post(world.purchase(number="R2"), command, world.purchase(number="R3"))
    assert [isinstance(outcome, Accepted) for outcome in neighbours] == [True, False, True]
    assert set(Document.objects.of(world.id).values_list("number", flat=True)) == {"R1", "R2", "R3"}


def test_five_minutes_ahead_of_the_clock_are_allowed(world: World) -> None:
    assert isinstance(world.buy(occurred_at=NOON + timedelta(minutes=5)), Accepted)


def test_the_largest_figures_are_counted(world: World) -> None:
    accepted = world.buy(Line("TEA", 10**15, 10**15), payments=(Payment("cash", 10**15),))
    assert accepted.slip.points == 10**13 + 100
    assert world.differences() == []


def test_points_that_fit_no_column_are_refused() -> None:
    generous = PLAIN | {"rules": [PLAIN["rules"][0] | {"points": 10**12, "per_minor": 1}]}
    world = World(generous)
    refused, accepted = world.post(world.purchase(line("TEA", 10**6)), world.purchase(line("TEA", 1)))
    assert refused.refusal == Refusal.FIGURE_OUT_OF_RANGE
    assert accepted.slip.points == 10**14
