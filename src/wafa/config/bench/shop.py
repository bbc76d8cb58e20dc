"""The shop that is measured: the demo's programme, members enrolled beforehand, and tills that never rest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from wafa.core.commands import Command, Line, RecordPurchase, RecordReturn, Redeem
from wafa.jobs.demo.merchant import BRANCH, ensure_merchant
from wafa.operations.enrol import NewMember, enrol
from wafa.operations.record_purchases import record_purchases
from wafa.store import statistics
from wafa.store.actor import Actor

OPENING = datetime(2011, 1, 3, 9, tzinfo=UTC)
ACTOR = Actor("till", "bench")
ITEMS = ["85123A", *(f"{number}" for number in range(10_000, 10_999))]
SOURCE, CURRENCY = "bench", "GBP"
TOGETHER = 500
SEED = 1


class Shop:
    """Makes commands by turns of one clock, a second after a second; the same ones every time."""

    def __init__(self, members: int) -> None:
        self.merchant = ensure_merchant()
        self.members = [f"{number:06}" for number in range(members)]
        self.sold: list[RecordPurchase] = []
        self._chance = random.Random(SEED)  # noqa: S311 (who buys what, not a secret)
        self._ticks = 0
        for first in range(0, members, TOGETHER):
            enrol(self.merchant.id, [NewMember(number, OPENING) for number in self.members[first : first + TOGETHER]])
        self.stock_up(TOGETHER)
        # As a shop that has been open for a while would have them.
        statistics.refresh()

    @contextmanager
    def only_members_of(self, lane: int, lanes: int) -> Iterator[None]:
        """Meanwhile only every so-manieth member buys: the lanes have none in common."""
        everybody = self.members
        self.members = everybody[lane::lanes]
        yield
        self.members = everybody

    def purchase(self) -> RecordPurchase:
        """Somebody buys three things."""
        at, number = self._next()
        purchase = RecordPurchase(
            at=at,
            occurred_at=at,
            source=SOURCE,
            number=number,
            branch=BRANCH[0],
            member=self._chance.choice(self.members),
            currency=CURRENCY,
            lines=tuple(self._line(item) for item in self._chance.sample(ITEMS, 3)),
        )
        self.sold.append(purchase)
        return purchase

    def comes_back(self) -> RecordReturn:
        """One of three things comes back, with the receipt; each receipt is returned to once."""
        receipt = self.sold.pop(self._chance.randrange(len(self.sold)))
        at, number = self._next()
        return RecordReturn(
            at=at,
            occurred_at=at,
            source=SOURCE,
            number=number,
            branch=receipt.branch,
            member=receipt.member,
            currency=CURRENCY,
            lines=receipt.lines[:1],
            receipt=receipt.key,
        )

    def redeems(self) -> Redeem:
        """Somebody who has bought something spends a point of their welcome."""
        at, number = self._next()
        member = self._chance.choice(self.sold).member or ""
        return Redeem(at=at, key=number, branch=BRANCH[0], member=member, points=1)

    def wants_something(self) -> Command:
        """Of twenty customers sixteen buy, three spend points, one brings something back."""
        wish = self._chance.randrange(20)
        if wish == 0:
            return self.comes_back()
        return self.redeems() if wish <= 3 else self.purchase()

    def stock_up(self, receipts: int) -> None:
        """Sell until so many receipts can be returned to."""
        while len(self.sold) < receipts:
            record_purchases(self.merchant.id, [self.purchase() for _ in range(TOGETHER)], ACTOR)

    def _next(self) -> tuple[datetime, str]:
        self._ticks += 1
        return OPENING + timedelta(seconds=self._ticks), f"{self._ticks}"

    def _line(self, item: str) -> Line:
        pieces = self._chance.randint(1, 6)
        return Line(item, pieces * 1000, pieces * self._chance.randint(50, 2000))
