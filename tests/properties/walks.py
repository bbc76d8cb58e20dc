"""Histories at random: a pair of books after a walk by a seed, from which a property goes on."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.core.programmes import Json
from tests.core.world import LONDON, LONG_AGO
from tests.properties.commands import KINDS, Till
from tests.properties.programmes import programme_bodies
from tests.properties.shop import Pair, Shop, Versions
from wafa.core.commands import Command
from wafa.core.outcomes import Outcome, Refused

TEHRAN = ZoneInfo("Asia/Tehran")
MEMBERS = ("ann", "bob", "cem")
PLACES = [
    (LONDON, datetime(2011, 3, 26, 23, 30, tzinfo=UTC)),  # summer time begins
    (LONDON, datetime(2011, 10, 29, 22, 30, tzinfo=UTC)),  # and ends
    (LONDON, datetime(2012, 2, 28, 23, 30, tzinfo=UTC)),  # a leap day
    (LONDON, datetime(2011, 1, 31, 12, tzinfo=UTC)),  # the end of a month
    (TEHRAN, datetime(2011, 3, 21, 20, 15, tzinfo=UTC)),  # a day without its first hour
    (TEHRAN, datetime(2011, 9, 21, 19, 15, tzinfo=UTC)),  # an hour before midnight that comes twice
]
randoms = st.integers(0, 2**32).map(Random)
"""A seed is not made smaller: what a walk does with it has nothing to do with its size."""


class Walk:
    """A pair of books, and the till and the chance by which it goes on."""

    def __init__(self, versions: Versions, random: Random, place: int = 0, steady: bool = False) -> None:
        zone, now = PLACES[place]
        self.random = random
        self.pair = Pair(versions, zone, now)
        self.till = Till(self.pair, random.choice, steady=steady)

    def go(self, steps: int, kinds: Sequence[str] = KINDS, sizes: Sequence[int] = (1,)) -> None:
        """So many batches."""
        for _ in range(steps):
            self.pair.take(*self.till.batch(self.random.choices(kinds, k=self.random.choice(sizes))))

    def policy(self, name: str, otherwise: Any) -> Any:
        """What the programme says of something."""
        return self.pair.second.versions[0][1].get(name, otherwise)

    def make(self, kind: str, at: datetime) -> Command:
        """A command of a kind, which nobody has taken yet."""
        return self.till.make(kind, at)


@st.composite
def walks(draw: st.DrawFn, bodies: st.SearchStrategy[Json] | None = None, steady: bool = False) -> Walk:
    """The beginning of a walk, under one version of a programme."""
    versions = [(LONG_AGO, draw(bodies if bodies is not None else programme_bodies()))]
    return Walk(versions, draw(randoms), draw(st.integers(0, len(PLACES) - 1)), steady)


def played(shop: Shop, *commands: Command) -> tuple[Shop, list[Outcome]]:
    """A copy of a shop that has taken some more commands."""
    copy = deepcopy(shop)
    return copy, copy.take(*commands)


def figures(shop: Shop, member: str) -> dict[str, int]:
    """What a customer is shown, and what counts for the tier."""
    wallet = shop.wallet(member)
    return wallet.figures() | {"qualifying": wallet.qualifying, "purchases": wallet.eligible_purchases}


def net(shop: Shop, member: str, with_missing: bool = False) -> int:
    """What the member has on balance; or that, less what was forgiven, and less what was paid for in money."""
    wallet = shop.wallet(member)
    balance = wallet.available + wallet.pending + wallet.held - wallet.debt
    if with_missing:
        balance += shop.book[wallet.id, "forgiven"] + shop.book[wallet.id, "withheld"]
    return balance


def lots(shop: Shop) -> list[Any]:
    """What is left of each lot."""
    return [
        (lot.id, lot.remaining, lot.held, lot.expired, lot.answered)
        for wallet in shop.snapshot.wallets.values()
        for lot in sorted(wallet.lots, key=lambda lot: lot.id)
    ]


def with_all_withheld(command: Command) -> Command:
    """Where a programme may refuse a return: enough is withheld for anything."""
    return replace(command, withheld_minor=10**12) if hasattr(command, "withheld_minor") else command


def none_refused(outcomes: Sequence[Outcome]) -> bool:
    return not any(isinstance(outcome, Refused) for outcome in outcomes)
