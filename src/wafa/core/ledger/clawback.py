"""Taking points back, and giving them back: in what order, and what answers for points that are gone (law 6)."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import (
    answer,
    claw_back_from,
    cover_by,
    cover_from,
    give_back_to,
    newest_cover,
    regain,
    uncover,
)


@dataclass(slots=True)
class Taken:
    """Where clawed-back points came from; below zero, where they went back to."""

    own_lot: int = 0
    already_expired: int = 0
    other_lots: int = 0
    debt: int = 0
    forgiven: int = 0
    withheld: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Both together."""
        return Taken(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Taken)))

    def as_json(self) -> dict[str, int]:
        """For the entry's explanation: the four that are always told, and the others where there are any."""
        told = {"own_lot": self.own_lot, "already_expired": self.already_expired, "other_lots": self.other_lots}
        told["debt"] = self.debt
        return told | {name: points for name in ("forgiven", "withheld") if (points := getattr(self, name))}


def claw_back(
    entry: Entry,
    lot: Lot,
    points: int,
    document_id: UUID,
    today: date,
    missing_into: str = accounts.DEBT,
) -> Taken:
    """Take points of one lot back.

    First from the lot itself; then points of it that have expired answer, each once; the rest was spent or is held,
    and is drawn from the wallet's other lots in the usual order, then from pending ones. What is still missing the
    member owes; or it is forgiven, or was withheld in money: the programme says which by `missing_into`.
    """
    taken = Taken()
    taken.own_lot = claw_back_from(entry, lot, points, document_id)
    missing = points - taken.own_lot

    taken.already_expired = min(missing, lot.expired - lot.answered)
    if taken.already_expired:
        answer(entry, lot, taken.already_expired)
        missing -= taken.already_expired

    if missing:
        taken.other_lots = _cover_from_others(entry, lot, missing, document_id, today)
        missing -= taken.other_lots
    cover_by(entry, lot, missing_into, missing, document_id)
    _note(taken, missing_into, -missing)
    return taken


def give_back(entry: Entry, lot: Lot, points: int, document_id: UUID, today: date) -> Taken:
    """Undo so much of what was clawed back of a lot, the last taken first: the clawback's own order, backwards."""
    taken = Taken()
    while points and (cover := newest_cover(entry, lot, also_money=True)):
        undone = min(points, cover.points)
        _note(taken, "other_lots" if cover.by else cover.account, undone)
        uncover(entry, cover, undone, today)
        points -= undone
    unanswered = min(points, lot.answered)
    if unanswered:
        answer(entry, lot, -unanswered)
        taken.already_expired -= unanswered
        points -= unanswered
    if points:
        give_back_to(entry, lot, points, document_id)
        taken.own_lot -= points
        regain(entry, lot, points, today)
    return taken


def _note(taken: Taken, name: str, undone: int) -> None:
    setattr(taken, name, getattr(taken, name) - undone)


def _cover_from_others(entry: Entry, own: Lot, wanted: int, document_id: UUID, today: date) -> int:
    wallet = entry.wallet
    givers = wallet.in_drawing_order(lambda lot: lot.can_be_drawn(today))
    givers += wallet.in_drawing_order(lambda lot: lot.pending and lot.remaining > 0 and not lot.is_past(today))
    drawn = 0
    for lot in givers:
        if drawn == wanted:
            break
        if lot is not own:
            drawn += cover_from(entry, own, lot, wanted - drawn, document_id)
    return drawn
