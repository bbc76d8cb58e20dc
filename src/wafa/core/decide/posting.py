"""Carrying out requests: the entry that each opens, and what is remembered of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.core.commands import AtTheTill, Request
from wafa.core.decide.settle import settle
from wafa.core.ledger.entry import Entry, open_entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Posted, Slip
from wafa.core.snapshot import KnownDocument, Movement, Snapshot


@dataclass(slots=True)
class Desk:
    """A request that is being carried out: when, what was due before it, and the entries that it makes.

    The first of them carries its key.
    """

    snapshot: Snapshot
    request: Request
    content: bytes
    at: datetime
    settled: list[Entry]
    entries: list[Entry]

    def open(self, wallet: Wallet, kind: str, of_id: UUID | None = None, document_id: UUID | None = None) -> Entry:
        """The next entry, on a wallet."""
        request, branch = self.request, self.redeeming_branch
        version = self.snapshot.versions.in_force(self.at)
        entry = open_entry(
            wallet,
            self.snapshot.new_id(),
            kind,
            occurred_at=self.at,
            posted_at=self.at,
            document_id=document_id,
            version_id=version.id if version else None,
            of_id=of_id,
            redeeming_branch_id=branch,
            request=None if self.entries else (request.key, self.content),
        )
        self.entries.append(entry)
        return entry

    @property
    def redeeming_branch(self) -> UUID | None:
        """The branch at whose till it was asked for."""
        return self.snapshot.branches[self.request.branch] if isinstance(self.request, AtTheTill) else None

    @property
    def at_the_till(self) -> dict[str, str]:
        """Till and cashier, for the explanation."""
        return (
            {"till": self.request.till, "cashier": self.request.cashier} if isinstance(self.request, AtTheTill) else {}
        )

    def close(self, *entries: tuple[Entry, dict[str, Any]]) -> None:
        """Entries are complete; this is what they say."""
        for entry, explanation in entries:
            entry.explanation = explanation
            entry.close()

    def posted(self, draws: list[tuple[Lot, int]] | None = None) -> Posted:
        """The outcome; `draws` are what a later request may want to undo."""
        first = self.entries[0]
        slip = Slip.of(first)
        self.snapshot.requests[self.request.key] = KnownDocument(self.content, slip)
        self.snapshot.movements[first.id] = Movement(
            first.id, first.kind, first.wallet, first.posted_at, first.explanation, draws or []
        )
        return Posted(slip, (*self.settled, *self.entries))


def take_up(snapshot: Snapshot, request: Request, content: bytes, *wallets: Wallet) -> Desk:
    """Begin with a request: what is due in the wallets happens first."""
    at = max([request.at, *(wallet.not_before(request.at) for wallet in wallets)])
    settled = [entry for wallet in dict.fromkeys(wallets) for entry in settle(snapshot, wallet, at)]
    return Desk(snapshot, request, content, at, settled, [])
