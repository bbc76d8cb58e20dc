"""A document counts once: again gets the first slip, other content is refused, a refused one keeps no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world import NOON, World, line
from wafa.core.commands import Line, Payment
from wafa.core.outcomes import Accepted, Duplicate, Refused
from wafa.core.refusals import Refusal
from wafa.store.models import Document, DocumentNumber

LATER = NOON + timedelta(days=40)


def test_again_is_answered_with_the_very_first_slip(world: World) -> None:
    purchase = world.purchase(line("TEA", 60), line("85123A", 40, 2))
    (first,) = world.post(purchase)
    world.buy(line("TEA", 5000))
    world.bring_back(line("TEA", 0), of=purchase)
    before = world.rows()
    (again,) = world.post(replace(purchase, at=LATER))
    assert again == Duplicate(first.slip)
    assert world.rows() == before


def test_a_return_again_too(world: World) -> None:
    world.buy(line("TEA", 100, 4), number="R1")
    for back in (world.coming_back(line("TEA", 0), of="R1"), world.coming_back(line("TEA", 0), line("CUP", 0))):
        (first,) = world.post(back)
        before = world.rows()
        assert world.post(replace(back, at=LATER)) == [Duplicate(first.slip)]
        assert world.rows() == before


def test_the_slip_of_a_receipt_that_met_lapsed_points_is_its_own_entrys(world: World) -> None:
    world.buy()
    world.now = NOON.replace(year=2012)
    purchase = world.purchase()
    (first,) = world.post(purchase)
    assert [entry.kind for entry in world.entries()] == ["accrual", "expiry", "accrual"]
    assert world.post(purchase) == [Duplicate(first.slip)]


@pytest.mark.parametrize("status", [None, "blocked", "closed"])
def test_an_anonymous_one_too(world: World, status: str | None) -> None:
    if status:
        member = world.member()
        member.status = status
        member.save()
    purchase = world.purchase(member="amal" if status else None)
    (first,) = world.post(purchase)
    assert first.slip.anonymous_reason == (f"member_{status}" if status else "")
    assert world.post(purchase) == [Duplicate(first.slip)]
    back = world.coming_back(line("TEA", 0), of=purchase, member=None)
    (first,) = world.post(back)
    assert world.post(back) == [Duplicate(first.slip)]


def test_what_a_source_may_say_differently_the_second_time(world: World) -> None:
    purchase = world.purchase(line("TEA", 60, description="Tea"))
    (first,) = world.post(purchase)
    elsewhere = NOON.astimezone(world.merchant.zone)
    other_words = replace(purchase, occurred_at=elsewhere, lines=(line("TEA", 60, description="شاي"),))
    assert world.post(other_words) == [Duplicate(first.slip)]


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_at": NOON - timedelta(seconds=1)},
        {"branch": "airport"},
        {"member": "bilal"},
        {"member": None},
        {"currency": "KWD"},
        {"channel": "web"},
        {"tags": ("sale",)},
        {"payments": (Payment("cash", 1),)},
        {"tax_minor": 0},
        {"discount_minor": 0},
        {"lines": (line("TEA", 101),)},
        {"lines": (line("CUP", 100),)},
        {"lines": (line("TEA", 100, 2),)},
        {"lines": (line("TEA", 100), line("TEA", 0))},
        {"lines": (line("TEA", 100, tags=("hot",)),)},
        {"lines": (Line("TEA", 1000, 10000, tax_minor=0),)},
    ],
    ids=str,
)
def test_other_content_under_the_same_number_is_refused(world: World, change: dict[str, object]) -> None:
    world.enrol("bilal")
    purchase = world.purchase(number="R1")
    world.post(purchase)
    before = world.rows()
    (refused,) = world.post(replace(purchase, **change))
    assert refused == Refused(Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT, {"source": "till", "number": "R1"})
    assert world.rows() == before


def test_purchases_and_returns_share_one_number_space(world: World) -> None:
    purchase = world.purchase(number="R1")
    world.post(purchase)
    refused = world.bring_back(number="R1")
    assert refused.refusal == Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT


@pytest.mark.parametrize("change", [{"source": "web shop"}, {"period": "2011"}, {"number": "r1"}, {"number": "R1 "}])
def test_another_key_is_another_document(world: World, change: dict[str, str]) -> None:
    purchase = world.purchase(number="R1")
    world.post(purchase)
    (other,) = world.post(replace(purchase, **change))
    assert isinstance(other, Accepted)


def test_another_merchants_number_is_another_number(world: World) -> None:
    other = World()
    for each in (world, other):
        assert isinstance(each.buy(number="R1"), Accepted)


# --- in one batch -----------------------------------------------------------------------------------------------------


def test_twice_in_a_batch_counts_once(world: World) -> None:
    purchase = world.purchase(number="R1")
    first, second, third = world.post(purchase, replace(purchase, lines=(line("TEA", 5),)), purchase)
    assert isinstance(first, Accepted)
    assert second.refusal == Refusal.DOCUMENT_REUSED_WITH_OTHER_CONTENT
    assert third == Duplicate(first.slip)
    assert world.holds() == 200
    assert world.post(purchase) == [Duplicate(first.slip)]


def test_a_duplicate_in_the_batch_and_in_the_store_say_the_same(world: World) -> None:
    purchase = world.purchase(line("85123A", 12, 3))
    _, at_once = world.post(purchase, purchase)
    (afterwards,) = world.post(purchase)
    assert at_once == afterwards


# --- a refused document consumes no number ----------------------------------------------------------------------------


def test_a_refused_document_gives_its_number_back(world: World) -> None:
    purchase = world.purchase(number="R1", member="nobody")
    before = world.rows()
    (refused,) = world.post(purchase)
    assert refused == Refused(Refusal.MEMBER_UNKNOWN, {"member": "nobody"})
    assert world.rows() == before

    world.enrol("nobody")
    (accepted,) = world.post(purchase)
    assert isinstance(accepted, Accepted)
    assert DocumentNumber.objects.of(world.id).get().number == "R1"


def test_another_document_can_have_the_number_of_a_refused_one(world: World) -> None:
    assert isinstance(world.buy(member="nobody", number="R1"), Refused)
    assert isinstance(world.buy(line("CUP", 3), number="R1"), Accepted)


def test_a_refused_one_leaves_the_number_to_the_next_of_its_batch(world: World) -> None:
    bad = world.purchase(member="nobody", number="R1")
    refused, accepted, duplicate = world.post(bad, replace(bad, member="amal"), replace(bad, member="amal"))
    assert refused.refusal == Refusal.MEMBER_UNKNOWN
    assert duplicate == Duplicate(accepted.slip)
    assert Document.objects.of(world.id).get().member_id == world.member().id


def test_only_those_refused_give_their_numbers_back(world: World) -> None:
    outcomes = world.post(*(world.purchase(member=member) for member in ("amal", "nobody", "amal", "nobody")))
    assert [isinstance(outcome, Accepted) for outcome in outcomes] == [True, False, True, False]
    claimed = set(DocumentNumber.objects.of(world.id).values_list("id", flat=True))
    assert claimed == set(Document.objects.of(world.id).values_list("id", flat=True))
    assert len(claimed) == 2
