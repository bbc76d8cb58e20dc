"""Whatever happened, in whatever order: what must be true of any history of commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.core.programmes import Json
from tests.core.telling import told
from tests.core.world import World, goods_back, photograph
from tests.properties.goods import histories
from tests.properties.programmes import programme_bodies
from wafa.core.commands import Command, DocumentCommand, ExpireLots, Line
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Refused
from wafa.core.programme import Programme


def counted(body: Json, history: list[Command], *cuts: int) -> tuple[World, list[Outcome]]:
    """A world that took a history, cut into batches at these places."""
    world = World(Programme.read(body))
    world.claim(history)
    outcomes = []
    places = [0, *sorted(cuts), len(history)]
    for start, end in pairwise(places):
        outcomes += world.post(*history[start:end])
    return world, outcomes


@given(programme_bodies(), histories())
def test_the_laws_hold_after_every_command_and_no_refusal_or_repetition_changes_anything(
    body: Json, history: list[Command]
) -> None:
    world = World(Programme.read(body))
    before = photograph(world.snapshot)
    for command in history:
        [outcome] = world.post(command)  # which looks at all the laws
        after = photograph(world.snapshot)
        if isinstance(outcome, Refused | Duplicate):
            assert after == before
        before = after


@given(programme_bodies(), histories(), st.data())
def test_splitting_a_batch_anywhere_gives_the_same(body: Json, history: list[Command], data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(history)), max_size=3))
    at_once, outcomes = counted(body, history)
    in_parts, others = counted(body, history, *cuts)
    assert photograph(in_parts.snapshot) == photograph(at_once.snapshot)
    assert [told(outcome) for outcome in others] == [told(outcome) for outcome in outcomes]


@given(programme_bodies(), histories(), st.randoms(use_true_random=False))
def test_sent_again_in_any_order_nothing_counts(body: Json, history: list[Command], random: Random) -> None:
    world, outcomes = counted(body, history)
    at = history[-1].at + timedelta(days=400)
    world.post(ExpireLots(at=at))
    first = {outcome.document.command.key: outcome.slip for outcome in outcomes if isinstance(outcome, Accepted)}
    again = [replace(outcome.document.command, at=at) for outcome in outcomes if isinstance(outcome, Accepted)]
    random.shuffle(again)
    before = photograph(world.snapshot)

    for command, outcome in zip(again, world.post(*again), strict=True):
        assert outcome == Duplicate(first[command.key])
    assert photograph(world.snapshot) == before


def lots_of(wallet: Wallet) -> list[tuple[str, int, int, int]]:
    """What has become of each lot."""
    return [(lot.number, lot.remaining, lot.expired, lot.answered) for lot in wallet.lots]


@given(programme_bodies(), histories())
def test_expiring_early_and_often_changes_no_balance(body: Json, history: list[Command]) -> None:
    # A lapsed lot is never drawn, whether or not the job has run (law 3): so nothing depends on when it runs.
    end = ExpireLots(at=history[-1].at)
    rarely, _ = counted(body, [each for each in history if not isinstance(each, ExpireLots)] + [end])
    often, _ = counted(body, [each for command in history for each in (ExpireLots(at=command.at), command)] + [end])
    for member in rarely.snapshot.members:
        one, other = rarely.wallet(member), often.wallet(member)
        assert one.figures() == other.figures()
        assert (one.qualifying, one.tier) == (other.qualifying, other.tier)
        figures = [
            [(lot.number, lot.remaining, lot.expired, lot.answered) for lot in each.lots] for each in (one, other)
        ]
        assert figures[0] == figures[1]


@given(programme_bodies(), histories())
def test_everything_returned_leaves_nothing(body: Json, history: list[Command]) -> None:
    world, _ = counted(body, history)
    lowest = body["tiers"][0]["code"]
    for key, receipt in world.snapshot.receipts.items():
        lines = [Line(line.item, line.left_milli, 0) for line in receipt.lines if line.left_milli]
        if lines:
            [outcome] = world.post(goods_back(f"all of {key}", *lines, at=history[-1].at, receipt=key))
            assert isinstance(outcome, Accepted), told(outcome)

    for wallet in world.snapshot.wallets.values():
        assert not any(award.held_points for receipt in wallet.receipts for award in receipt.awards)
        assert not any(line.left_milli for receipt in wallet.receipts for line in receipt.lines)
        assert (wallet.qualifying, wallet.eligible_purchases, wallet.tier or lowest) == (0, 0, lowest)
        # Nothing was ever spent, so what is gone is what expired and was not asked for again.
        assert wallet.available - wallet.debt == sum(lot.answered - lot.expired for lot in wallet.lots)


@given(programme_bodies(), histories())
def test_nobody_is_touched_by_what_others_do(body: Json, history: list[Command]) -> None:
    # Returns that name a receipt are about whoever bought it; the rest are about the member that they name.
    together, _ = counted(body, history)
    bought = {each.key: each.member for each in history if isinstance(each, DocumentCommand)}

    def whose(command: Command) -> str | None:
        receipt = getattr(command, "receipt", None)
        return bought.get(receipt) if receipt else getattr(command, "member", None)

    for member in ("ann", "bob", "cem"):
        mine = [each for each in history if isinstance(each, ExpireLots) or whose(each) == member]
        if not mine:
            continue
        alone, _ = counted(body, mine)
        one, other = together.wallet(member), alone.wallet(member)
        assert (one.figures(), one.qualifying, one.tier) == (other.figures(), other.qualifying, other.tier)
