"""Taking points back: in what order, and what answers for points that are no longer there (law 6)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wafa.core.ledger.entry import Entry, claw_back_as_debt, claw_back_from
from wafa.core.ledger.wallet import Lot


@dataclass(slots=True)
class Taken:
    """Where clawed-back points came from."""

    own_lot: int = 0
    already_expired: int = 0
    other_lots: int = 0
    debt: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Both together."""
        return Taken(
            self.own_lot + other.own_lot,
            self.already_expired + other.already_expired,
            self.other_lots + other.other_lots,
            self.debt + other.debt,
        )


def claw_back(entry: Entry, lot: Lot, points: int, document_id: UUID, today: date) -> Taken:
    """Take points of one lot back.

    First from the lot itself; then points of it that have expired answer, each once; the rest was spent, and
    is drawn from the wallet's other lots in the usual order; what is still missing the member owes.
    """
    taken = Taken()
    taken.own_lot = claw_back_from(entry, lot, points, document_id)
    missing = points - taken.own_lot

    taken.already_expired = min(missing, lot.expired - lot.answered)
    lot.answered += taken.already_expired
    missing -= taken.already_expired

    if missing:
        taken.other_lots = _draw_from_others(entry, lot, missing, document_id, today)
        missing -= taken.other_lots
        taken.debt = missing
        claw_back_as_debt(entry, missing, document_id)
    return taken


def _draw_from_others(entry: Entry, own: Lot, wanted: int, document_id: UUID, today: date) -> int:
    wallet = entry.wallet
    if not wallet.draws_allowed:
        raise AssertionError("points are drawn from a wallet whose lots were not all loaded")
    drawn = 0
    for lot in sorted(wallet.lots, key=Lot.drawing_order):
        if drawn == wanted:
            break
        if lot is not own and lot.remaining and not lot.has_lapsed(today):
            drawn += claw_back_from(entry, lot, wanted - drawn, document_id)
    return drawn
