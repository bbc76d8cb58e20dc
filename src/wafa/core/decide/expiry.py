"""Expiring lots: for the wallets named, or for all that were loaded."""

from wafa.core.commands import ExpireLots
from wafa.core.decide.touch import expire_due
from wafa.core.ledger.entry import Entry
from wafa.core.outcomes import Expired
from wafa.core.snapshot import Snapshot


def decide_expiry(snapshot: Snapshot, command: ExpireLots) -> Expired:
    """Every lapsed lot runs out; expiring twice expires nothing the second time."""
    wallets = snapshot.wallets.values()
    if command.wallets is not None:
        named = set(command.wallets)
        wallets = [wallet for wallet in wallets if wallet.id in named]  # type: ignore[assignment]
    entries: list[Entry] = []
    for wallet in wallets:
        entries += expire_due(snapshot, wallet, command.at)
    return Expired(-sum(entry.points for entry in entries), tuple(entries))
