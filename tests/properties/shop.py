"""A shop that is kept twice: the core's world and the second ledger take the same commands, and must say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any
from uuid import UUID

from tests.core.programmes import Json
from tests.core.world import LONDON, MEMBERS, World, photograph
from tests.properties.second import SecondLedger
from wafa.core.commands import (
    CancelRedemption,
    CaptureHold,
    Command,
    DocumentCommand,
    RecordReturn,
    ReleaseHold,
    UndoMerge,
)
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused, Reviewed, Settled, Slip
from wafa.core.programme import Programme

START = datetime(2011, 1, 30, 9, tzinfo=UTC)
NOBODYS = UUID(int=0)
NAMES = {CancelRedemption: "redemption", CaptureHold: "hold", ReleaseHold: "hold", UndoMerge: "merge"}
"""What commands name by the id of an entry; tests write the key that asked for it instead."""

Versions = list[tuple[datetime, Json]]


class Shop(World):
    """The core's world, in which commands name earlier entries by the keys that asked for them."""

    def __init__(self, versions: Versions, zone: tzinfo = LONDON) -> None:
        self.bodies = [body for _, body in versions]
        programmes = [Programme.read(body) for body in self.bodies]
        super().__init__(*programmes, since=[start for start, _ in versions], zone=zone)
        self.ids: dict[str, UUID] = {}

    def claim(self, commands: Iterable[Command]) -> None:
        """Ids that follow from the number, so that they are the same however the commands are parted into batches."""
        for command in commands:
            if isinstance(command, DocumentCommand):
                named = command.receipt if isinstance(command, RecordReturn) else None
                for key in [command.key, *([named] if named else [])]:
                    self.snapshot.claimed[key] = UUID(bytes=sha256(repr(key).encode()).digest()[:16])

    def take(self, *commands: Command) -> list[Outcome]:
        """Count a batch; commands name redemptions, holds and merges by their keys."""
        resolved = [self._resolved(command) for command in commands]
        before = photograph(self.snapshot)
        outcomes = self.post(*resolved)
        if all(isinstance(outcome, Duplicate) for outcome in outcomes):
            assert photograph(self.snapshot) == before
        for command, outcome in zip(resolved, outcomes, strict=True):
            if isinstance(outcome, Posted):
                self.ids[command.key] = outcome.slip.id  # type: ignore[union-attr]
        return outcomes

    def _resolved(self, command: Command) -> Command:
        name = NAMES.get(type(command))  # type: ignore[arg-type]
        return replace(command, **{name: self.ids.get(getattr(command, name), NOBODYS)}) if name else command

    def own_id(self, member: str) -> UUID:
        """The id that a member's number was given, whoever's it is by now."""
        known = self.snapshot.members[member]
        return known.own_id or known.id


class Pair:
    """Both books. Each batch ends with a look at whether they agree, figure by figure."""

    def __init__(self, versions: Versions, zone: tzinfo = LONDON, now: datetime = START) -> None:
        self.shop, self.second = Shop(versions, zone), SecondLedger(versions, zone, MEMBERS)
        self.now = now
        self.taken: list[Command] = []
        self.first: dict[Any, Any] = {}
        self.counted: list[tuple[Any, Slip]] = []
        self.to_withhold = 0

    def take(self, *commands: Command) -> None:
        outcomes = self.shop.take(*commands)
        self.taken += commands
        for command, outcome in zip(commands, outcomes, strict=True):
            answer = self.second.take(command)
            assert told(outcome) == answer, command
            self._compare_slips(command, outcome)
            if isinstance(outcome, Refused):
                self.to_withhold = outcome.detail.get("withhold_minor", self.to_withhold)
        self.check()

    def _compare_slips(self, command: Command, outcome: Outcome) -> None:
        """What is sent again is answered with the first slip."""
        key = getattr(command, "key", None)
        if isinstance(outcome, Accepted | Posted):
            assert key not in self.first
            self.first[key] = outcome.slip
            self.counted.append((command, outcome.slip))
        elif isinstance(outcome, Duplicate):
            assert outcome.first == self.first[key]

    def check(self) -> None:
        for member in MEMBERS:
            for unit in {unit for _, unit in self.second.purses}:
                self._check_wallet(member, unit)
        lots = [(wallet, lot) for wallet in self.shop.snapshot.wallets.values() for lot in wallet.lots]
        in_order = sorted(lots, key=lambda each: each[1].id)
        assert len(in_order) == len(self.second.lots)
        for (wallet, lot), other in zip(in_order, self.second.lots, strict=True):
            assert lot_of(wallet, lot) == other_lot_of(other)
        for key, receipt in self.shop.snapshot.receipts.items():
            other = self.second.receipts[key]
            assert {award.rule: award.held_points for award in receipt.awards} == other["held"]
            assert {award.rule: award.first_points for award in receipt.awards} == other["first"]
            assert [line.left_milli for line in receipt.lines] == [line["left"] for line in other["lines"]]

    def _check_wallet(self, member: str, unit: str) -> None:
        wallets = self.shop.snapshot.wallets.values()
        own = self.shop.own_id(member)
        [wallet] = [each for each in wallets if (each.member_id, each.unit) == (own, unit)]
        purse = self.second.purses[member, unit]
        figures = {name: getattr(purse, name)() for name in ("available", "pending", "held", "debt")}
        assert wallet.figures() == figures, member
        assert (wallet.sequence, wallet.posted_at) == (purse.entries, purse.posted), (member, unit)
        if unit == "points":
            assert wallet.qualifying == self.second.qualifying(member)
            assert wallet.eligible_purchases == self.second.purchases(member)
            lowest = self.second.ladder(self.now)[0]
            assert (wallet.tier or lowest, wallet.below_since) == (purse.tier or lowest, purse.below), member


def told(outcome: Outcome) -> tuple[Any, ...]:
    """An outcome as the second ledger says it."""
    match outcome:
        case Accepted():
            return ("accepted",)
        case Posted():
            return ("posted",)
        case Duplicate():
            return ("duplicate",)
        case Settled():
            return ("settled", outcome.expired)
        case Reviewed():
            return ("reviewed",)
        case Refused() if outcome.refusal == "return_not_covered":
            return ("refused", str(outcome.refusal), outcome.detail["points"], outcome.detail["withhold_minor"])
    return ("refused", str(outcome.refusal))


def lot_of(wallet: Wallet, lot: Lot) -> tuple[Any, ...]:
    """What has become of a lot, in the core."""
    return (wallet.unit, lot.points, lot.remaining, lot.held, lot.expired, lot.answered, lot.expires_on, lot.pending)


def other_lot_of(lot: Json) -> tuple[Any, ...]:
    """The same, in the second ledger."""
    held = (lot["points"], lot["left"], lot["held"], lot["gone"], lot["answered"], lot["until"], lot["pending"])
    return (lot["purse"].unit, *held)
