"""Purchases end to end: what is written, who is credited, and what stands in the context."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world import HALF_A_YEAR, NOON, OPENING, PLAIN, TILL, World, line
from wafa.core.commands import Line, Payment
from wafa.core.outcomes import Accepted
from wafa.operations.record_purchases import record_purchases
from wafa.store.models import Award, Document, DocumentLine, DocumentNumber, Entry, Lot, Posting, ProgrammeVersion

NOVEMBER = datetime(2011, 11, 5, 12, tzinfo=UTC)


def test_a_receipt_is_written_whole(world: World) -> None:
    sold = (
        Line("TEA", 1500, 6075, "Green tea", tax_minor=792, discount_minor=100, tags=("hot", "leaf")),
        line("85123A", 40, 2),
        line("POST", 9),
    )
    accepted = world.buy(
        *sold, number="R1", channel="shop", tags=("ramadan",), tax_minor=800, payments=(Payment("cash", 14_975),)
    )

    assert isinstance(accepted, Accepted)
    assert accepted.slip.points == 100 + 10 + 100
    assert accepted.slip.after == {"available": 210, "pending": 0, "held": 0, "debt": 0}
    document = Document.objects.of(world.id).get()
    assert (document.kind, document.source, document.period, document.number) == ("purchase", "till", "", "R1")
    assert (document.amount_minor, document.tax_minor, document.discount_minor) == (6075 + 4000 + 900, 800, None)
    assert (document.currency, document.channel, document.tags) == ("SAR", "shop", ["ramadan"])
    assert document.payments == [{"method": "cash", "amount_minor": 14_975}]
    assert (document.occurred_at, document.posted_at) == (NOON, NOON)
    assert document.member_id == world.member().id
    lines = DocumentLine.objects.of(world.id).order_by("position")
    assert [
        (each.position, each.item, each.quantity_milli, each.amount_minor, each.returned_milli) for each in lines
    ] == [
        (1, "TEA", 1500, 6075, 0),
        (2, "85123A", 2000, 4000, 0),
        (3, "POST", 1000, 900, 0),
    ]
    assert (lines[0].description, lines[0].tax_minor, lines[0].discount_minor) == ("Green tea", 792, 100)
    assert lines[0].tags == ["hot", "leaf"]
    assert DocumentNumber.objects.of(world.id).get().id == document.id == accepted.slip.id
    assert world.differences() == []


def test_points_go_to_one_lot_with_their_awards(world: World) -> None:
    accepted = world.buy(line("TEA", 60), line("85123A", 40, 2), number="R1", branch="airport")
    lot, entry = Lot.objects.of(world.id).get(), Entry.objects.of(world.id).get()
    assert (lot.points, lot.remaining, lot.expired, lot.answered) == (210, 210, 0, 0)
    assert (lot.entry_id, lot.document_id, lot.sequence) == (entry.id, accepted.slip.id, 1)
    assert (lot.available_at, lot.expires_on) == (NOON, date(2011, 12, 1))
    assert lot.issuing_branch_id == Document.objects.of(world.id).get().branch_id
    awards = Award.objects.of(world.id)
    assert {(each.rule, each.qualifying, each.first_points, each.held_points, each.lot_id) for each in awards} == {
        ("base", True, 100, 100, lot.id),
        ("holder", False, 10, 10, lot.id),
        ("welcome", False, 100, 100, lot.id),
    }


def test_the_entry_says_who_when_why_and_what_then(world: World) -> None:
    accepted = world.buy(occurred_at=NOON - timedelta(hours=3))
    entry = Entry.objects.of(world.id).get()
    assert (entry.kind, entry.sequence, entry.points) == ("accrual", 1, 200)
    assert (entry.actor_kind, entry.actor_name) == (TILL.kind, TILL.name)
    assert (entry.occurred_at, entry.posted_at) == (NOON - timedelta(hours=3), NOON)
    assert entry.programme_version_id == world.version.id
    assert entry.explanation == accepted.slip.explanation
    assert [award["rule"] for award in entry.explanation["awards"]] == ["base", "welcome"]
    after = (entry.available_after, entry.pending_after, entry.held_after, entry.debt_after, entry.tier_after)
    assert after == (200, 0, 0, 0, "bronze")
    assert (accepted.slip.tier, accepted.slip.points) == ("bronze", 200)


def test_the_postings_carry_it_out(world: World) -> None:
    world.buy()
    lot, document = Lot.objects.of(world.id).get(), Document.objects.of(world.id).get()
    postings = Posting.objects.of(world.id)
    assert {(each.account, each.points, each.lot_id, each.document_id) for each in postings} == {
        ("available", 200, lot.id, document.id),
        ("issued", -200, lot.id, document.id),
        ("qualifying", 100, None, document.id),
        ("qualified", -100, None, document.id),
    }


def test_the_wallet_moves_with_it(world: World) -> None:
    world.buy(line("TEA", 999))
    world.buy(line("TEA", 1))
    wallet = world.wallet()
    assert (wallet.available, wallet.qualifying, wallet.eligible_purchases) == (1100, 1000, 2)
    assert (wallet.tier, wallet.sequence, wallet.debt) == ("silver", 2, 0)


# --- the context ------------------------------------------------------------------------------------------------------


def test_the_facts_that_rules_read_are_kept(world: World) -> None:
    world.buy(line("TEA", 1000))
    # Half past ten in the evening in London is the next day in Riyadh.
    world.buy(line("TEA", 4), occurred_at=datetime(2011, 5, 31, 22, 30, tzinfo=UTC))
    assert [entry.context for entry in world.entries()] == [
        {"occurred_on": "2011-06-01", "tier": "bronze", "earlier_purchases": 0},
        {"occurred_on": "2011-06-01", "tier": "silver", "earlier_purchases": 1},
    ]


def test_each_of_a_batch_sees_what_the_earlier_ones_did(world: World) -> None:
    outcomes = world.post(*(world.purchase(line("TEA", 1000)) for _ in range(3)))
    assert [outcome.slip.points for outcome in outcomes] == [1000 + 100, 1000 + 250, 1000 + 250]
    assert [entry.context["earlier_purchases"] for entry in world.entries()] == [0, 1, 2]
    assert [entry.context["tier"] for entry in world.entries()] == ["bronze", "silver", "silver"]


def test_a_later_return_reads_the_context_and_nothing_else(world: World) -> None:
    world.buy(line("TEA", 1000))
    world.now = NOVEMBER
    world.buy(line("TEA", 100, 4), number="R1")
    first = world.entries()[1]
    assert first.points == 100 + 100 + 25

    # Everything that can change has changed since.
    richer = PLAIN | {"rules": [PLAIN["rules"][0] | {"points": 1000}]}
    world.now = datetime(2011, 12, 6, 12, tzinfo=UTC)
    starts_at = world.now - timedelta(days=1)
    ProgrammeVersion(merchant=world.merchant, number=2, state="live", starts_at=starts_at, body=richer).save()
    world.version.state = "retired"
    world.version.save(update_fields=["state"])
    world.merchant.time_zone = "Pacific/Auckland"
    world.merchant.save(update_fields=["time_zone"])
    member = world.member()
    member.status = "blocked"
    member.save(update_fields=["status"])

    back = world.bring_back(line("TEA", 0, 2), of="R1")
    (receipt,) = back.slip.explanation["receipts"]
    assert {award["rule"]: award["points"] for award in receipt["awards"]} == {
        "base": -50,
        "november": -50,
        "tier": -13,
    }


# --- who is credited --------------------------------------------------------------------------------------------------


def test_an_anonymous_receipt_is_kept_and_earns_nothing(world: World) -> None:
    accepted = world.buy(member=None)
    assert isinstance(accepted, Accepted)
    assert (accepted.slip.points, accepted.slip.anonymous_reason, accepted.entries) == (0, "", ())
    assert Document.objects.of(world.id).get().member_id is None
    assert not Entry.objects.of(world.id).exists()


@pytest.mark.parametrize("status", ["blocked", "closed"])
def test_a_member_who_may_not_earn_is_recorded_as_anonymous_with_the_reason(world: World, status: str) -> None:
    member = world.member()
    member.status = status
    member.save()
    accepted = world.buy()
    document = Document.objects.of(world.id).get()
    assert accepted.slip.anonymous_reason == document.anonymous_reason == f"member_{status}"
    assert document.member_id is None
    assert (world.wallet().sequence, world.holds()) == (0, 0)
    assert world.differences() == []


def test_a_receipt_of_nothing_that_earns_has_its_entry_of_0_points(world: World) -> None:
    accepted = world.buy(line("POST", 10))
    (entry,) = world.entries()
    assert (entry.points, entry.document_id, accepted.slip.explanation["awards"]) == (0, accepted.slip.id, [])
    assert (world.wallet().eligible_purchases, Lot.objects.of(world.id).count()) == (0, 0)


def test_before_the_programme_nothing_is_earned_and_the_slip_says_so(world: World) -> None:
    accepted = world.buy(occurred_at=OPENING - timedelta(days=1))
    (entry,) = world.entries()
    assert accepted.slip.explanation["reason"] == "no_programme"
    assert (entry.points, entry.context, entry.programme_version_id) == (0, None, None)
    assert world.differences() == []


def test_goods_bought_so_long_ago_that_their_points_have_run_out() -> None:
    world = World(HALF_A_YEAR)
    accepted = world.buy(line("TEA", 70), at=datetime(2011, 8, 2, tzinfo=UTC), occurred_at=OPENING)
    assert accepted.slip.points == 0
    assert accepted.slip.explanation["lapsed"] == 70
    lot = Lot.objects.of(world.id).get()
    assert (lot.points, lot.remaining, lot.expired) == (70, 0, 70)
    assert (world.wallet().available, world.wallet().qualifying) == (0, 70)


def test_a_batch_of_many_members_and_branches(world: World) -> None:
    numbers = [f"m{number}" for number in range(50)]
    world.enrol(*numbers)
    purchases = [
        world.purchase(line("TEA", 10 + place), member=number, branch=("olaya", "airport")[place % 2])
        for place, number in enumerate(numbers)
    ]
    outcomes = record_purchases(world.id, purchases, TILL)
    assert [outcome.slip.points for outcome in outcomes] == [110 + place for place in range(50)]
    assert [world.holds(number) for number in numbers[:3]] == [110, 111, 112]
    assert world.differences() == []


def test_an_empty_batch_is_nothing(world: World) -> None:
    assert record_purchases(world.id, [], TILL) == []


def test_a_batch_out_of_order_is_an_error_and_changes_nothing(world: World) -> None:
    before = world.rows()
    with pytest.raises(ValueError, match="in the order of their instants"):
        world.post(world.purchase(at=NOON), world.purchase(at=NOON - timedelta(seconds=1)))
    assert world.rows() == before


def test_no_entry_is_posted_before_the_one_before_it(world: World) -> None:
    """Of two tills that look at the clock, the one that looked later may get the wallet first."""
    world.buy(at=NOON + timedelta(milliseconds=2), number="R1")
    world.buy(at=NOON, number="R2")
    posted = [entry.posted_at for entry in world.entries()]
    assert posted == sorted(posted)
    assert Document.objects.of(world.id).get(number="R2").posted_at == posted[1]
    assert Lot.objects.of(world.id).get(document__number="R2").available_at == posted[1]
    assert Document.objects.of(world.id).get(number="R2").occurred_at == NOON
