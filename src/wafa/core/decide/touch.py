"""Whoever touches a wallet first lets expire what is due: a lapsed lot is never drawn, job or no job (law 3)."""

from datetime import datetime

from wafa.core.ledger.entry import EXPIRY, Entry, expire, open_entry
from wafa.core.ledger.wallet import Wallet
from wafa.core.snapshot import Snapshot


def expire_due(snapshot: Snapshot, wallet: Wallet, at: datetime) -> tuple[Entry, ...]:
    """One expiry entry for all of the wallet's lapsed lots; none where nothing is due."""
    at = wallet.not_before(at)
    today = snapshot.day(at)
    due = [lot for lot in wallet.lots if lot.has_lapsed(today)]
    if not due:
        return ()
    entry = open_entry(
        wallet,
        snapshot.new_id(),
        EXPIRY,
        document_id=None,
        occurred_at=at,
        posted_at=at,
        version_id=None,
    )
    lots = []
    for lot in sorted(due, key=lambda lot: lot.drawing_order()):
        lots.append(
            {
                "lot": str(lot.id),
                "document": str(lot.document_id) if lot.document_id else None,
                "number": lot.number,
                "points": expire(entry, lot),
                "expires_on": str(lot.expires_on),
            }
        )
    entry.explanation = {"lots": lots}
    entry.close()
    return (entry,)
