"""What is due in a wallet happens when it is touched, job or no job (laws 3 and 8).

Everything happens as of the instant at which it was due, in that order: so a wallet that nobody looked at for a year
stands as it would had a job looked at it every second.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from wafa.core.commands import Settle
from wafa.core.ledger.entry import ACTIVATION, EXPIRY, RELEASE, Entry, open_entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import activate, expire, restore
from wafa.core.ledger.wallet import Hold, Wallet
from wafa.core.outcomes import Settled
from wafa.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that is due at an instant: a hold that runs out, or a lot that becomes available or expires."""

    at: datetime
    kind: str
    what: Lot | Hold


def decide_settle(snapshot: Snapshot, command: Settle) -> Settled:
    """In the wallets named, or in all that were loaded; settling twice does nothing the second time."""
    named = None if command.wallets is None else set(command.wallets)
    wallets = [wallet for wallet in snapshot.wallets.values() if named is None or wallet.id in named]
    entries = tuple(entry for wallet in wallets for entry in settle(snapshot, wallet, command.at))
    return Settled(-sum(entry.points for entry in entries if entry.kind == EXPIRY), entries)


def settle(snapshot: Snapshot, wallet: Wallet, at: datetime) -> tuple[Entry, ...]:
    """Let all happen that is due by an instant; none where nothing is."""
    at = wallet.not_before(at)
    entries: list[Entry] = []
    while due := _earliest(snapshot, wallet, at):
        entry = _SETTLE[due[0].kind](snapshot, wallet, due, at)
        entries += [entry] if entry else []
    return tuple(entries)


def _earliest(snapshot: Snapshot, wallet: Wallet, at: datetime) -> list[_Due]:
    """What is due first, with what follows it of the same kind; hold by hold.

    Of one instant, what comes back comes first, and what expires last.
    """
    ranked = sorted(_all_due(snapshot, wallet, at), key=lambda due: (due.at, _RANK[due.kind], _order(due.what)))
    if ranked and ranked[0].kind == RELEASE:
        return ranked[:1]
    return list(takewhile(lambda due: due.kind == ranked[0].kind, ranked))


def _all_due(snapshot: Snapshot, wallet: Wallet, at: datetime) -> Iterator[_Due]:
    today = snapshot.day(at)
    for hold in wallet.holds:
        if hold.is_open and hold.expires_at <= at:
            yield _Due(hold.expires_at, RELEASE, hold)
    for lot in wallet.lots:
        if lot.is_due(at) and lot.available_at:
            yield _Due(lot.available_at, ACTIVATION, lot)
        if lot.has_lapsed(today) and lot.expires_on:
            yield _Due(snapshot.first_instant(lot.expires_on + timedelta(days=1)), EXPIRY, lot)


def _order(what: Lot | Hold) -> Any:
    return what.drawing_order() if isinstance(what, Lot) else what.id


def _expire(snapshot: Snapshot, wallet: Wallet, due: list[_Due], at: datetime) -> Entry:
    entry = open_entry(wallet, snapshot.new_id(), EXPIRY, occurred_at=at, posted_at=at)
    lots = sorted((each.what for each in due if isinstance(each.what, Lot)), key=Lot.drawing_order)
    entry.explanation = {"lots": [told(lot, expire(entry, lot)) for lot in lots]}
    entry.close()
    return entry


def _activate(snapshot: Snapshot, wallet: Wallet, due: list[_Due], at: datetime) -> Entry | None:
    """Lots of which nothing is left only stop being pending: of them there is nothing to tell."""
    lots = []
    for each in due:
        if isinstance(each.what, Lot) and each.what.remaining:
            lots.append(each.what)
        elif isinstance(each.what, Lot):
            each.what.pending = False
            wallet.moved[each.what.id] = each.what
    if not lots:
        return None
    began = next(each.at for each in due if each.what is lots[0])
    entry = open_entry(wallet, snapshot.new_id(), ACTIVATION, occurred_at=began, posted_at=at)
    owed = wallet.debt
    entry.explanation = {"lots": [told(lot, activate(entry, lot)) for lot in lots], "debt_paid": owed - wallet.debt}
    entry.close()
    return entry


def _release(snapshot: Snapshot, wallet: Wallet, due: list[_Due], at: datetime) -> Entry:
    """The hold's time is over: what it reserved goes back to its lots."""
    hold = due[0].what
    assert isinstance(hold, Hold)
    entry = open_entry(wallet, snapshot.new_id(), RELEASE, of_id=hold.id, occurred_at=hold.expires_at, posted_at=at)
    back = give_back_held(snapshot, entry, hold, hold.draws, hold.expires_at)
    entry.explanation = {"hold": str(hold.id), "reason": "time", **back}
    entry.close()
    return entry


def give_back_held(
    snapshot: Snapshot, entry: Entry, hold: Hold, draws: list[tuple[Lot, int]], at: datetime
) -> dict[str, Any]:
    """Close a hold and restore these draws of it; answers the explanation's part about them."""
    hold.is_open = False
    entry.wallet.holds.remove(hold)
    snapshot.moved.holds[hold.id] = hold
    return restore_draws(snapshot, entry, draws, "held", at)


def restore_draws(
    snapshot: Snapshot, entry: Entry, draws: list[tuple[Lot, int]], out_of: str, at: datetime
) -> dict[str, Any]:
    """Give draws back to their lots, the last drawn first; answers the explanation's part about them."""
    owed = entry.wallet.debt
    before = sum(posting.points for posting in entry.postings if posting.account == "expired")
    for lot, points in reversed(draws):
        restore(entry, lot, points, out_of, snapshot.day(at))
    lapsed = sum(posting.points for posting in entry.postings if posting.account == "expired") - before
    return {
        "points": sum(points for _, points in draws),
        "lots": [told(lot, points) for lot, points in draws],
        "lapsed": lapsed,
        "debt_paid": owed - entry.wallet.debt,
    }


def told(lot: Lot, points: int) -> dict[str, Any]:
    """A lot in an explanation: which it is, and how many points of it."""
    return {
        "lot": str(lot.id),
        "document": str(lot.document_id) if lot.document_id else None,
        "number": lot.number,
        "points": points,
        "expires_on": str(lot.expires_on) if lot.expires_on else None,
    }


_SETTLE: dict[str, Callable[[Snapshot, Wallet, list[_Due], datetime], Entry | None]] = {
    EXPIRY: _expire,
    ACTIVATION: _activate,
    RELEASE: _release,
}
_RANK = {RELEASE: 0, ACTIVATION: 1, EXPIRY: 2}
