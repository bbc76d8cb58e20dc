"""Changing any master record between sale and return changes nothing of what the return takes (law 6)."""

from __future__ import annotations

from collections.abc import Set
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.core.programmes import Json
from tests.core.world import goods_back
from tests.properties.programmes import programme_bodies
from tests.properties.shop import Shop
from tests.properties.walks import MEMBERS, Walk, played, walks
from wafa.core.commands import Command, Line
from wafa.core.outcomes import Accepted, Outcome
from wafa.core.programme import Programme
from wafa.core.snapshot import Version, Versions

CHANGES = ("tier", "programme", "exclusions", "status", "branch")
KEPT = {"debt", "redemption", "units"}
"""Of a programme: what is done about points that are missing is decided when the goods come back."""


def change(shop: Shop, walk: Walk, what: str, other: Json) -> None:
    """One kind of master record becomes another."""
    snapshot, old = shop.snapshot, walk.pair.second.versions[0][1]
    if what == "tier":
        for wallet in snapshot.wallets.values():
            wallet.tier = walk.random.choice(old["tiers"])["code"]
    elif what == "status":
        for number, known in snapshot.members.items():
            snapshot.members[number] = replace(known, status=walk.random.choice(["blocked", "closed"]))
    elif what == "branch":
        snapshot.branches = {"north": snapshot.branches["north"]}
    else:
        body = only(other, set(other) - KEPT) | only(old, KEPT)
        if what == "exclusions":
            body = old | {"exclusions": {"items": ["A", "B"], "patterns": ["*"]}}
        first = next(iter(snapshot.versions._by_id.values()))
        later = Version(snapshot.new_id(), walk.pair.now - timedelta(seconds=1), Programme.read(body))
        snapshot.versions = Versions([first, later])


def only(body: Json, names: Set[str]) -> Json:
    return {name: part for name, part in body.items() if name in names}


def returned(walk: Walk) -> Command:
    """Some of a receipt of somebody's."""
    receipts = [each for each in walk.pair.second.receipts.values() if each["owner"] and not each["void"]]
    assume(receipts)
    receipt = walk.random.choice(receipts)
    shares = ((line, line["left"] * walk.random.choice((0, 1, 2)) // 2) for line in receipt["lines"])
    lines = [Line(line["item"], quantity, 0) for line, quantity in shares if quantity]
    assume(lines)
    fields = {"at": walk.pair.now, "occurred_at": walk.pair.now, "member": None, "branch": "north"}
    return goods_back("back", *lines, receipt=receipt["key"], withheld_minor=10**12, **fields)


def taken(shop: Shop, outcomes: list[Outcome]) -> Any:
    """What was taken from each award, and where it came from; what is left of every lot."""
    [outcome] = outcomes
    assert isinstance(outcome, Accepted)
    figures = [shop.wallet(member).figures() for member in MEMBERS]
    return outcome.slip.explanation["receipts"], figures, [shop.wallet(member).qualifying for member in MEMBERS]


@settings(phases=[Phase.reuse, Phase.generate])
@given(walks(), programme_bodies(), st.sets(st.sampled_from(CHANGES), min_size=1))
def test_takes_the_same(walk: Walk, other: Json, changes: set[str]) -> None:
    walk.go(12, sizes=(1, 2))
    walk.go(2, kinds=("buy",))
    shop, command = walk.pair.shop, returned(walk)
    changed = deepcopy(shop)
    for what in sorted(changes):
        change(changed, walk, what, other)
    assert taken(*played(changed, command)) == taken(*played(shop, command))
