"""The order of partial returns does not matter, nor how the goods are parted among them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.core.programmes import Json
from tests.core.world import World, goods_back, purchase
from tests.properties.goods import START, sold_lines
from tests.properties.programmes import programme_bodies
from wafa.core.commands import DocumentKey, Line
from wafa.core.outcomes import Accepted
from wafa.core.programme import Programme

Part = tuple[str, int]  # item, thousandths


@st.composite
def parts(draw: st.DrawFn, receipts: list[list[Line]]) -> list[Part]:
    """What comes back of some receipts, in small parts."""
    found = []
    for line in [line for lines in receipts for line in lines]:
        left = line.quantity_milli
        for _ in range(draw(st.integers(0, 3))):
            quantity = draw(st.integers(0, left))
            left -= quantity
            if quantity:
                found.append((line.item, quantity))
    return found


def holding_after(body: Json, receipts: list[list[Line]], returns: list[list[Part]], names_receipt: bool) -> object:
    """What each receipt holds, and the wallet, after these returns."""
    world = World(Programme.read(body))
    for number, lines in enumerate(receipts):
        at = START + timedelta(hours=number)
        world.post(purchase(str(number), *lines, at=at))
    receipt: DocumentKey | None = ("till", "", "0") if names_receipt else None
    for number, items in enumerate(returns):
        lines = [Line(item, quantity, 0) for item, quantity in items]
        at = START + timedelta(days=1, hours=number)
        [outcome] = world.post(goods_back(f"C{number}", *lines, at=at, receipt=receipt))
        assert isinstance(outcome, Accepted)
    wallet = world.wallet("ann")
    held = [[(award.rule, award.held_points) for award in receipt.awards] for receipt in wallet.receipts]
    return held, wallet.figures(), wallet.qualifying, wallet.tier, wallet.eligible_purchases


@given(programme_bodies(), sold_lines, st.data(), st.randoms(use_true_random=False))
def test_of_one_receipt(body: Json, lines: list[Line], data: st.DataObject, random: Random) -> None:
    returned = data.draw(parts([lines]))
    shuffled = random.sample(returned, len(returned))
    one_by_one = holding_after(body, [lines], [[part] for part in returned], names_receipt=True)
    assert holding_after(body, [lines], [[part] for part in shuffled], names_receipt=True) == one_by_one
    assert holding_after(body, [lines], [returned] if returned else [], names_receipt=True) == one_by_one


@given(programme_bodies(), st.lists(sold_lines, min_size=1, max_size=3), st.data(), st.randoms(use_true_random=False))
def test_of_several_receipts_that_are_not_named(
    body: Json, receipts: list[list[Line]], data: st.DataObject, random: Random
) -> None:
    returned = data.draw(parts(receipts))
    shuffled = random.sample(returned, len(returned))
    one_by_one = holding_after(body, receipts, [[part] for part in returned], names_receipt=False)
    assert holding_after(body, receipts, [[part] for part in shuffled], names_receipt=False) == one_by_one
    assert holding_after(body, receipts, [returned] if returned else [], names_receipt=False) == one_by_one
