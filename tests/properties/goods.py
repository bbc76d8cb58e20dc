"""Goods, instants and whole histories at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.core.world import goods_back, purchase
from tests.properties.programmes import ITEMS
from wafa.core.commands import Command, DocumentCommand, ExpireLots, Line

START = datetime(2011, 1, 30, 9, tzinfo=UTC)
WHO = ("ann", "ann", "bob", "cem", "eve", None)
KINDS = ("buy", "buy", "buy", "back", "back", "named", "named", "again", "expire")

quantities = st.sampled_from([1, 333, 500, 1000, 1000, 2000, 3000, 12_345])
amounts = st.one_of(st.integers(0, 300), st.integers(100, 20_000), st.integers(100, 20_000))
sold_lines = st.lists(st.builds(Line, st.sampled_from(ITEMS), quantities, amounts), min_size=1, max_size=4)
back_lines = st.lists(st.builds(Line, st.sampled_from(ITEMS), quantities, st.just(0)), min_size=1, max_size=3)
pauses = st.sampled_from([timedelta(), timedelta(minutes=1), timedelta(days=1), timedelta(days=15), timedelta(days=40)])
delays = st.sampled_from([timedelta(days=days) for days in (0, 0, 0, 0, 1, 20, 200)])


@st.composite
def parts_of(draw: st.DrawFn, lines: tuple[Line, ...]) -> list[Line]:
    """Some of what was sold comes back; now and then a little more than that."""
    parts = []
    for line in lines:
        all_of_it = line.quantity_milli
        quantity = draw(st.sampled_from([0, 1, all_of_it // 2, all_of_it, all_of_it + 1]))
        if quantity:
            parts.append(Line(line.item, quantity, 0))
    return parts or [Line(lines[0].item, 1, 0)]


@st.composite
def histories(draw: st.DrawFn, size: int = 14) -> list[Command]:
    """Commands in the order of their instants: purchases, returns with and without a receipt, expiry, repetitions."""
    at = START
    made: list[Command] = [purchase("0", *draw(sold_lines), at=at)]
    for number in map(str, range(1, draw(st.integers(1, size)))):
        at += draw(pauses)
        made.append(draw(_commands(number, at, made)))
    return made


@st.composite
def _commands(draw: st.DrawFn, number: str, at: datetime, made: list[Command]) -> Command:
    documents = [each for each in made if isinstance(each, DocumentCommand)]
    fields: dict[str, Any] = {"at": at, "occurred_at": at - draw(delays), "member": draw(st.sampled_from(WHO))}
    match draw(st.sampled_from(KINDS)):
        case "buy":
            return purchase(number, *draw(sold_lines), **fields)
        case "back":
            return goods_back(number, *draw(back_lines), **fields)
        case "named":
            receipt = draw(st.sampled_from(documents))
            return goods_back(number, *draw(parts_of(receipt.lines)), receipt=receipt.key, **fields)
        case "again":
            return replace(draw(st.sampled_from(documents)), at=at)
    return ExpireLots(at=at)
