"""Returns that name their receipt: about that receipt, whoever brings it; never more than is left of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.core.commands import Line
from wafa.core.outcomes import Accepted, Refused
from wafa.core.refusals import Refusal
from wafa.store.models import Award, Document, DocumentLine, Entry, Lot, ReturnMatch


def left(world: World, number: str) -> dict[str, int]:
    """What is left of a receipt, by item, in thousandths."""
    lines = DocumentLine.objects.of(world.id).filter(document__number=number, document__kind="purchase")
    found: dict[str, int] = {}
    for each in lines:
        found[each.item] = found.get(each.item, 0) + each.quantity_milli - each.returned_milli
    return found


def test_a_part_comes_back(world: World) -> None:
    world.buy(line("TEA", 60, 3), line("85123A", 40, 2), number="R1")
    back = world.bring_back(line("TEA", 20), of="R1", number="B1", branch="airport")

    assert back.slip.points == -20
    assert back.slip.after == {"available": 190, "pending": 0, "held": 0, "debt": 0}
    assert left(world, "R1") == {"TEA": 2000, "85123A": 2000}
    document = Document.objects.of(world.id).get(number="B1")
    receipt = Document.objects.of(world.id).get(number="R1")
    assert (document.kind, document.receipt_id, document.member_id) == ("return", receipt.id, world.member().id)
    (match,) = ReturnMatch.objects.of(world.id).values_list(
        "returned_line__document__number", "sold_line__document__number", "sold_line__item", "quantity_milli"
    )
    assert match == ("B1", "R1", "TEA", 1000)
    assert {award.rule: (award.first_points, award.held_points) for award in Award.objects.of(world.id)} == {
        "base": (100, 80),
        "holder": (10, 10),
        "welcome": (100, 100),
    }
    lot = Lot.objects.of(world.id).get()
    assert (lot.points, lot.remaining) == (210, 190)
    wallet = world.wallet()
    assert (wallet.available, wallet.qualifying, wallet.eligible_purchases, wallet.sequence) == (190, 80, 1, 2)
    assert world.differences() == []


def test_its_entry_says_why(world: World) -> None:
    bought = world.buy(line("TEA", 60, 3), number="R1")
    back = world.bring_back(line("TEA", 20), of="R1")
    entry = world.entries()[1]
    assert (entry.kind, entry.points, entry.document_id) == ("clawback", -20, back.slip.id)
    assert entry.context is None
    assert entry.explanation == back.slip.explanation == {
        "receipts": [
            {
                "document": str(bought.slip.id),
                "number": "R1",
                "awards": [
                    {"rule": "base", "kind": "per_amount", "first": 60, "before": 60, "after": 40, "points": -20}
                ],
                "taken": {"own_lot": 20, "already_expired": 0, "other_lots": 0, "debt": 0},
            }
        ],
        "unmatched": [],
    }  # fmt: skip


def test_all_of_it_leaves_nothing(world: World) -> None:
    world.buy(line("TEA", 60, 3), line("85123A", 40, 2), number="R1")
    world.bring_back(line("85123A", 0, 2), line("TEA", 0, 3), of="R1")
    wallet = world.wallet()
    assert (wallet.available, wallet.debt, wallet.qualifying, wallet.eligible_purchases) == (0, 0, 0, 0)
    assert set(left(world, "R1").values()) == {0}
    # So the next purchase is the first again.
    assert world.buy().slip.points == 200


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_in_whatever_parts_it_comes(world: World, order: tuple[int, ...]) -> None:
    world.buy(line("TEA", 1000), number="R0")
    world.buy(line("TEA", 101, 6), number="R1")
    before = world.holds()
    for pieces in order:
        world.bring_back(line("TEA", 0, pieces), of="R1")
    assert world.holds() == before - 101 - 25
    assert world.differences() == []


def test_more_than_is_left_is_refused_whole_with_the_quantity_left(world: World) -> None:
    world.buy(line("TEA", 60, 3), line("CUP", 10), number="R1")
    world.bring_back(line("TEA", 20), of="R1")
    before = world.rows()
    refused = world.bring_back(line("CUP", 10), line("TEA", 60, 3), of="R1")
    assert refused == Refused(
        Refusal.RETURNED_MORE_THAN_LEFT, {"item": "TEA", "returned_milli": 3000, "left_milli": 2000}
    )
    assert world.rows() == before
    assert isinstance(world.bring_back(line("TEA", 40, 2), of="R1"), Accepted)


def test_lines_of_one_item_count_together(world: World) -> None:
    world.buy(line("TEA", 60, 2), line("TEA", 10, 1), number="R1")
    refused = world.bring_back(line("TEA", 0, 2), line("TEA", 0, 2), of="R1")
    assert refused.detail == {"item": "TEA", "returned_milli": 4000, "left_milli": 3000}
    accepted = world.bring_back(line("TEA", 0, 2), line("TEA", 0, 1), of="R1")
    # The later line first: one piece at 10, then one of the two at 30 each; then the other.
    assert [match.quantity_milli for match in ReturnMatch.objects.of(world.id).order_by("id")] == [1000, 1000, 1000]
    assert accepted.slip.points == -170


def test_within_a_receipt_the_later_line_goes_first(world: World) -> None:
    world.buy(line("TEA", 60), line("TEA", 10), number="R1")
    assert world.bring_back(line("TEA", 0), of="R1").slip.points == -10


def test_a_part_of_a_unit(world: World) -> None:
    world.buy(Line("CHEESE", 1500, 6075), number="R1")
    assert world.bring_back(Line("CHEESE", 333, 0), of="R1").slip.points == -13
    assert left(world, "R1") == {"CHEESE": 1167}
    assert world.differences() == []


@pytest.mark.parametrize("member", [None, "bilal"])
def test_whoever_brings_it(world: World, member: str | None) -> None:
    world.enrol("bilal")
    world.buy(number="R1")
    world.buy(member="bilal")
    back = world.bring_back(of="R1", member=member)
    assert back.slip.points == -200
    assert (world.holds(), world.holds("bilal")) == (0, 200)
    assert Document.objects.of(world.id).get(id=back.slip.id).member_id == world.member().id
    assert world.differences() == []


def test_a_blocked_members_return_counts(world: World) -> None:
    world.buy(number="R1")
    member = world.member()
    member.status = "blocked"
    member.save()
    assert world.bring_back(of="R1").slip.points == -200


def test_of_a_return(world: World) -> None:
    world.buy(number="R1")
    world.bring_back(of="R1", number="B1")
    assert world.bring_back(of="B1").refusal == Refusal.RECEIPT_UNKNOWN


def test_of_an_anonymous_receipt(world: World) -> None:
    world.buy(line("TEA", 60, 3), number="R1", member=None)
    back = world.bring_back(line("TEA", 0, 2), of="R1")
    assert (back.slip.points, back.entries) == (0, ())
    assert left(world, "R1") == {"TEA": 1000}
    refused = world.bring_back(line("TEA", 0, 2), of="R1")
    assert refused.detail["left_milli"] == 1000
    assert not Entry.objects.of(world.id).exists()
    assert Document.objects.of(world.id).get(id=back.slip.id).member_id is None
    assert world.differences() == []


def test_of_a_receipt_before_the_programme(world: World) -> None:
    world.buy(line("TEA", 60, 3), number="R1", occurred_at=NOON.replace(year=2010))
    back = world.bring_back(line("TEA", 0), of="R1")
    assert back.slip.points == 0
    assert left(world, "R1") == {"TEA": 2000}
    assert [entry.points for entry in world.entries()] == [0, 0]


def test_of_a_receipt_whose_points_have_expired() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100, 4), number="R1")
    world.now = NOON + timedelta(days=200)
    world.buy(line("TEA", 50), number="R2")
    assert world.holds() == 50
    back = world.bring_back(line("TEA", 0, 3), of="R1")
    assert (back.slip.points, world.holds()) == (0, 50)
    assert back.slip.explanation["receipts"][0]["taken"]["already_expired"] == 75
    assert Lot.objects.of(world.id).get(document__number="R1").answered == 75
    world.bring_back(line("TEA", 0), of="R1")
    assert Lot.objects.of(world.id).get(document__number="R1").answered == 100
    assert world.holds() == 50
    assert world.differences() == []


def test_sold_and_returned_in_one_batch(world: World) -> None:
    bought = world.purchase(line("TEA", 100, 4))
    outcomes = world.post(
        bought,
        world.coming_back(line("TEA", 0), of=bought),
        world.coming_back(line("TEA", 0, 4), of=bought),
        world.coming_back(line("TEA", 0, 3), of=bought),
    )
    assert [getattr(outcome, "slip", None) and outcome.slip.points for outcome in outcomes] == [200, -25, None, -175]
    assert outcomes[2].detail["left_milli"] == 3000
    assert world.holds() == 0
    assert world.differences() == []


def test_a_tier_that_the_goods_had_earned_falls_at_once(world: World) -> None:
    world.buy(line("TEA", 600), number="R1")
    world.buy(line("TEA", 400), number="R2")
    assert world.wallet().tier == "silver"
    back = world.bring_back(line("TEA", 400), of="R2")
    assert back.slip.tier == world.wallet().tier == world.entries()[-1].tier_after == "bronze"
