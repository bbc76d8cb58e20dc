"""The movements of points. The functions here are the only ones that move any.

Each writes both legs and moves the wallet and the lot in the same breath, so what an entry says and what it does cannot
differ.
"""

from datetime import date
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry, Posting
from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.wallet import Progress


def issue(entry: Entry, lot: Lot, out_of: str = accounts.ISSUED) -> None:
    """A new lot joins the wallet, whole."""
    lot.origin_id = entry.wallet.id
    entry.wallet.lots.append(lot)
    entry.opened.append(lot)
    _move(entry, lot.points, out_of, lot.account, lot, lot.document_id)


def activate(entry: Entry, lot: Lot) -> int:
    """Pending points become available, and pay what the member owes; answers how many became so."""
    points = lot.remaining
    if points:
        _move(entry, points, accounts.PENDING, accounts.AVAILABLE, lot)
    lot.pending = False
    entry.wallet.moved[lot.id] = lot
    pay_debt(entry, lot)
    return points


def expire(entry: Entry, lot: Lot) -> int:
    """What is left of the lot runs out; answers how many points that was."""
    return _empty(entry, lot, accounts.EXPIRED)


def forfeit(entry: Entry, lot: Lot) -> int:
    """What is left of the lot is given up; answers how many points that was."""
    return _empty(entry, lot, accounts.FORFEITED)


def _empty(entry: Entry, lot: Lot, into: str) -> int:
    points = lot.remaining
    if points:
        _move(entry, points, lot.account, into, lot)
    return points


def draw(entry: Entry, points: int, into: str, today: date) -> list[tuple[Lot, int]]:
    """Take points from the wallet's lots in drawing order; answers which, and how many of each."""
    draws = []
    for lot in entry.wallet.in_drawing_order(lambda lot: lot.can_be_drawn(today)):
        if not points:
            break
        drawn = min(points, lot.remaining)
        _move(entry, drawn, accounts.AVAILABLE, into, lot)
        draws.append((lot, drawn))
        points -= drawn
    if points:
        raise AssertionError("more points were drawn than the wallet has")
    return draws


def capture(entry: Entry, lot: Lot, points: int) -> None:
    """Held points are spent."""
    _move(entry, points, accounts.HELD, accounts.REDEEMED, lot)


def restore(entry: Entry, lot: Lot, points: int, out_of: str, today: date) -> None:
    """Points that were held or spent go back to the very lot that they were drawn from."""
    _move(entry, points, out_of, lot.account, lot)
    regain(entry, lot, points, today)


def regain(entry: Entry, lot: Lot, points: int, today: date, *, pays: bool = True) -> None:
    """What a lot does with points that it has just got back (law 6).

    First they undo, newest first, what others gave in its place. Of the rest, what is past its last day expires at
    once, and what is not pays debt; unless that has to wait (`pays`).
    """
    while points and (cover := newest_cover(entry, lot)):
        undone = min(points, cover.points)
        _move(entry, undone, lot.account, accounts.CLAWED_BACK, lot, lot.document_id)
        uncover(entry, cover, undone, today, pays=pays)
        points -= undone
    if lot.is_past(today):
        expire(entry, lot)
    elif pays and not lot.pending:
        pay_debt(entry, lot)


def uncover(entry: Entry, cover: Cover, points: int, today: date, *, pays: bool = True) -> None:
    """Give back what was taken in a lot's place: to the lot that gave it, or off the debt."""
    _reduce(entry, cover, points)
    into = cover.by.account if cover.by else cover.account
    _move(entry, points, accounts.CLAWED_BACK, into, cover.by, cover.lot.document_id, cover.lot)
    if cover.by:
        regain(entry, cover.by, points, today, pays=pays)


def newest_cover(entry: Entry, lot: Lot, *, also_money: bool = False) -> Cover | None:
    """What was given in a lot's place last: what is still owed, before what others gave or have paid since.

    What the customer paid for in money stays paid, unless the goods are theirs again (`also_money`).
    """
    if not lot.covered:
        return None
    kept = () if also_money else (accounts.WITHHELD,)
    given = [cover for cover in reversed(entry.wallet.covers) if cover.lot is lot and cover.account not in kept]
    return next((cover for cover in given if cover.account == accounts.DEBT), given[0] if given else None)


def claw_back_from(entry: Entry, lot: Lot, most: int, document_id: UUID | None) -> int:
    """Take up to `most` points of a lot back, for its receipt; answers how many it gave."""
    taken = min(most, lot.remaining)
    if taken:
        _move(entry, taken, lot.account, accounts.CLAWED_BACK, lot, document_id)
    return taken


def give_back_to(entry: Entry, lot: Lot, points: int, document_id: UUID | None) -> None:
    """Clawed-back points go back to their lot."""
    _move(entry, points, accounts.CLAWED_BACK, lot.account, lot, document_id)


def answer(entry: Entry, lot: Lot, points: int) -> None:
    """Expired points answer for clawed-back ones (or, below zero, no longer do)."""
    lot.answered += points
    entry.wallet.moved[lot.id] = lot


def cover_from(entry: Entry, lot: Lot, by: Lot, most: int, document_id: UUID | None) -> int:
    """Take up to `most` points from a lot in place of another one's; answers how many it gave."""
    taken = min(most, by.remaining)
    _move(entry, taken, by.account, accounts.CLAWED_BACK, by, document_id, lot)
    _cover(entry, lot, by, by.account, taken)
    return taken


def cover_by(entry: Entry, lot: Lot, account: str, points: int, document_id: UUID | None) -> None:
    """Take back what is nowhere to be found: the member owes it, the programme forgives it, or it is paid in money."""
    if points:
        _move(entry, points, account, accounts.CLAWED_BACK, None, document_id, lot)
        _cover(entry, lot, None, account, points)


def pay_debt(entry: Entry, lot: Lot) -> int:
    """Points of the lot go to what the member owes, the oldest debt first; answers how many did."""
    wallet = entry.wallet
    paid = 0
    while wallet.debt and lot.remaining:
        debt = next(cover for cover in wallet.covers if cover.account == accounts.DEBT)
        part = min(debt.points, lot.remaining)
        _move(entry, part, accounts.AVAILABLE, accounts.DEBT, lot, debt.lot.document_id, debt.lot)
        _reduce(entry, debt, part)
        _cover(entry, debt.lot, lot, accounts.AVAILABLE, part)
        paid += part
    return paid


def write_off(entry: Entry) -> int:
    """What the member owes is forgiven; answers how many points that was."""
    written_off = 0
    for debt in [cover for cover in entry.wallet.covers if cover.account == accounts.DEBT]:
        points = debt.points
        _move(entry, points, accounts.FORGIVEN, accounts.DEBT, None, debt.lot.document_id, debt.lot)
        _reduce(entry, debt, points)
        _cover(entry, debt.lot, None, accounts.FORGIVEN, points)
        written_off += points
    return written_off


def hand_over(entry: Entry, lot: Lot) -> None:
    """A lot leaves the wallet, with what is held of it: the other wallet takes it over."""
    if lot.remaining:
        _move(entry, lot.remaining, lot.account, accounts.TRANSFERRED, lot)
    if lot.held:
        _move(entry, lot.held, accounts.HELD, accounts.TRANSFERRED, lot)
    entry.wallet.lots.remove(lot)


def take_over(entry: Entry, lot: Lot, remaining: int, held: int) -> None:
    """A lot of another wallet joins this one."""
    entry.wallet.lots.append(lot)
    if remaining:
        _move(entry, remaining, accounts.TRANSFERRED, lot.account, lot)
    if held:
        _move(entry, held, accounts.TRANSFERRED, accounts.HELD, lot)
    entry.wallet.moved[lot.id] = lot


def owe(entry: Entry, lot: Lot, points: int) -> None:
    """A debt about a lot comes over from another wallet (or, below zero, goes there)."""
    if points:
        _move(entry, points, accounts.DEBT, accounts.TRANSFERRED, None, lot.document_id, lot)


def qualify(entry: Entry, units: int, document_id: UUID | None) -> None:
    """Units count for the tier (or, below zero, no longer do), dated by the receipt they came from."""
    if units:
        entry.wallet.qualifying += units
        entry.postings += (
            Posting(accounts.QUALIFYING, units, None, document_id),
            Posting(accounts.QUALIFIED, -units, None, document_id),
        )


def count_progress(entry: Entry, day: date, change: Progress, document_id: UUID | None) -> None:
    """What a receipt counts for changes: towards the tier, and in the day's own figures."""
    qualify(entry, change.qualifying, document_id)
    entry.wallet.count(day, change)


def _cover(entry: Entry, lot: Lot, by: Lot | None, account: str, points: int) -> None:
    entry.wallet.covers.append(Cover(lot, by, account, points))
    lot.covered += points
    entry.wallet.moved[lot.id] = lot


def _reduce(entry: Entry, cover: Cover, points: int) -> None:
    cover.points -= points
    if not cover.points:
        entry.wallet.covers.remove(cover)
    cover.lot.covered -= points
    entry.wallet.moved[cover.lot.id] = cover.lot


def _move(
    entry: Entry,
    points: int,
    out_of: str,
    into: str,
    lot: Lot | None,
    document_id: UUID | None = None,
    for_lot: Lot | None = None,
) -> None:
    """Both legs, and what they change of the wallet and the lot. Debt is the one account that is told without sign."""
    wallet = entry.wallet
    for account, change in ((out_of, -points), (into, points)):
        entry.postings.append(Posting(account, change, lot, document_id, for_lot))
        if account in accounts.OF_THE_WALLET:
            entry.points += change
            told = -change if account == accounts.DEBT else change
            setattr(wallet, account, getattr(wallet, account) + told)
        if lot is None:
            continue
        if account in (accounts.AVAILABLE, accounts.PENDING):
            lot.remaining += change
        elif account == accounts.HELD:
            lot.held += change
        elif account == accounts.EXPIRED:
            lot.expired += change
    if lot is not None:
        wallet.moved[lot.id] = lot
