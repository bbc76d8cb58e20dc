"""Sources whose numbers start again: the same number on another day is another document."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON, World
from wafa.core.outcomes import Accepted, Duplicate
from wafa.operations.declare_source import SourceInUseError, declare_source
from wafa.store.models import Document, Numbering


def test_a_number_counts_once_a_day() -> None:
    world = World()
    declare_source(world.id, "till", Numbering.DAY)
    purchase = world.purchase(number="1")
    [first], [again] = world.post(purchase), world.post(purchase)
    world.stand_at(NOON + timedelta(days=1))
    tomorrow = world.buy(number="1")

    assert isinstance(first, Accepted)
    assert isinstance(tomorrow, Accepted)
    assert isinstance(again, Duplicate)
    periods = Document.objects.of(world.id).order_by("period").values_list("period", flat=True)
    assert list(periods) == ["2011-06-01", "2011-06-02"]


def test_a_return_finds_the_receipt_of_its_own_period() -> None:
    world = World()
    declare_source(world.id, "till", Numbering.YEAR)
    assert isinstance(world.buy(number="7"), Accepted)
    back = world.bring_back(of="7")
    assert isinstance(back, Accepted)
    assert back.slip.points < 0


def test_what_has_been_counted_is_not_numbered_anew() -> None:
    world = World()
    world.buy(number="1")
    declare_source(world.id, "till", Numbering.ONCE)
    with pytest.raises(SourceInUseError, match="till"):
        declare_source(world.id, "till", Numbering.DAY)


def test_saying_it_again_changes_nothing() -> None:
    world = World()
    declare_source(world.id, "till", Numbering.DAY)
    world.buy(number="1")
    declare_source(world.id, "till", Numbering.DAY)
