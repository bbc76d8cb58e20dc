"""The order of partial returns does not matter, nor how the goods are parted among them.

What exactly holds:

- At one instant, whatever happened before (also with rules that give more once something has come back): what every
  receipt holds, and every figure of the wallet, are the same.
- Where nothing was spent before, and rules are such that fewer goods never give more, every lot is the same too. Else
  lots may differ: a clawback that finds its own lot spent draws on others in drawing order, and these may be due next.
- At different instants, with the same spent in between: the same figures, if nothing ran out in between.
- If something did: the same for a wallet with one lot. With several it is not: see test_found.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import Phase, assume, given, settings

from tests.core.programmes import Json
from tests.core.world import goods_back
from tests.properties.programmes import programme_bodies
from tests.properties.shop import Shop
from tests.properties.walks import MEMBERS, Walk, figures, lots, none_refused, played, walks
from wafa.core.commands import Command, Line, PlaceHold, Redeem

seeds_only = settings(phases=[Phase.reuse, Phase.generate])
Part = tuple[Any, str, int]  # receipt, item, thousandths


def parts(walk: Walk) -> list[Part]:
    """What comes back of some receipts, in small parts that are there whatever came before them."""
    found: list[Part] = []
    receipts = [each for each in walk.pair.second.receipts.values() if each["owner"] and not each["void"]]
    for receipt in walk.random.sample(receipts, min(len(receipts), walk.random.randint(1, 2))):
        for line in receipt["lines"]:
            left = line["left"]
            for _ in range(walk.random.randint(1, 3)):
                quantity = walk.random.choice([left // 2, left, min(left, 333)])
                left -= quantity
                found += [(receipt["key"], line["item"], quantity)] if quantity else []
    return found


def returning(walk: Walk, returned: list[list[Part]]) -> list[Command]:
    """One return for each list of parts, which are of one receipt."""
    fields = {"at": walk.pair.now, "occurred_at": walk.pair.now, "withheld_minor": 10**12}
    return [
        goods_back(f"R{n}", *(Line(item, quantity, 0) for _, item, quantity in some), receipt=some[0][0], **fields)
        for n, some in enumerate(returned)
    ]


def held(shop: Shop) -> Any:
    """What each receipt holds, and what is left of it."""
    return {
        key: ([award.held_points for award in receipt.awards], [line.left_milli for line in receipt.lines])
        for key, receipt in shop.snapshot.receipts.items()
    }


one_lot_bodies = programme_bodies().map(
    lambda body: body | {"rules": [without_own_terms(rule) for rule in body["rules"]], "available": {"kind": "at_once"}}
)


def without_own_terms(rule: Json) -> Json:
    return {name: value for name, value in rule.items() if name not in ("expiry", "available")}


def in_every_way(walk: Walk) -> list[Shop]:
    """One by one, in another order, and all of a receipt at once."""
    found = parts(walk)
    assume(len(found) > 1)
    shop = played(walk.pair.shop, walk.make("settle", walk.pair.now))[0]
    shuffled = walk.random.sample(found, len(found))
    together = [[part for part in found if part[0] == key] for key in dict.fromkeys(part[0] for part in shuffled)]
    shops = []
    for way in ([[part] for part in found], [[part] for part in shuffled], together):
        after, outcomes = played(shop, *returning(walk, way))
        assert none_refused(outcomes)
        shops.append(after)
    return shops


def check(walk: Walk) -> None:
    one, *others = in_every_way(walk)
    for other in others:
        assert held(other) == held(one)
        for member in MEMBERS:
            assert figures(other, member) == figures(one, member)


@seeds_only
@given(walks(programme_bodies(monotone=True), steady=True))
def test_after_any_history(walk: Walk) -> None:
    walk.go(12, sizes=(1, 2))
    walk.go(2, kinds=("buy",))
    check(walk)


@seeds_only
@given(walks(programme_bodies(monotone=True), steady=True))
def test_where_nothing_was_spent_or_moved_the_lots_are_the_same_too(walk: Walk) -> None:
    walk.go(8, kinds=("buy", "buy", "back", "settle"), sizes=(1, 2))
    one, *others = in_every_way(walk)
    for other in others:
        assert held(other) == held(one)
        assert lots(other) == lots(one)


@seeds_only
@given(walks(steady=True))
def test_with_rules_that_give_more_once_something_has_come_back(walk: Walk) -> None:
    walk.go(12, sizes=(1, 2))
    walk.go(2, kinds=("buy",))
    check(walk)


def spending(walk: Walk) -> list[Command]:
    """Some of what each member has."""
    made: list[Command] = []
    for member in MEMBERS:
        there = walk.pair.second.purse(member).available()
        points = walk.random.choice([there // 2, there // 4, there // 8])
        fields = {
            "at": walk.pair.now,
            "branch": "main",
            "member": member,
            "points": points,
            "key": f"spent by {member}",
        }
        made += [walk.random.choice([Redeem(**fields), PlaceHold(**fields)])] if points > 1 else []
    return made


def between_two_returns(walk: Walk) -> list[Shop]:
    """Two returns that change places, and what is spent and runs out between them, the same both times."""
    found = parts(walk)
    assume(len(found) > 1)
    first = walk.random.sample(found, walk.random.randint(1, len(found) - 1))
    second = [part for part in found if part not in first]
    assume(second)
    start = walk.pair.now
    shop = played(walk.pair.shop, walk.make("settle", start))[0]
    middle = spending(walk)
    later = walk.till.batch(["settle"] * walk.random.choice((1, 3, 9)))
    shops = []
    for one, other in ((first, second), (second, first)):
        before = [replace(each, number=f"B{each.number}") for each in returning(walk, [[part] for part in one])]
        walk.pair.now = later[-1].at
        after = [replace(each, number=f"A{each.number}") for each in returning(walk, [[part] for part in other])]
        for n, each in enumerate(before):
            before[n] = replace(each, at=start, occurred_at=start)
        shops.append(played(shop, *before, *middle, *later, *after))
    assume(all(none_refused(outcomes) for _, outcomes in shops))
    return [after for after, _ in shops]


def expired(shop: Shop) -> int:
    return sum(lot.expired for wallet in shop.snapshot.wallets.values() for lot in wallet.lots)


@seeds_only
@given(walks(steady=True))
def test_with_spending_in_between(walk: Walk) -> None:
    walk.go(10, sizes=(1, 2))
    walk.go(3, kinds=("buy",))
    before = expired(walk.pair.shop)
    one, other = between_two_returns(walk)
    assume(before == expired(one) == expired(other))
    assert held(other) == held(one)
    for member in MEMBERS:
        assert figures(other, member) == figures(one, member)


@seeds_only
@given(walks(one_lot_bodies, steady=True))
def test_of_a_wallet_with_one_lot_with_spending_and_expiry_in_between(walk: Walk) -> None:
    walk.go(1, kinds=("buy",))
    one, other = between_two_returns(walk)
    assert held(other) == held(one)
    for member in MEMBERS:
        assert figures(other, member) == figures(one, member)
