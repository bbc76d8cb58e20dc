"""At one instant, what is undone leaves the wallet as though it had never been done, whatever returns came between.

What exactly holds:

- The net (available + pending - debt) less what was forgiven, and less what was paid for in money, is the same. So is
  the net where the programme lets members owe: the default.
- Each figure is the same, too, unless pending points are about: where a clawback found no available points because they
  were spent, pending ones gave in their place; the points that come back stay with their own lot, and are available.
- The lots may differ: a clawback draws on what is there, and only what it drew for the very lots that get points back
  goes back with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.properties.shop import Shop
from tests.properties.walks import MEMBERS, Walk, figures, net, none_refused, played, walks, with_all_withheld
from wafa.core.commands import CancelRedemption, CancelReturn, Command, PlaceHold, Redeem, ReleaseHold, VoidReceipt

RETURNS = ("back", "back", "back", "unnamed", "void", "cancel_return")
seeds_only = settings(phases=[Phase.reuse, Phase.generate])


def prepared(walk: Walk) -> Shop:
    """Some history, fresh points in the end, and nothing that is still due."""
    walk.go(12, sizes=(1, 2))
    walk.go(4, kinds=("buy", "buy", "opening"))
    return played(walk.pair.shop, walk.make("settle", walk.pair.now))[0]


def returns(walk: Walk, count: int, kinds: Sequence[str] = RETURNS) -> list[Command]:
    made = [walk.make(walk.random.choice(kinds), walk.pair.now) for _ in range(count)]
    return [with_all_withheld(replace(each, occurred_at=walk.pair.now)) for each in made]  # type: ignore[arg-type]


def spent(walk: Walk, kind: str) -> tuple[Command, Command]:
    """Points drawn at an instant, and what undoes it."""
    till = {"at": walk.pair.now, "branch": "main"}
    rich = [member for member in MEMBERS if walk.pair.second.purse(member).available() >= 10]
    assume(rich)
    member = walk.random.choice(rich)
    points = walk.random.randint(10, walk.pair.second.purse(member).available())
    if kind == "redeem":
        return (
            Redeem(**till, key="drawn", member=member, points=points),
            CancelRedemption(**till, key="undone", redemption="drawn"),  # type: ignore[arg-type]
        )
    hold = PlaceHold(**till, key="drawn", member=member, points=points, minutes=60)
    return hold, ReleaseHold(**till, key="undone", hold="drawn")  # type: ignore[arg-type]


def check_the_same(undone: Shop, never_done: Shop, policy: str) -> None:
    for member in MEMBERS:
        assert net(undone, member, with_missing=True) == net(never_done, member, with_missing=True), member
        if policy == "debt":
            assert net(undone, member) == net(never_done, member), member
        if policy == "debt" and not (undone.wallet(member).pending or never_done.wallet(member).pending):
            assert figures(undone, member) == figures(never_done, member), member


def all_lines_are_of_different_items(shop: Shop, receipt: object) -> bool:
    known = shop.snapshot.receipts.get(receipt)  # type: ignore[call-overload]
    return known is None or len({line.item for line in known.lines}) == len(known.lines)


@seeds_only
@given(walks(steady=True), st.sampled_from(["redeem", "hold"]), st.integers(0, 4))
def test_a_redemption_or_a_hold(walk: Walk, kind: str, count: int) -> None:
    shop = prepared(walk)
    done, undone = spent(walk, kind)
    between = returns(walk, count)
    with_it, outcomes = played(shop, done)
    assume(none_refused(outcomes))
    for each in (*between, undone):
        with_it.take(each)
    without_it, _ = played(shop, *between)
    check_the_same(with_it, without_it, walk.policy("debt", "debt"))


@seeds_only
@given(walks(steady=True), st.integers(0, 3), st.booleans())
def test_a_purchase(walk: Walk, count: int, by_void: bool) -> None:
    # The tier and the days that activity moves are another matter: the member was there. And where a programme refuses
    # what points do not cover, a purchase that paid a debt cannot be taken back for nothing.
    shop = prepared(walk)
    assume(walk.policy("debt", "debt") != "refuse")
    bought = replace(walk.make("buy", walk.pair.now), number="bought", occurred_at=walk.pair.now)  # type: ignore[arg-type]
    place = {"at": walk.pair.now, "occurred_at": walk.pair.now, "source": "till", "branch": "main", "currency": "GBP"}
    undone: Command = VoidReceipt(**place, number="undone", annulled=bought.key)
    if not by_void:
        back = {"number": "undone", "receipt": bought.key, "at": walk.pair.now, "occurred_at": walk.pair.now}
        undone = replace(walk.make("back", walk.pair.now), lines=bought.lines, **back)  # type: ignore[arg-type]
    with_it, outcomes = played(shop, bought, undone)
    assume(none_refused(outcomes))
    for member in MEMBERS:
        assert figures(with_it, member) == figures(shop, member), member


@seeds_only
@given(walks(steady=True), st.integers(0, 3))
def test_a_return(walk: Walk, count: int) -> None:
    shop = prepared(walk)
    returned = replace(with_all_withheld(walk.make("back", walk.pair.now)), number="returned")  # type: ignore[arg-type]
    place = {"at": walk.pair.now, "occurred_at": walk.pair.now, "source": "till", "branch": "main", "currency": "GBP"}
    undone = CancelReturn(**place, number="undone", annulled=returned.key)
    between = returns(walk, count, kinds=("back", "cancel_return"))  # which name what they are about
    with_it, outcomes = played(shop, returned)
    never, answers = played(shop, *between)
    for each in (*between, undone):
        outcomes += with_it.take(each)
    assume(none_refused([*outcomes, *answers]))
    assume(all_lines_are_of_different_items(shop, returned.receipt))  # else another line is matched meanwhile
    check_the_same(with_it, never, walk.policy("debt", "debt"))
