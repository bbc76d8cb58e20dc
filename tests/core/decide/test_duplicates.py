"""A document counts once: the same content again is answered as at first, other content is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.core.programmes import programme
from tests.core.scenarios import play
from tests.core.telling import slip_of, told
from tests.core.world import NOON, World, goods_back, photograph, purchase
from wafa.core.commands import DocumentCommand, Line, Payment, content_hash
from wafa.core.outcomes import Duplicate

LINE = Line("A", 2000, 2000)
FULL = Line("A", 2000, 2000, "A thing", tax_minor=10, discount_minor=5, tags=("new",))
SALE = purchase("1", LINE, FULL, payments=(Payment("card", 4000),), tags=("web",), channel="app", tax_minor=10)


def elsewhere(hours: float) -> datetime:
    """The same instant by other clocks."""
    return NOON.astimezone(timezone(timedelta(hours=hours)))


SAME: dict[str, DocumentCommand] = {
    "itself": SALE,
    "another description": replace(SALE, lines=(replace(LINE, description="Something else"), FULL)),
    "no description": replace(SALE, lines=(LINE, replace(FULL, description=""))),
    "counted later": replace(SALE, at=NOON + timedelta(days=3)),
    "clocks in Tehran": replace(SALE, occurred_at=elsewhere(3.5)),
    "clocks in New York": replace(SALE, occurred_at=elsewhere(-5)),
}

OTHER: dict[str, DocumentCommand] = {
    "a return": goods_back("1", LINE, FULL, payments=SALE.payments, tags=("web",), channel="app", tax_minor=10),
    "another member": replace(SALE, member="bob"),
    "nobody": replace(SALE, member=None),
    "another branch": replace(SALE, branch="north"),
    "another channel": replace(SALE, channel="till"),
    "another minute": replace(SALE, occurred_at=NOON - timedelta(minutes=1)),
    "the same digits by other clocks": replace(SALE, occurred_at=NOON.replace(tzinfo=timezone(timedelta(hours=1)))),
    "a line fewer": replace(SALE, lines=(LINE,)),
    "a line more": replace(SALE, lines=(LINE, FULL, LINE)),
    "lines in another order": replace(SALE, lines=(FULL, LINE)),
    "another item": replace(SALE, lines=(replace(LINE, item="a"), FULL)),
    "another quantity": replace(SALE, lines=(replace(LINE, quantity_milli=2001), FULL)),
    "another amount": replace(SALE, lines=(replace(LINE, amount_minor=2001), FULL)),
    "a line's tax": replace(SALE, lines=(LINE, replace(FULL, tax_minor=None))),
    "a tax of nothing": replace(SALE, lines=(replace(LINE, tax_minor=0), FULL)),
    "a line's discount": replace(SALE, lines=(LINE, replace(FULL, discount_minor=6))),
    "a line's tags": replace(SALE, lines=(LINE, replace(FULL, tags=("old",)))),
    "other tags": replace(SALE, tags=("web", "new")),
    "other payments": replace(SALE, payments=(Payment("cash", 4000),)),
    "no payments": replace(SALE, payments=()),
    "another tax": replace(SALE, tax_minor=None),
    "a discount": replace(SALE, discount_minor=1),
    "another currency": replace(SALE, currency="EUR"),
    "an unknown member": replace(SALE, member="stranger"),
}


@pytest.mark.parametrize("again", SAME.values(), ids=SAME)
def test_the_same_content_is_answered_as_at_first(again: DocumentCommand) -> None:
    world = World(programme())
    [first] = world.post(SALE)
    world.post(purchase("2", at=NOON + timedelta(hours=1)))
    before = photograph(world.snapshot)

    [outcome] = world.post(again)

    assert outcome == Duplicate(slip_of(first).slip)
    assert outcome.first.after == {"available": 40, "pending": 0, "held": 0, "debt": 0}
    assert photograph(world.snapshot) == before


@pytest.mark.parametrize("other", OTHER.values(), ids=OTHER)
def test_other_content_under_the_same_number_is_refused(other: DocumentCommand) -> None:
    world = World(programme())
    world.post(SALE)
    before = photograph(world.snapshot)

    [outcome] = world.post(other)

    assert told(outcome) == "refused document_reused_with_other_content"
    assert photograph(world.snapshot) == before


def test_the_number_counts_within_its_source_and_period() -> None:
    world = World(programme())
    others = [SALE, replace(SALE, source="web"), replace(SALE, period="2011"), replace(SALE, number="1 ")]
    assert [told(outcome) for outcome in world.post(*others)] == ["+40: base 40"] * 4


def test_texts_that_run_into_one_another_are_not_the_same() -> None:
    parts: list[dict[str, Any]] = [
        {"source": "a", "period": "b"},
        {"source": "ab", "period": ""},
        {"source": "a", "period": "", "channel": "b"},
        {"source": 'a","b', "period": ""},
        {"tags": ("a", "b")},
        {"tags": ("a,b",)},
        {"tags": ("ab",)},
    ]
    assert len({content_hash(replace(SALE, **each)) for each in parts}) == len(parts)


def test_within_one_batch() -> None:
    world = World(programme())
    outcomes = world.post(SALE, SALE, replace(SALE, member="bob"), replace(SALE, at=NOON + timedelta(days=1)))
    assert [told(outcome) for outcome in outcomes] == [
        "+40: base 40",
        "again +40",
        "refused document_reused_with_other_content",
        "again +40",
    ]
    assert world.wallet("ann").available == 40


def test_a_return_counts_once_too() -> None:
    play(
        World(programme()),
        """
        buy    1   2011-01-05  ann  A×5 50.00    -> +50
        back   C1  2011-01-06  ann  A            -> -10: own 10
        back   C1  2011-01-06  ann  A            -> again -10
        back   C1  2011-01-06  ann  A×2          -> refused document_reused_with_other_content
        buy    C1  2011-01-06  ann  A 0          -> refused document_reused_with_other_content
        back   1   2011-01-05  ann  A×5 50.00    -> refused document_reused_with_other_content
        see        ann                           -> available 40
        """,
    )


def test_who_brings_a_receipt_is_no_part_of_the_return() -> None:
    play(
        World(programme()),
        """
        buy    1   2011-01-05  ann       A×5 50.00    -> +50
        back   C1  2011-01-06  ann of 1  A            -> -10: own 10
        back   C1  2011-01-06  bob of 1  A            -> again -10
        back   C1  2011-01-06  - of 1    A            -> again -10
        back   C1  2011-01-06  ann       A            -> refused document_reused_with_other_content
        """,
    )


def test_a_refused_document_consumes_no_number() -> None:
    world = World(programme())
    wrong = purchase("1", currency="EUR")
    right = replace(wrong, currency="GBP")
    told_ = [told(outcome) for outcome in world.post(wrong, wrong, right, wrong)]
    assert told_ == [
        "refused currency_not_the_merchants",
        "refused currency_not_the_merchants",
        "+10: base 10",
        "refused document_reused_with_other_content",
    ]
