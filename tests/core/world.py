"""A small shop for the core's tests: who is known in it, what is in force, and what has been counted so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.core import laws
from wafa.core.commands import (
    Command,
    DocumentCommand,
    DocumentKey,
    Line,
    RecordExchange,
    RecordPurchase,
    RecordReturn,
    Redeem,
)
from wafa.core.decide import decide
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import POINTS, Wallet
from wafa.core.outcomes import Outcome, Posted
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
        self.book = laws.Book()
        self.spent = 0
        self.named: dict[str, UUID] = {}
        units = {POINTS: None} | {unit: None for each in programmes for unit in each.units}
        for number, status in MEMBERS.items():
            member = KnownMember(ids(), status)
            self.snapshot.members[number] = member
            for unit in units:
                self.snapshot.wallets[member.id, unit] = Wallet(
                    ids(), member.id, unit=unit, is_closed=status == "closed"
                )
        self.snapshot.branches = {code: ids() for code in BRANCHES}

    def post(self, *commands: Command) -> list[Outcome]:
        """Count a batch, as the store would: numbers are claimed first."""
        self.claim(commands)
        outcomes = decide(self.snapshot, commands)
        self.check(outcomes)
        return outcomes

    def claim(self, commands: Iterable[Command]) -> None:
        """An id for every number, also for those of receipts that are named and may come yet."""
        for command in commands:
            if isinstance(command, DocumentCommand):
                named = command.receipt if isinstance(command, RecordReturn) else None
                for key in (command.key, named):
                    if key is not None and key not in self.snapshot.claimed:
                        self.snapshot.claimed[key] = self.snapshot.new_id()

    def check(self, outcomes: Iterable[Outcome]) -> None:
        """All the laws, of all wallets and of the entries just made."""
        made = laws.entries_of(outcomes)
        for entry in made:
            laws.check_entry(entry)
        self.book.keep(made, self.snapshot.day)
        for wallet in self.snapshot.wallets.values():
            laws.check_wallet(wallet)
            laws.check_book(self.book, wallet)

    def wallet(self, member: str, unit: str = POINTS) -> Wallet:
        """A member's wallet, of points unless told otherwise."""
        return self.snapshot.wallets[self.snapshot.members[member].id, unit]

    def receipt(self, number: str) -> Receipt:
        """A counted purchase."""
        return self.snapshot.receipts[key_of(number)]

    def spend(self, member: str, points: int, at: datetime) -> Posted:
        """Redeem points, whatever for."""
        self.spent += 1
        key = f"spent {self.spent}"
        [outcome] = self.post(Redeem(at=at, key=key, branch="main", member=member, points=points))
        assert isinstance(outcome, Posted), f"{member} does not have so many points"
        return outcome


def key_of(number: str) -> DocumentKey:
    """The key of a document of the one source that these tests know."""
    return ("till", "", number)


def purchase(number: str = "1", *lines: Line, **fields: Any) -> RecordPurchase:
    """A purchase with nothing wrong in it, but for what the test says otherwise."""
    return RecordPurchase(**_document(number, lines, fields))


def goods_back(number: str = "C1", *lines: Line, **fields: Any) -> RecordReturn:
    """A return with nothing wrong in it, but for what the test says otherwise."""
    return RecordReturn(**_document(number, lines, fields))


def exchange(number: str = "X1", *lines: Line, returned: tuple[Line, ...], **fields: Any) -> RecordExchange:
    """An exchange with nothing wrong in it, but for what the test says otherwise."""
    return RecordExchange(**_document(number, lines, fields), returned=returned)


def _document(number: str, lines: tuple[Line, ...], fields: Mapping[str, Any]) -> dict[str, Any]:
    at = fields.get("at", NOON)
    usual = {"at": at, "occurred_at": at, "source": "till", "branch": "main", "currency": "GBP", "member": "ann"}
    return {**usual, "number": number, "lines": lines or (Line("A", 1000, 1000),), **fields}


def photograph(snapshot: Snapshot) -> dict[str, Any]:
    """All that a command may move, as plain values: equal photographs, nothing changed."""
    movements = snapshot.movements.items()
    return {
        "wallets": {owner: _wallet(wallet) for owner, wallet in snapshot.wallets.items()},
        "receipts": {key: _receipt(receipt) for key, receipt in snapshot.receipts.items()},
        "documents": {key: (known.content_hash, repr(known.slip)) for key, known in snapshot.documents.items()},
        "requests": {key: (known.content_hash, repr(known.slip)) for key, known in snapshot.requests.items()},
        "returns": {key: (each.id, each.is_cancelled, len(each.matches)) for key, each in snapshot.returns.items()},
        "waiting": {key: [each.id for each in waiting] for key, waiting in snapshot.waiting.items()},
        "movements": {id: (each.kind, each.is_answered, each.is_moved_on) for id, each in movements},
        "names": (dict(snapshot.members), dict(snapshot.branches)),
    }


def _wallet(wallet: Wallet) -> object:
    inner = ("lots", "covers", "holds", "receipts", "moved")
    own = [_plain(getattr(wallet, name)) for name in Wallet.__slots__ if name not in inner]
    # Of an empty lot it makes no difference whether its time has come: no entry tells of it.
    told = [name for name in Lot.__slots__ if name != "pending"]
    lots = [(*(getattr(lot, name) for name in told), lot.pending and lot.remaining > 0) for lot in wallet.lots]
    covers = [(each.lot.id, each.by and each.by.id, each.account, each.points) for each in wallet.covers]
    holds = [(each.id, each.points, each.expires_at, each.is_open, len(each.draws)) for each in wallet.holds]
    return (*own, *lots, *covers, *holds, sorted(wallet.moved), *map(_receipt, wallet.receipts))


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, dict) else value


def _receipt(receipt: Receipt) -> object:
    awards = [(each.rule, each.first_points, each.held_points, each.lot and each.lot.id) for each in receipt.awards]
    lines = [(line.item, line.quantity_milli, line.amount_minor, line.returned_milli) for line in receipt.lines]
    own = (receipt.id, receipt.member_id, receipt.version_id, repr(receipt.context), receipt.turn, receipt.is_void)
    return (*own, *awards, *lines)
