"""Entries: one movement of one wallet, with the postings that carry it out.

The functions here are the only ones that move points. Each writes the posting and moves the wallet and the
lot in the same breath, so what an entry says and what it does cannot differ.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.wallet import Lot, Wallet

ACCRUAL = "accrual"
CLAWBACK = "clawback"
EXPIRY = "expiry"


@dataclass(slots=True)
class Posting:
    """One leg: so many points into (above zero) or out of (below) an account.

    `lot` is the lot whose points move, on both legs; `document_id` the receipt that they are about.
    """

    account: str
    points: int
    lot: Lot | None = None
    document_id: UUID | None = None


@dataclass(slots=True, eq=False)
class Entry:
    """A movement being written; once it leaves the core it is never changed."""

    id: UUID
    wallet: Wallet
    sequence: int
    kind: str
    document_id: UUID | None
    occurred_at: datetime
    posted_at: datetime
    version_id: UUID | None
    explanation: dict[str, object]
    context: dict[str, object] | None = None
    postings: list[Posting] = field(default_factory=list)
    opened: list[Lot] = field(default_factory=list)
    points: int = 0
    after: dict[str, int] = field(default_factory=dict)
    tier_before: str = ""
    tier_after: str = ""

    def close(self) -> None:
        """Note what the wallet holds now; called once, when all is posted."""
        self.after = self.wallet.figures()
        self.tier_after = self.wallet.tier
        points = sum(posting.points for posting in self.postings if posting.account not in accounts.FOR_TIERS)
        if points or sum(posting.points for posting in self.postings):
            raise AssertionError("an entry's postings must add up to zero, and so must those that count for tiers")


def open_entry(
    wallet: Wallet,
    id: UUID,
    kind: str,
    *,
    document_id: UUID | None,
    occurred_at: datetime,
    posted_at: datetime,
    version_id: UUID | None,
) -> Entry:
    """The wallet's next entry, with nothing posted yet."""
    wallet.sequence += 1
    wallet.posted_at = posted_at
    return Entry(
        id,
        wallet,
        wallet.sequence,
        kind,
        document_id,
        occurred_at,
        posted_at,
        version_id,
        explanation={},
        tier_before=wallet.tier,
    )


def issue(entry: Entry, lot: Lot) -> None:
    """A new lot joins the wallet, whole."""
    wallet = entry.wallet
    wallet.lots.append(lot)
    entry.opened.append(lot)
    wallet.available += lot.remaining
    entry.points += lot.remaining
    entry.postings += (
        Posting(accounts.AVAILABLE, lot.remaining, lot, lot.document_id),
        Posting(accounts.ISSUED, -lot.remaining, lot, lot.document_id),
    )


def pay_debt(entry: Entry, lot: Lot) -> int:
    """Points of the lot go to what the member owes, first of all; answers how many did."""
    wallet = entry.wallet
    paid = min(wallet.debt, lot.remaining)
    if paid:
        lot.remaining -= paid
        wallet.available -= paid
        wallet.debt -= paid
        entry.postings += (Posting(accounts.AVAILABLE, -paid, lot), Posting(accounts.DEBT, paid, lot))
    return paid


def expire(entry: Entry, lot: Lot) -> int:
    """What is left of the lot runs out; answers how many points that was."""
    lapsed = lot.remaining
    lot.remaining = 0
    lot.expired += lapsed
    entry.wallet.available -= lapsed
    entry.points -= lapsed
    entry.postings += (Posting(accounts.AVAILABLE, -lapsed, lot), Posting(accounts.EXPIRED, lapsed, lot))
    return lapsed


def claw_back_from(entry: Entry, lot: Lot, most: int, document_id: UUID) -> int:
    """Take up to `most` points back from a lot, for a receipt; answers how many it gave."""
    taken = min(most, lot.remaining)
    if taken:
        lot.remaining -= taken
        entry.wallet.available -= taken
        entry.points -= taken
        entry.postings += (
            Posting(accounts.AVAILABLE, -taken, lot, document_id),
            Posting(accounts.CLAWED_BACK, taken, lot, document_id),
        )
    return taken


def claw_back_as_debt(entry: Entry, points: int, document_id: UUID) -> None:
    """Take back what is not there: the member owes it."""
    if points:
        entry.wallet.debt += points
        entry.points -= points
        entry.postings += (
            Posting(accounts.DEBT, -points, None, document_id),
            Posting(accounts.CLAWED_BACK, points, None, document_id),
        )


def qualify(entry: Entry, points: int, document_id: UUID) -> None:
    """Points count for the tier (or, below zero, no longer do), dated by the receipt they came from."""
    if points:
        entry.wallet.qualifying += points
        entry.postings += (
            Posting(accounts.QUALIFYING, points, None, document_id),
            Posting(accounts.QUALIFIED, -points, None, document_id),
        )
