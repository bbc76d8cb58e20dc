"""What customers and tills want, tick by tick: drawn by the seed, and by what came of what was asked before."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.simulation.shop import Size
from wafa.core.commands import (
    ActivateReceipt,
    Adjust,
    CancelRedemption,
    CancelReturn,
    CaptureHold,
    ClaimReceipt,
    CloseMember,
    Command,
    DocumentKey,
    Line,
    MergeMembers,
    MoveReceipt,
    PlaceHold,
    RecordExchange,
    RecordPurchase,
    RecordReturn,
    Redeem,
    ReleaseHold,
    Transfer,
    UndoMerge,
    VoidReceipt,
)

ITEMS = ("TEA", "TEA", "CUP", "POT", "BAG")
RECENT = 200


@dataclass(frozen=True, slots=True)
class Sold:
    """A purchase that was asked for."""

    key: DocumentKey
    member: str | None
    lines: tuple[Line, ...]
    occurred_at: datetime


@dataclass(slots=True)
class Plan:
    """The year's script. `note` tells it the ids that were given, so that it can cancel and capture."""

    chance: random.Random
    size: Size
    at: datetime
    number: int = 0
    sold: list[Sold] = field(default_factory=list)
    returns: list[DocumentKey] = field(default_factory=list)
    redemptions: list[UUID] = field(default_factory=list)
    holds: list[UUID] = field(default_factory=list)
    merges: list[UUID] = field(default_factory=list)

    def next(self) -> list[Command]:
        """What somebody wants: mostly one thing, now and then the same on two tills."""
        wishes = list(_WISHES)
        wish = self.chance.choices(wishes, [_WISHES[each] for each in wishes])[0]
        asked = wish(self)
        return asked if isinstance(asked, list) else [asked] if asked else []

    def note(self, command: Command, id: UUID) -> None:
        """Something was carried out, under this id."""
        if isinstance(command, Redeem | CaptureHold):
            self.redemptions.append(id)
        elif isinstance(command, PlaceHold):
            self.holds.append(id)
        elif isinstance(command, MergeMembers):
            self.merges.append(id)

    # --- words for who, what and where -----------------------------------------------------------------------------

    def member(self) -> str:
        """Somebody; a few come far more often than the rest."""
        share = self.chance.random() ** 2
        return f"m{int(share * self.size.members)}"

    def key(self) -> str:
        """A fresh number, or idempotency key."""
        self.number += 1
        return f"{self.number}"

    def document(self, lines: tuple[Line, ...], member: str | None, late: timedelta = timedelta()) -> dict[str, Any]:
        """The fields of a document that happened now, or a while ago."""
        branch = self.chance.randrange(self.size.branches)
        return {
            "at": self.at,
            "occurred_at": self.at - late,
            "source": f"till-{branch}",
            "number": self.key(),
            "branch": f"b{branch}",
            "currency": "SAR",
            "lines": lines,
            "member": member,
        }

    def till(self) -> dict[str, Any]:
        """The fields of a request at a till."""
        branch = self.chance.randrange(self.size.branches)
        return {"at": self.at, "key": self.key(), "branch": f"b{branch}", "till": "1", "cashier": "c"}

    def goods(self) -> tuple[Line, ...]:
        """A basket."""
        return tuple(
            Line(
                self.chance.choice(ITEMS),
                self.chance.choice([1000, 2000, 500, 3000]),
                self.chance.randrange(0, 20_000),
                discount_minor=self.chance.choice([None, None, None, 100]),
            )
            for _ in range(self.chance.randint(1, 4))
        )

    def part_of(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Some of what was sold; now and then more than that."""
        some = self.chance.sample(lines, self.chance.randint(1, len(lines)))
        parts = [self.chance.choice([line.quantity_milli, line.quantity_milli // 2, 1000]) for line in some]
        return tuple(Line(line.item, max(part, 1), 0) for line, part in zip(some, parts, strict=True))

    def recent(self) -> Sold | None:
        """A receipt of late."""
        return self.chance.choice(self.sold[-RECENT:]) if self.sold else None

    # --- wishes ------------------------------------------------------------------------------------------------------

    def buys(self) -> Command:
        """A purchase; one in eight anonymous, some of them sold a while ago by a till that was offline."""
        member = None if self.chance.random() < 0.12 else self.member()
        late = self.chance.choice([timedelta()] * 6 + [timedelta(hours=5), timedelta(days=2), timedelta(days=40)])
        command = RecordPurchase(**self.document(self.goods(), member, late))
        self.sold.append(Sold(command.key, member, command.lines, command.occurred_at))
        return command

    def returns_it(self) -> Command | None:
        """Goods come back with their receipt, or without."""
        sold = self.recent()
        if sold is None:
            return None
        named = self.chance.random() < 0.7
        command = RecordReturn(
            **self.document(self.part_of(sold.lines), sold.member or self.member()),
            receipt=sold.key if named else None,
            withheld_minor=self.chance.choice([0, 0, 10**6]),
        )
        self.returns.append(command.key)
        return command

    def returns_before_buying(self) -> list[Command]:
        """The return is delivered first: its till was online, the other was not."""
        bought = self.buys()
        assert isinstance(bought, RecordPurchase)
        back = RecordReturn(**self.document(self.part_of(bought.lines), bought.member), receipt=bought.key)
        self.returns.append(back.key)
        return [back, bought]

    def exchanges(self) -> Command | None:
        """Something comes back, something else is taken."""
        sold = self.recent()
        if sold is None:
            return None
        command = RecordExchange(
            **self.document(self.goods(), sold.member), returned=self.part_of(sold.lines), receipt=sold.key
        )
        self.sold.append(Sold(command.key, sold.member, command.lines, command.occurred_at))
        return command

    def voids(self) -> Command | None:
        """The cashier mistyped."""
        sold = self.recent()
        return sold and VoidReceipt(**self.document((), None), annulled=sold.key)

    def cancels_return(self) -> Command | None:
        """The return was the mistake."""
        if not self.returns:
            return None
        return CancelReturn(**self.document((), None), annulled=self.chance.choice(self.returns[-RECENT:]))

    def redeems(self) -> Command:
        """Points are spent."""
        return Redeem(**self.till(), member=self.member(), points=self.chance.randint(1, 200))

    def redeems_twice(self) -> list[Command]:
        """One balance at two tills in the same moment."""
        member, points = self.member(), self.chance.randint(20, 200)
        return [Redeem(**self.till(), member=member, points=points) for _ in range(2)]

    def cancels(self) -> Command | None:
        """A redemption is undone."""
        if not self.redemptions:
            return None
        return CancelRedemption(**self.till(), redemption=self.chance.choice(self.redemptions[-RECENT:]))

    def holds_points(self) -> Command:
        """Points are reserved."""
        minutes = self.chance.choice([None, 1, 60, 1440])
        return PlaceHold(**self.till(), member=self.member(), points=self.chance.randint(1, 100), minutes=minutes)

    def captures(self) -> Command | None:
        """What was reserved is spent, or some of it."""
        if not self.holds:
            return None
        hold = self.chance.choice(self.holds[-20:])
        return CaptureHold(**self.till(), hold=hold, points=self.chance.choice([None, 1, 30]))

    def releases(self) -> Command | None:
        """What was reserved is given back."""
        return ReleaseHold(**self.till(), hold=self.chance.choice(self.holds[-20:])) if self.holds else None

    def adjusts(self) -> Command:
        """Goodwill, or a correction; also of store credit."""
        points = self.chance.choice([5, 50, -5, -50])
        unit = self.chance.choice(["points", "points", "credit"])
        fields = {"member": self.member(), "points": points, "reason": "goodwill", "note": "simulated", "unit": unit}
        return Adjust(at=self.at, key=self.key(), **fields)

    def transfers(self) -> Command:
        """Points pass from one to another."""
        points = self.chance.randint(1, 60)
        return Transfer(at=self.at, key=self.key(), member=self.member(), to=self.member(), points=points)

    def merges_cards(self) -> Command:
        """Two cards of one person."""
        return MergeMembers(at=self.at, key=self.key(), member=self.member(), into=self.member())

    def parts_cards(self) -> Command | None:
        """They were not one person's."""
        if not self.merges:
            return None
        return UndoMerge(at=self.at, key=self.key(), merge=self.chance.choice(self.merges[-5:]))

    def leaves(self) -> Command:
        """Somebody leaves."""
        return CloseMember(at=self.at, key=self.key(), member=f"m{self.chance.randrange(self.size.members)}")

    def claims(self) -> Command | None:
        """Somebody brings a receipt that was recorded without a member; or one that has one."""
        sold = self.recent()
        return sold and ClaimReceipt(at=self.at, key=self.key(), receipt=sold.key, member=self.member())

    def moves(self) -> Command | None:
        """The wrong card was scanned."""
        sold = self.recent()
        return sold and MoveReceipt(at=self.at, key=self.key(), receipt=sold.key, to=self.member())

    def delivers(self) -> Command | None:
        """The event that points wait for."""
        sold = self.recent()
        return sold and ActivateReceipt(at=self.at, key=self.key(), receipt=sold.key)


_WISHES: dict[Callable[[Plan], Command | list[Command] | None], float] = {
    Plan.buys: 50,
    Plan.returns_it: 10,
    Plan.returns_before_buying: 2,
    Plan.exchanges: 3,
    Plan.voids: 1,
    Plan.cancels_return: 2,
    Plan.redeems: 9,
    Plan.redeems_twice: 3,
    Plan.cancels: 3,
    Plan.holds_points: 5,
    Plan.captures: 3,
    Plan.releases: 1,
    Plan.adjusts: 3,
    Plan.transfers: 3,
    Plan.merges_cards: 1,
    Plan.parts_cards: 1,
    Plan.leaves: 0.1,
    Plan.claims: 1,
    Plan.moves: 1,
    Plan.delivers: 2,
}
