"""Wallets built by hand, lot by lot, as no purchase alone would leave them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from wafa.core.ledger.accounts import DEBT
from wafa.core.ledger.entry import CLAWBACK, Entry, open_entry
from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.wallet import Wallet

AT = datetime(2011, 3, 1, 12, tzinfo=UTC)
TODAY = AT.date()
RECEIPT = UUID(int=77)
_ids = count(1000)


def lot(text: str, sequence: int = 1, expires_on: date | None = None) -> Lot:
    """`A 30`: 30 points left; `A 0+50`: none, 50 expired; `A 0+50-20`: 20 of these have answered. Of 100 at first."""
    found = re.fullmatch(r"(\w+) (\d+)(?:\+(\d+))?(?:-(\d+))?", text)
    assert found, text
    remaining, expired, answered = (int(figure or 0) for figure in found.groups()[1:])
    points = max(100, remaining + expired)
    id = UUID(int=next(_ids))
    return Lot(id, RECEIPT, found[1], None, sequence, points, remaining, AT, expires_on, expired, answered)


def lot_told(lot: Lot) -> str:
    """A lot as it is written."""
    expired = f"+{lot.expired}" if lot.expired else ""
    return f"{lot.number} {lot.remaining}{expired}" + (f"-{lot.answered}" if lot.answered else "")


def wallet(*lots: Lot, debt: int = 0) -> Wallet:
    """A wallet of these lots; what it owes is of a lot that was spent and then clawed back."""
    made = Wallet(UUID(int=1), UUID(int=2), sum(lot.remaining for lot in lots), debt=debt, lots=list(lots))
    if debt:
        spent = lot("spent 0")
        spent.covered = debt
        made.lots.append(spent)
        made.covers.append(Cover(spent, None, DEBT, debt))
    return made


def entry(of: Wallet) -> Entry:
    """An entry to post on."""
    return open_entry(of, UUID(int=3), CLAWBACK, document_id=RECEIPT, occurred_at=AT, posted_at=AT, version_id=None)
