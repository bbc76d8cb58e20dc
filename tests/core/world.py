"""A small shop for the core's tests: who is known in it, what is in force, and what has been counted so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.core import laws
from wafa.core.commands import Command, DocumentCommand, Line, RecordPurchase, RecordReturn
from wafa.core.decide import decide
from wafa.core.ledger.wallet import Lot, Receipt, Wallet
from wafa.core.outcomes import Outcome
from wafa.core.programme import Programme
from wafa.core.snapshot import KnownMember, Snapshot, Version, Versions

LONDON = ZoneInfo("Europe/London")
MEMBERS = {"ann": "active", "bob": "active", "cem": "active", "eve": "blocked", "zoe": "closed"}
BRANCHES = ("main", "north")
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
NOON = datetime(2011, 1, 5, 12, tzinfo=UTC)


class Ids:
    """Identifiers that count up, so that the same commands give the same ids."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> UUID:
        self.last += 1
        return UUID(int=self.last)


class World:
    """A merchant in memory. Every command that it takes is followed by a look at all the laws."""

    def __init__(
        self,
        *programmes: Programme,
        since: Iterable[datetime] = (LONG_AGO,),
        zone: tzinfo = LONDON,
        currency: str = "GBP",
    ) -> None:
        ids = Ids()
        versions = [Version(ids(), start, each) for start, each in zip(since, programmes, strict=True)]
        self.snapshot = Snapshot(currency, zone, Versions(versions), ids)
        self.book: laws.Book = Counter()
        for number, status in MEMBERS.items():
            member = KnownMember(ids(), status)
            self.snapshot.members[number] = member
            self.snapshot.wallets[member.id] = Wallet(ids(), member.id)
        self.snapshot.branches = {code: ids() for code in BRANCHES}

    def post(self, *commands: Command) -> list[Outcome]:
        """Count a batch, as the store would: numbers are claimed first."""
        self.claim(commands)
        outcomes = decide(self.snapshot, commands)
        self.check(outcomes)
        return outcomes

    def claim(self, commands: Iterable[Command]) -> None:
        """An id for every number."""
        for command in commands:
            if isinstance(command, DocumentCommand) and command.key not in self.snapshot.claimed:
                self.snapshot.claimed[command.key] = self.snapshot.new_id()

    def check(self, outcomes: Iterable[Outcome]) -> None:
        """All the laws, of all wallets and of the entries just made."""
        made = laws.entries_of(outcomes)
        laws.keep_book(self.book, made)
        for entry in made:
            laws.check_entry(entry)
        for wallet in self.snapshot.wallets.values():
            laws.check_wallet(wallet)
            laws.check_book(self.book, wallet)

    def wallet(self, member: str) -> Wallet:
        """A member's wallet."""
        return self.snapshot.wallets[self.snapshot.members[member].id]

    def receipt(self, number: str) -> Receipt:
        """A counted purchase."""
        return self.snapshot.receipts["till", "", number]

    def spend(self, member: str, points: int, at: datetime) -> None:
        """Draw points by hand, as spending them would: lots in drawing order, none that has lapsed."""
        wallet, today = self.wallet(member), self.snapshot.day(at)
        for lot in sorted(wallet.lots, key=Lot.drawing_order):
            drawn = 0 if lot.has_lapsed(today) else min(points, lot.remaining)
            lot.remaining -= drawn
            wallet.available -= drawn
            self.book[wallet.id, "available"] -= drawn
            self.book[wallet.id, "spent"] += drawn
            points -= drawn
        assert not points, f"{member} does not have so many points"


def purchase(number: str = "1", *lines: Line, **fields: Any) -> RecordPurchase:
    """A purchase with nothing wrong in it, but for what the test says otherwise."""
    return RecordPurchase(**_document(number, lines, fields))


def goods_back(number: str = "C1", *lines: Line, **fields: Any) -> RecordReturn:
    """A return with nothing wrong in it, but for what the test says otherwise."""
    return RecordReturn(**_document(number, lines, fields))


def _document(number: str, lines: tuple[Line, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
    at = fields.get("at", NOON)
    usual = {"at": at, "occurred_at": at, "source": "till", "branch": "main", "currency": "GBP", "member": "ann"}
    return {**usual, "number": number, "lines": lines or (Line("A", 1000, 1000),), **fields}


def photograph(snapshot: Snapshot) -> dict[str, Any]:
    """All that a command may move, as plain values: equal photographs, nothing changed."""
    return {
        "wallets": {id: _wallet(wallet) for id, wallet in snapshot.wallets.items()},
        "receipts": {key: _receipt(receipt) for key, receipt in snapshot.receipts.items()},
        "documents": {key: (known.content_hash, repr(known.slip)) for key, known in snapshot.documents.items()},
        "names": (dict(snapshot.members), dict(snapshot.branches)),
    }


def _wallet(wallet: Wallet) -> object:
    own = [getattr(wallet, name) for name in Wallet.__slots__ if name not in ("lots", "receipts")]
    lots = [tuple(getattr(lot, name) for name in Lot.__slots__) for lot in wallet.lots]
    return (*own, *lots, *map(_receipt, wallet.receipts))


def _receipt(receipt: Receipt) -> object:
    awards = [(each.rule, each.first_points, each.held_points, each.lot and each.lot.id) for each in receipt.awards]
    lines = [(line.item, line.quantity_milli, line.amount_minor, line.returned_milli) for line in receipt.lines]
    return (receipt.id, receipt.version_id, repr(receipt.context), *awards, *lines)
