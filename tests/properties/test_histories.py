"""Whatever happened, in whatever order: what must be true of any history of commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import Phase, given, settings

from tests.core.telling import told
from tests.core.world import goods_back, photograph
from tests.properties.programmes import programme_bodies
from tests.properties.shop import Pair, Shop
from tests.properties.walks import Walk, walks
from wafa.core.commands import Command, Line, Settle
from wafa.core.outcomes import Accepted, Duplicate, Outcome

GOODS = ("buy", "buy", "back", "unnamed", "exchange", "early", "cancel_return", "void", "again", "settle")
seeds_only = settings(phases=[Phase.reuse, Phase.generate])


def replayed(pair: Pair, commands: Sequence[Command], *cuts: int) -> tuple[Shop, list[Outcome]]:
    """A fresh shop that takes the same commands, cut into batches at these places."""
    shop = Shop(pair.second.versions, pair.shop.snapshot.zone)
    shop.ids = dict(pair.shop.ids)
    outcomes = []
    for start, end in pairwise([0, *sorted(cuts), len(commands)]):
        outcomes += shop.take(*commands[start:end])
    return shop, outcomes


@seeds_only
@given(walks(steady=True))
def test_splitting_a_batch_anywhere_gives_the_same(walk: Walk) -> None:
    walk.go(25)
    commands = walk.pair.taken
    cuts = [walk.random.randint(0, len(commands)) for _ in range(3)]
    at_once, outcomes = replayed(walk.pair, commands)
    in_parts, others = replayed(walk.pair, commands, *cuts)
    assert photograph(in_parts.snapshot) == photograph(at_once.snapshot)
    assert [told(outcome) for outcome in others] == [told(outcome) for outcome in outcomes]


@seeds_only
@given(walks(steady=True))
def test_sent_again_in_any_order_nothing_counts(walk: Walk) -> None:
    walk.go(25)
    shop = walk.pair.shop
    at = walk.pair.now + timedelta(days=400)
    shop.take(Settle(at=at))
    counted = walk.random.sample(walk.pair.counted, len(walk.pair.counted))
    before = photograph(shop.snapshot)
    outcomes = shop.take(*(replace(command, at=at) for command, _ in counted))
    assert outcomes == [Duplicate(slip) for _, slip in counted]
    assert photograph(shop.snapshot) == before


@seeds_only
@given(walks(programme_bodies().map(lambda body: body | {"debt": "debt"})))
def test_everything_returned_leaves_nothing(walk: Walk) -> None:
    walk.go(20, kinds=GOODS)
    shop = walk.pair.shop
    at = max([walk.pair.now, *(wallet.posted_at for wallet in shop.snapshot.wallets.values() if wallet.posted_at)])
    shop.take(Settle(at=at))
    for key, receipt in list(shop.snapshot.receipts.items()):
        lines = [Line(line.item, line.left_milli, 0) for line in receipt.lines if line.left_milli]
        if lines:
            [outcome] = shop.take(goods_back(f"all of {key}", *lines, at=at, receipt=key))
            assert isinstance(outcome, Accepted), told(outcome)
    for wallet in shop.snapshot.wallets.values():
        assert not any(award.held_points for receipt in wallet.receipts for award in receipt.awards)
        assert not any(line.left_milli for receipt in wallet.receipts for line in receipt.lines)
        assert (wallet.qualifying, wallet.eligible_purchases) == (0, 0)
        # Nothing was ever spent, so what is gone is what expired and was not asked for again.
        balance = wallet.available + wallet.pending - wallet.debt
        assert balance == sum(lot.answered - lot.expired for lot in wallet.lots)


def about(command: Command) -> set[Any]:
    """The member and the documents that a command is about."""
    names = (getattr(command, name, None) for name in ("member", "key", "receipt", "annulled"))
    return {name for name in names if name}


@seeds_only
@given(walks(steady=True))
def test_nobody_is_touched_by_what_others_do(walk: Walk) -> None:
    walk.go(25, kinds=GOODS)
    taken = walk.pair.taken
    for member in ("ann", "bob", "cem"):
        circle: set[Any] = {member}
        while more := [each for each in map(about, taken) if each & circle and not each <= circle]:
            circle = circle.union(*more)
        alone, _ = replayed(walk.pair, [each for each in taken if about(each) & circle or isinstance(each, Settle)])
        one, other = walk.pair.shop.wallet(member), alone.wallet(member)
        assert (one.figures(), one.qualifying, one.tier) == (other.figures(), other.qualifying, other.tier)
