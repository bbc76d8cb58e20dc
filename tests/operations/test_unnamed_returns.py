"""Returns without a receipt: matched, item by item, to the member's latest earlier receipts that still hold it."""

from __future__ import annotations

from datetime import timedelta

from tests.world import NOON, PLAIN, World, line
from wafa.core.outcomes import Accepted
from wafa.store.models import DocumentLine

HOUR = timedelta(hours=1)


def shop(*receipts: tuple[int, int]) -> World:
    """Receipts R1, R2 ..., an hour apart, the last one now: each of so many teas at so many riyals a piece."""
    world = World(PLAIN)
    for place, (pieces, price) in enumerate(receipts, start=1):
        world.buy(
            line("TEA", pieces * price, pieces), number=f"R{place}", occurred_at=NOON - HOUR * (len(receipts) - place)
        )
    return world


def returned(world: World) -> dict[str, int]:
    """Pieces that came back, by receipt."""
    lines = DocumentLine.objects.of(world.id).filter(document__kind="purchase", returned_milli__gt=0)
    found: dict[str, int] = {}
    for number, milli in lines.values_list("document__number", "returned_milli"):
        found[number] = found.get(number, 0) + milli // 1000
    return found


def test_the_latest_receipt_first() -> None:
    world = shop((1, 10), (1, 20), (1, 40))
    assert world.bring_back(line("TEA", 0)).slip.points == -40
    assert returned(world) == {"R3": 1}


def test_over_as_many_receipts_as_it_takes() -> None:
    world = shop((2, 10), (2, 20), (1, 40))
    back = world.bring_back(line("TEA", 0, 4))
    assert back.slip.points == -(40 + 2 * 20 + 10)
    assert [receipt["number"] for receipt in back.slip.explanation["receipts"]] == ["R3", "R2", "R1"]
    assert returned(world) == {"R3": 1, "R2": 2, "R1": 1}
    assert world.differences() == []


def test_what_matches_nothing_takes_nothing_and_is_told() -> None:
    world = shop((1, 10))
    back = world.bring_back(line("TEA", 0, 3), line("CUP", 5))
    assert isinstance(back, Accepted)
    assert back.slip.points == -10
    assert back.slip.explanation["unmatched"] == [
        {"item": "TEA", "quantity_milli": 2000},
        {"item": "CUP", "quantity_milli": 1000},
    ]
    assert world.bring_back(line("TEA", 0)).slip.points == 0
    assert [entry.points for entry in world.entries()] == [10, -10, 0]
    assert world.differences() == []


def test_only_earlier_receipts() -> None:
    world = shop((1, 10), (1, 20), (1, 40))
    back = world.bring_back(line("TEA", 0, 2), occurred_at=NOON - HOUR)
    assert returned(world) == {"R2": 1, "R1": 1}
    assert back.slip.points == -30


def test_of_receipts_at_the_same_instant_the_one_counted_last() -> None:
    world = World(PLAIN)
    for number, price in (("R1", 10), ("R2", 20), ("R3", 40)):
        world.buy(line("TEA", price), number=number)
    assert world.bring_back(line("TEA", 0)).slip.points == -40


def test_inside_a_receipt_the_later_line_first() -> None:
    world = World(PLAIN)
    world.buy(line("TEA", 10), line("CUP", 5), line("TEA", 30), number="R1")
    assert world.bring_back(line("TEA", 0)).slip.points == -30


def test_only_the_members_own() -> None:
    world = shop((1, 10))
    world.enrol("bilal")
    world.buy(line("TEA", 70), member="bilal")
    world.buy(line("TEA", 80), member=None)
    assert world.bring_back(line("TEA", 0)).slip.points == -10
    assert world.holds("bilal") == 70


def test_the_item_to_the_letter() -> None:
    world = shop((1, 10))
    assert world.bring_back(line("tea", 0), line("TEA ", 0)).slip.points == 0


def test_an_anonymous_one_is_kept_and_touches_nobody() -> None:
    world = shop((1, 10))
    back = world.bring_back(line("TEA", 0), member=None)
    assert isinstance(back, Accepted)
    assert (back.entries, world.holds()) == ((), 10)


def test_several_in_a_batch_share_what_is_left() -> None:
    world = shop((2, 10), (2, 20))
    outcomes = world.post(*(world.coming_back(line("TEA", 0, 2)) for _ in range(3)))
    assert [outcome.slip.points for outcome in outcomes] == [-40, -20, 0]
    assert world.differences() == []


def test_beside_named_ones_in_a_batch() -> None:
    world = shop((1, 10), (1, 20), (1, 40))
    outcomes = world.post(
        world.coming_back(line("TEA", 0), of="R3"), world.coming_back(line("TEA", 0, 2)), world.coming_back()
    )
    assert [outcome.slip.points for outcome in outcomes] == [-40, -30, 0]


def test_returns_of_different_times_in_a_batch() -> None:
    world = shop((1, 10), (1, 20), (1, 40))
    outcomes = world.post(
        world.coming_back(line("TEA", 0), occurred_at=NOON - 2 * HOUR),
        world.coming_back(line("TEA", 0), occurred_at=NOON - 2 * HOUR),
        world.coming_back(line("TEA", 0, 2), occurred_at=NOON),
    )
    assert [outcome.slip.points for outcome in outcomes] == [-10, 0, -60]


def test_a_receipt_of_the_same_batch_is_matched_too() -> None:
    world = shop((1, 10))
    outcomes = world.post(world.purchase(line("TEA", 20)), world.coming_back(line("TEA", 0, 2)))
    assert [outcome.slip.points for outcome in outcomes] == [20, -30]
    assert world.differences() == []


def test_one_after_the_other_never_more_than_sold() -> None:
    world = shop((2, 10), (3, 20))
    points = [world.bring_back(line("TEA", 0)).slip.points for _ in range(7)]
    assert points == [-20, -20, -20, -10, -10, 0, 0]
    assert world.holds() == 0


def test_a_receipt_in_several_places_of_a_return() -> None:
    world = World(PLAIN)
    world.buy(line("TEA", 10), line("CUP", 5), number="R1")
    back = world.bring_back(line("CUP", 0), line("TEA", 0))
    assert [receipt["number"] for receipt in back.slip.explanation["receipts"]] == ["R1"]
    assert back.slip.points == -15
