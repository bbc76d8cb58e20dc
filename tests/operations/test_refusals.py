"""Each refusal, all the way: the reason is answered, nothing is written, and the rest of the batch counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.world import NOON, World, line
from wafa.core.commands import Command, Line, Payment
from wafa.core.outcomes import Accepted, Refused
from wafa.core.refusals import Refusal
from wafa.store.models import Document

LARGE = 10**15 + 1
HUGE = 10**30


def purchases(world: World) -> dict[str, tuple[Command, Refusal]]:
    """What is wrong with a purchase, by name."""
    far = 2**62

    def with_line(**values: Any) -> Command:
        usual: dict[str, Any] = {"item": "TEA", "quantity_milli": 1000, "amount_minor": 100}
        return world.purchase(Line(**usual | values))

    return {
        "no lines": (world.purchase(lines=()), Refusal.DOCUMENT_EMPTY),
        "no source": (world.purchase(source=""), Refusal.TEXT_NOT_USABLE),
        "no number": (world.purchase(number=""), Refusal.TEXT_NOT_USABLE),
        "no item": (with_line(item=""), Refusal.TEXT_NOT_USABLE),
        "long source": (world.purchase(source="x" * 61), Refusal.TEXT_NOT_USABLE),
        "long number": (world.purchase(number="x" * 61), Refusal.TEXT_NOT_USABLE),
        "long period": (world.purchase(period="x" * 21), Refusal.TEXT_NOT_USABLE),
        "long channel": (world.purchase(channel="x" * 21), Refusal.TEXT_NOT_USABLE),
        "long tag": (world.purchase(tags=("x" * 61,)), Refusal.TEXT_NOT_USABLE),
        "long item": (with_line(item="x" * 61), Refusal.TEXT_NOT_USABLE),
        "long description": (with_line(description="x" * 201), Refusal.TEXT_NOT_USABLE),
        "long line tag": (with_line(tags=("x" * 61,)), Refusal.TEXT_NOT_USABLE),
        "zero byte in source": (world.purchase(source="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in number": (world.purchase(number="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in period": (world.purchase(period="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in channel": (world.purchase(channel="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in tag": (world.purchase(tags=("a\0b",)), Refusal.TEXT_NOT_USABLE),
        "zero byte in item": (with_line(item="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in description": (with_line(description="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in payment": (world.purchase(payments=(Payment("a\0b", 1),)), Refusal.TEXT_NOT_USABLE),
        "zero byte in member": (world.purchase(member="a\0b"), Refusal.MEMBER_UNKNOWN),
        "zero byte in branch": (world.purchase(branch="a\0b"), Refusal.BRANCH_UNKNOWN),
        "half a character in number": (world.purchase(number="a\ud800"), Refusal.TEXT_NOT_USABLE),
        "half a character in item": (with_line(item="a\ud800"), Refusal.TEXT_NOT_USABLE),
        "half a character in description": (with_line(description="a\ud800"), Refusal.TEXT_NOT_USABLE),
        "half a character in member": (world.purchase(member="a\ud800"), Refusal.MEMBER_UNKNOWN),
        "half a character in branch": (world.purchase(branch="a\ud800"), Refusal.BRANCH_UNKNOWN),
        "quantity of zero": (with_line(quantity_milli=0), Refusal.QUANTITY_NOT_ABOVE_ZERO),
        "quantity below zero": (with_line(quantity_milli=-1000), Refusal.QUANTITY_NOT_ABOVE_ZERO),
        "amount below zero": (with_line(amount_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
        "tax below zero": (with_line(tax_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
        "discount below zero": (with_line(discount_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
        "tax of all below zero": (world.purchase(tax_minor=-1), Refusal.AMOUNT_BELOW_ZERO),
        "large quantity": (with_line(quantity_milli=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
        "large amount": (with_line(amount_minor=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
        "huge quantity": (with_line(quantity_milli=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
        "huge amount": (with_line(amount_minor=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
        "huge payment": (world.purchase(payments=(Payment("cash", -HUGE),)), Refusal.FIGURE_OUT_OF_RANGE),
        "lines that are too much together": (
            world.purchase(*(line("TEA", LARGE // 200) for _ in range(3))),
            Refusal.FIGURE_OUT_OF_RANGE,
        ),
        "another currency": (world.purchase(currency="KWD"), Refusal.CURRENCY_NOT_THE_MERCHANTS),
        "no currency": (world.purchase(currency="x" * far.bit_length()), Refusal.CURRENCY_NOT_THE_MERCHANTS),
        "the future": (
            world.purchase(occurred_at=NOON + timedelta(minutes=5, seconds=1)),
            Refusal.OCCURRED_IN_FUTURE,
        ),
        "an unknown branch": (world.purchase(branch="moon"), Refusal.BRANCH_UNKNOWN),
        "an unknown member": (world.purchase(member="nobody"), Refusal.MEMBER_UNKNOWN),
    }


def returns(world: World) -> dict[str, tuple[Command, Refusal]]:
    """What is wrong with a return, by name; R1 is a receipt of two teas."""

    def back(of: Any = None, **values: Any) -> Command:
        usual: dict[str, Any] = {"item": "TEA", "quantity_milli": 1000, "amount_minor": 100}
        return world.coming_back(Line(**usual | values), of=of)

    return {
        "no lines": (world.coming_back(lines=()), Refusal.DOCUMENT_EMPTY),
        "long number": (world.coming_back(number="x" * 61), Refusal.TEXT_NOT_USABLE),
        "long item": (back(item="x" * 61), Refusal.TEXT_NOT_USABLE),
        "zero byte in item": (back(item="a\0b"), Refusal.TEXT_NOT_USABLE),
        "zero byte in the receipt": (back(of="a\0b"), Refusal.RECEIPT_UNKNOWN),
        "half a character in item": (back(item="a\ud800"), Refusal.TEXT_NOT_USABLE),
        "long receipt": (back(of="x" * 1000), Refusal.RECEIPT_UNKNOWN),
        "quantity below zero": (back(quantity_milli=-1), Refusal.QUANTITY_NOT_ABOVE_ZERO),
        "large quantity": (back(quantity_milli=LARGE), Refusal.FIGURE_OUT_OF_RANGE),
        "huge quantity": (back(quantity_milli=HUGE), Refusal.FIGURE_OUT_OF_RANGE),
        "an unknown member": (world.coming_back(member="nobody"), Refusal.MEMBER_UNKNOWN),
        "an unknown receipt": (back(of="R9"), Refusal.RECEIPT_UNKNOWN),
        "more than was sold": (back(of="R1", quantity_milli=2001), Refusal.RETURNED_MORE_THAN_LEFT),
        "another item": (back(of="R1", item="CUP"), Refusal.RETURNED_MORE_THAN_LEFT),
    }


def names(kind: Any) -> list[str]:
    """The faults by name, without a database."""
    pretend = World.__new__(World)
    pretend.now = NOON
    return list(kind(pretend))


@pytest.mark.parametrize(
    ("kind", "fault"), [(kind, name) for kind in (purchases, returns) for name in names(kind)], ids=str
)
def test_it_is_refused_and_nothing_else_is(world: World, kind: Any, fault: str) -> None:
    world.buy(line("TEA", 100, 2), number="R1")
    command, refusal = kind(world)[fault]
    before = world.rows()

    (refused,) = world.post(command)
    assert isinstance(refused, Refused)
    assert refused.refusal == refusal
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
