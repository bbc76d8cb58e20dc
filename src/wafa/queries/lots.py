"""Outstanding lots: what a member's balance is made of, at the merchant's clock or at any moment of the past."""

from dataclasses import dataclass
from datetime import date, datetime

from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import POINTS
from wafa.queries.members import wallet_of
from wafa.queries.moment import one_moment
from wafa.queries.past import settled, wallets_at
from wafa.store.models import Branch, Member, Merchant


@dataclass(frozen=True, slots=True)
class OutstandingLot:
    """Points with the same dates, of which something could be spent, was pending or held.

    `receipt` is the number of the one they came from, `issuing_branch` a branch's code; both are empty for points that
    no receipt gave. `points` is the lot's size when it was opened. `available_at` says when pending points can be spent
    by themselves; None: an event says when. `expires_on` is the last day on which they could be spent, as it is known
    now: of points that activity keeps alive it may have moved on since the instant asked for. None: they never run out.
    """

    receipt: str
    issuing_branch: str
    points: int
    available: int
    pending: int
    held: int
    available_at: datetime | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A wallet's outstanding lots, in the order in which they would be drawn; and what the member owed."""

    lots: tuple[OutstandingLot, ...] = ()
    debt: int = 0


def outstanding_lots(merchant: Merchant, member: Member, at: datetime | None = None, unit: str = POINTS) -> Holding:
    """What the member held, whether or not a job had run: see `queries.past`."""
    instant = at or merchant.now()
    with one_moment():
        wallet_id = wallet_of(merchant, member, unit)
        wallet = wallets_at(merchant, [wallet_id], instant).get(wallet_id) if wallet_id else None
        if wallet is None:
            return Holding()
        settled(merchant, wallet, instant)
        branches = dict(Branch.objects.of(merchant).values_list("id", "code"))
    lots = sorted((lot for lot in wallet.lots if lot.remaining + lot.held), key=Lot.drawing_order)
    return Holding(
        tuple(
            OutstandingLot(
                lot.number,
                branches[lot.issuing_branch_id] if lot.issuing_branch_id else "",
                lot.points,
                0 if lot.pending else lot.remaining,
                lot.remaining if lot.pending else 0,
                lot.held,
                lot.available_at if lot.pending else None,
                lot.expires_on,
            )
            for lot in lots
        ),
        wallet.debt,
    )
