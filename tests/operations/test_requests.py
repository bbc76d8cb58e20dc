"""Every request, all the way: carried out once, however often it is sent; refused without a trace; in any batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.world import GENEROUS, NOON, TILL, World, line
from wafa.core import commands as ask
from wafa.core.commands import Request
from wafa.core.outcomes import Duplicate, Outcome, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.operations.activate_receipts import activate_receipts
from wafa.operations.adjust import adjust
from wafa.operations.cancel_redemptions import cancel_redemptions
from wafa.operations.capture_holds import capture_holds
from wafa.operations.claim_receipts import claim_receipts
from wafa.operations.close_members import close_members
from wafa.operations.hold import hold
from wafa.operations.merge_members import merge_members
from wafa.operations.move_receipts import move_receipts
from wafa.operations.open_balances import open_balances
from wafa.operations.redeem import redeem
from wafa.operations.release_holds import release_holds
from wafa.operations.transfer import transfer
from wafa.operations.undo_merges import undo_merges
from wafa.store.actor import Actor
from wafa.store.models import Branch, Entry

NOBODYS = UUID(int=0)
PROGRAMME = GENEROUS | {
    "holds": {"minutes": 15, "least": 5, "most": 60},
    "redemption": {"least": 2, "proof_above": 200},
}
Say = Callable[..., Any]


@dataclass(frozen=True)
class Verb:
    """An operation, a request that it carries out, and what it refuses."""

    operation: Callable[[UUID, Sequence[Any], Actor], list[Outcome]]
    fine: Say
    moves: dict[str, int]
    """By how much what members have (available less owed) changes."""
    refused: dict[Refusal, Say]
    prepare: Say = lambda world: None
    """What has to happen first; what it answers, the request is told."""


def receipt(number: str) -> tuple[str, str, str]:
    """A receipt's key."""
    return ("till", "", number)


def _redemption(world: World) -> UUID:
    return world.spend(60).slip.id


def _hold(world: World) -> UUID:
    outcome = world.do(ask.PlaceHold, points=60)
    assert isinstance(outcome, Posted)
    return outcome.slip.id


def _merge(world: World) -> UUID:
    outcome = world.do(ask.MergeMembers, member="bilal", into="amal")
    assert isinstance(outcome, Posted)
    return outcome.slip.id


def _pending(world: World) -> None:
    assert world.wallet("dana").pending == 40


VERBS: dict[str, Verb] = {
    "redeem": Verb(
        redeem,
        lambda world, _: world.ask(ask.Redeem, points=30),
        {"amal": -30},
        {
            Refusal.POINTS_NOT_ABOVE_ZERO: lambda fine, _: replace(fine, points=-30),
            Refusal.FIGURE_OUT_OF_RANGE: lambda fine, _: replace(fine, points=10**16),
            Refusal.TEXT_NOT_USABLE: lambda fine, _: replace(fine, purpose="fun"),
            Refusal.BRANCH_UNKNOWN: lambda fine, _: replace(fine, branch="moon"),
            Refusal.UNIT_UNKNOWN: lambda fine, _: replace(fine, unit="gold"),
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, member="nobody"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, member="eve"),
            Refusal.FEWER_POINTS_THAN_THE_LEAST: lambda fine, _: replace(fine, points=1),
            Refusal.PROOF_NEEDED: lambda fine, _: replace(fine, points=201),
            Refusal.INSUFFICIENT_POINTS: lambda fine, _: replace(fine, points=201, proof="card"),
        },
    ),
    "cancel_redemptions": Verb(
        cancel_redemptions,
        lambda world, made: world.ask(ask.CancelRedemption, redemption=made),
        {"amal": 60},
        {
            Refusal.BRANCH_UNKNOWN: lambda fine, _: replace(fine, branch="moon"),
            Refusal.REDEMPTION_UNKNOWN: lambda fine, _: replace(fine, redemption=NOBODYS),
            Refusal.REDEMPTION_CANCELLED_ALREADY: lambda fine, again: again,
        },
        _redemption,
    ),
    "hold": Verb(
        hold,
        lambda world, _: world.ask(ask.PlaceHold, points=30, minutes=10),
        {"amal": -30},
        {
            Refusal.POINTS_NOT_ABOVE_ZERO: lambda fine, _: replace(fine, points=0),
            Refusal.UNIT_UNKNOWN: lambda fine, _: replace(fine, unit="gold"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, member="eve"),
            Refusal.HOLD_TIME_OUT_OF_BOUNDS: lambda fine, _: replace(fine, minutes=61),
            Refusal.PROOF_NEEDED: lambda fine, _: replace(fine, points=201),
            Refusal.INSUFFICIENT_POINTS: lambda fine, _: replace(fine, points=201, proof="pin"),
        },
    ),
    "capture_holds": Verb(
        capture_holds,
        lambda world, made: world.ask(ask.CaptureHold, hold=made, points=45),
        {"amal": 15},
        {
            Refusal.HOLD_UNKNOWN: lambda fine, _: replace(fine, hold=NOBODYS),
            Refusal.HOLD_CLOSED_ALREADY: lambda fine, again: again,
            Refusal.CAPTURED_MORE_THAN_HELD: lambda fine, _: replace(fine, points=61),
        },
        _hold,
    ),
    "release_holds": Verb(
        release_holds,
        lambda world, made: world.ask(ask.ReleaseHold, hold=made),
        {"amal": 60},
        {
            Refusal.HOLD_UNKNOWN: lambda fine, _: replace(fine, hold=NOBODYS),
            Refusal.HOLD_CLOSED_ALREADY: lambda fine, again: again,
        },
        _hold,
    ),
    "adjust": Verb(
        adjust,
        lambda world, _: world.ask(ask.Adjust, points=-25, branch="airport"),
        {"amal": -25},
        {
            Refusal.REASON_MISSING: lambda fine, _: replace(fine, note=" "),
            Refusal.POINTS_NOT_ABOVE_ZERO: lambda fine, _: replace(fine, points=0),
            Refusal.BRANCH_UNKNOWN: lambda fine, _: replace(fine, branch="moon"),
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, member="nobody"),
            Refusal.INSUFFICIENT_POINTS: lambda fine, _: replace(fine, points=-101),
        },
    ),
    "transfer": Verb(
        transfer,
        lambda world, _: world.ask(ask.Transfer, to="bilal", points=35),
        {"amal": -35, "bilal": 35},
        {
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, to="nobody"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, to="eve"),
            Refusal.MEMBER_THE_SAME: lambda fine, _: replace(fine, to="amal"),
            Refusal.INSUFFICIENT_POINTS: lambda fine, _: replace(fine, points=101),
        },
    ),
    "merge_members": Verb(
        merge_members,
        lambda world, _: world.ask(ask.MergeMembers, member="bilal", into="amal"),
        {"amal": 20, "bilal": -20},
        {
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, member="nobody"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, into="eve"),
            Refusal.MEMBER_THE_SAME: lambda fine, _: replace(fine, member="amal"),
        },
    ),
    "undo_merges": Verb(
        undo_merges,
        lambda world, made: world.ask(ask.UndoMerge, merge=made),
        {"amal": -20, "bilal": 20},
        {
            Refusal.MERGE_UNKNOWN: lambda fine, _: replace(fine, merge=NOBODYS),
            Refusal.MERGE_TOO_OLD: lambda fine, _: replace(fine, at=NOON + timedelta(days=31)),
            Refusal.MERGE_UNDONE_ALREADY: lambda fine, again: again,
        },
        _merge,
    ),
    "close_members": Verb(
        close_members,
        lambda world, _: world.ask(ask.CloseMember, member="bilal"),
        {"bilal": -20},
        {
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, member="nobody"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, again: again,
        },
    ),
    "open_balances": Verb(
        open_balances,
        lambda world, _: world.ask(ask.OpenBalance, lots=(ask.OpeningLot(70), ask.OpeningLot(5)), qualifying=9),
        {"amal": 75},
        {
            Refusal.POINTS_NOT_ABOVE_ZERO: lambda fine, _: replace(fine, lots=(), qualifying=0),
            Refusal.UNIT_UNKNOWN: lambda fine, _: replace(fine, unit="gold"),
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, member="eve"),
        },
    ),
    "activate_receipts": Verb(
        activate_receipts,
        lambda world, _: world.ask(ask.ActivateReceipt, receipt=receipt("P")),
        {"dana": 40},
        {
            Refusal.RECEIPT_UNKNOWN: lambda fine, _: replace(fine, receipt=receipt("none")),
            Refusal.RECEIPT_HAS_NO_MEMBER: lambda fine, _: replace(fine, receipt=receipt("N")),
        },
        _pending,
    ),
    "move_receipts": Verb(
        move_receipts,
        lambda world, _: world.ask(ask.MoveReceipt, receipt=receipt("A"), to="bilal"),
        {"amal": -100, "bilal": 100},
        {
            Refusal.MEMBER_UNKNOWN: lambda fine, _: replace(fine, to="nobody"),
            Refusal.MEMBER_THE_SAME: lambda fine, _: replace(fine, to="amal"),
            Refusal.RECEIPT_UNKNOWN: lambda fine, _: replace(fine, receipt=receipt("none")),
            Refusal.RECEIPT_HAS_NO_MEMBER: lambda fine, _: replace(fine, receipt=receipt("N")),
        },
    ),
    "claim_receipts": Verb(
        claim_receipts,
        lambda world, _: world.ask(ask.ClaimReceipt, receipt=receipt("N"), member="bilal"),
        {"bilal": 50},
        {
            Refusal.MEMBER_NOT_ACTIVE: lambda fine, _: replace(fine, member="eve"),
            Refusal.RECEIPT_UNKNOWN: lambda fine, _: replace(fine, receipt=receipt("none")),
            Refusal.RECEIPT_HAS_A_MEMBER: lambda fine, _: replace(fine, receipt=receipt("A")),
            Refusal.RECEIPT_TOO_OLD: lambda fine, _: replace(fine, at=NOON + timedelta(days=31)),
        },
    ),
}
MEMBERS = ("amal", "bilal", "dana", "eve")


LATER = {"kind": "per_unit", "code": "later", "items": ["LATER"], "points": 40, "name": {"en": "Later"}}


@pytest.fixture
def world() -> World:
    """Amal has 100 points of receipt A, Bilal 20 of B, Dana 40 pending ones of P; N is nobody's; Eve is blocked."""
    rules = [*PROGRAMME["rules"], LATER | {"available": {"kind": "on_event"}}]
    world = World(PROGRAMME | {"rules": rules}, members=MEMBERS)
    eve = world.member("eve")
    eve.status = "blocked"
    eve.save()
    world.post(
        world.purchase(line("TEA", 100), number="A"),
        world.purchase(line("TEA", 20), number="B", member="bilal"),
        world.purchase(line("LATER", 0), number="P", member="dana"),
        world.purchase(line("TEA", 50), number="N", member=None),
    )
    return world


def held_by(world: World) -> dict[str, int]:
    """What each member has."""
    return {member: world.holds(member) for member in MEMBERS}


@pytest.mark.parametrize("name", VERBS)
def test_it_is_carried_out_once_however_often_it_is_sent(world: World, name: str) -> None:
    verb = VERBS[name]
    asked: Request = verb.fine(world, verb.prepare(world))
    before = held_by(world)
    (posted,) = verb.operation(world.id, [asked], TILL)
    assert isinstance(posted, Posted)
    assert held_by(world) == {member: points + verb.moves.get(member, 0) for member, points in before.items()}
    entry = Entry.objects.of(world.id).get(request_key=asked.key)
    assert (entry.id, entry.actor_kind, entry.actor_name) == (posted.slip.id, TILL.kind, TILL.name)
    assert (entry.points, entry.explanation) == (posted.slip.points, posted.slip.explanation)

    rows = world.rows()
    later = replace(asked, at=NOON + timedelta(hours=1))
    assert verb.operation(world.id, [asked, later], TILL) == [Duplicate(posted.slip)] * 2
    other: Any = world.ask(ask.Adjust if name != "adjust" else ask.Redeem, points=7, key=asked.key)
    assert world.post(other) == [Refused(Refusal.KEY_REUSED_WITH_OTHER_CONTENT, {"key": asked.key})]
    assert world.rows() == rows
    assert world.differences() == []


@pytest.mark.parametrize("name", VERBS)
def test_twice_in_one_batch_it_is_carried_out_once(world: World, name: str) -> None:
    verb = VERBS[name]
    asked: Any = verb.fine(world, verb.prepare(world))
    first, second, other = verb.operation(
        world.id, [asked, asked, world.ask(ask.Adjust, key=asked.key, points=7)], TILL
    )
    assert isinstance(first, Posted)
    assert second == Duplicate(first.slip)
    assert isinstance(other, Refused)
    assert world.differences() == []


@pytest.mark.parametrize(("name", "refusal"), [(name, each) for name, verb in VERBS.items() for each in verb.refused])
def test_it_is_refused_without_a_trace(world: World, name: str, refusal: Refusal) -> None:
    verb = VERBS[name]
    fine: Any = verb.fine(world, verb.prepare(world))
    again = replace(fine, key="again")
    bad = verb.refused[refusal](fine, again)
    if bad is again:
        assert isinstance(verb.operation(world.id, [fine], TILL)[0], Posted)
    before = world.rows()
    (refused,) = verb.operation(world.id, [bad], TILL)
    assert isinstance(refused, Refused)
    assert refused.refusal == refusal
    assert world.rows() == before

    neighbours = [world.ask(ask.Adjust, points=1, member="dana", at=bad.at) for _ in range(2)]
    outcomes = world.post(neighbours[0], bad, neighbours[1])
    assert [type(outcome) for outcome in outcomes] == [Posted, Refused, Posted]
    # It left its key free.
    assert not Entry.objects.of(world.id).filter(request_key=bad.key).exists()


def test_the_till_stands_in_the_entry(world: World) -> None:
    at_till = {"branch": "airport", "till": "till 7", "cashier": "Dana"}
    world.do(ask.Redeem, points=30, purpose="gift", reference="mug", **at_till)
    entry = world.entries()[-1]
    assert (entry.kind, entry.points) == ("redemption", -30)
    assert entry.redeeming_branch_id == Branch.objects.of(world.id).get(code="airport").id
    said = {name: entry.explanation[name] for name in ("purpose", "reference", "till", "cashier")}
    assert said == {"purpose": "gift", "reference": "mug", "till": "till 7", "cashier": "Dana"}
    assert [(lot["number"], lot["points"]) for lot in entry.explanation["lots"]] == [("A", 30)]


def test_an_unknown_unit_opens_no_wallet(world: World) -> None:
    before = world.rows()
    assert world.do(ask.Redeem, points=30, unit="gold").refusal == Refusal.UNIT_UNKNOWN
    assert world.rows() == before


def test_stamps_and_credit_are_wallets_of_their_own(world: World) -> None:
    world.do(ask.Adjust, unit="stamps", points=9)
    world.do(ask.OpenBalance, unit="credit", lots=(ask.OpeningLot(5_000),))
    world.do(ask.Redeem, unit="credit", points=1_250)
    assert world.do(ask.Redeem, unit="stamps", points=10).refusal == Refusal.INSUFFICIENT_POINTS
    found = {unit: world.holds(unit=unit) for unit in ("points", "stamps", "credit")}
    assert found == {"points": 100, "stamps": 9, "credit": 3_750}
    assert world.differences() == []


def test_a_months_limit_is_each_months_own_also_within_a_batch() -> None:
    world = World(GENEROUS | {"transfers": {"most_a_month": 50}}, members=("amal", "bilal"))
    world.buy(line("TEA", 300))
    in_june, in_july = NOON.replace(day=30), NOON.replace(month=7, day=1)
    june, july = (
        [world.ask(ask.Transfer, to="bilal", points=30, at=at) for _ in range(2)] for at in (in_june, in_july)
    )
    outcomes = [*world.post(june[0]), *world.post(june[1], *july)]
    assert [type(outcome) for outcome in outcomes] == [Posted, Refused, Posted, Refused]
    assert outcomes[1].detail == {"points": 60, "limit": "most_a_month", "most": 50}
    assert world.holds("bilal") == 60
