"""One member: what they hold in each unit, when it can be spent, and when it runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, Sum, When

from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Hold, Lot, Member, Merchant, Wallet


@dataclass(frozen=True, slots=True)
class Expiring:
    """Points that share a last day; None: they never run out.

    Pending ones can be spent from `opens_on` on; without it, once something has happened.
    """

    last_day: date | None
    points: int
    pending: bool = False
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A wallet with what is in it today: what has lapsed is left out, whether or not a job has run (law 3)."""

    wallet: Wallet
    available: int
    pending: int
    expiring: list[Expiring]
    holds: list[Hold]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, what they hold (points first), and the members who were merged into them."""

    member: Member
    holdings: list[Holding]
    cards: list[Member]

    @property
    def points(self) -> Holding:
        """The wallet that every member has."""
        return self.holdings[0]


def member_view(merchant: Merchant, member_id: UUID) -> MemberView | None:
    """None: there is no such member."""
    member = Member.objects.of(merchant).select_related("survivor").filter(id=member_id).first()
    if member is None:
        return None
    wallets = sorted(Wallet.objects.of(merchant).filter(member_id=member_id), key=_points_first)
    if not wallets or wallets[0].unit != POINTS:
        wallets.insert(0, Wallet(member=member))
    cards = Member.objects.of(merchant).filter(survivor_id=member_id).order_by("number")
    return MemberView(member, _holdings(merchant, wallets), list(cards))


def earlier_wallet(merchant: Merchant, member_id: UUID) -> Wallet | None:
    """The points' wallet of a member who was merged into another: its entries are what happened before."""
    return Wallet.objects.of(merchant).filter(member_id=member_id, unit=POINTS).first()


def _points_first(wallet: Wallet) -> tuple[bool, str]:
    return (wallet.unit != POINTS, wallet.unit)


def _holdings(merchant: Merchant, wallets: Sequence[Wallet]) -> list[Holding]:
    today = merchant.now().astimezone(merchant.zone).date()
    open_lots: dict[UUID, list[Expiring]] = {}
    for wallet_id, lot in _open_lots(merchant, wallets):
        open_lots.setdefault(wallet_id, []).append(lot)
    holds: dict[UUID, list[Hold]] = {}
    held = [wallet.id for wallet in wallets if wallet.held]
    for hold in Hold.objects.of(merchant).filter(wallet_id__in=held, is_open=True).order_by("expires_at", "id"):
        holds.setdefault(hold.wallet_id, []).append(hold)
    return [_holding(wallet, open_lots.get(wallet.id, []), holds.get(wallet.id, []), today) for wallet in wallets]


def _holding(wallet: Wallet, lots: list[Expiring], holds: list[Hold], today: date) -> Holding:
    lapsed = [lot for lot in lots if lot.last_day and lot.last_day < today]
    by_terms: dict[tuple[date | None, bool, date | None], int] = {}
    for lot in lots:
        if lot not in lapsed:
            terms = (lot.last_day, lot.pending, lot.opens_on)
            by_terms[terms] = by_terms.get(terms, 0) + lot.points
    expiring = [
        Expiring(last_day, points, pending, opens_on) for (last_day, pending, opens_on), points in by_terms.items()
    ]
    return Holding(
        wallet,
        wallet.available - sum(lot.points for lot in lapsed if not lot.pending),
        wallet.pending - sum(lot.points for lot in lapsed if lot.pending),
        sorted(expiring, key=_soonest_first),
        holds,
    )


def _open_lots(merchant: Merchant, wallets: Sequence[Wallet]) -> list[tuple[UUID, Expiring]]:
    """What is left, by wallet, last day, and instant from which it can be spent where that is still to come."""
    lots = Lot.objects.of(merchant).filter(wallet_id__in=[wallet.id for wallet in wallets], remaining__gt=0)
    opens = lots.order_by().annotate(opens_at=Case(When(pending=True, then=F("available_at"))))
    sums = opens.values("wallet_id", "expires_on", "pending", "opens_at").annotate(points=Sum("remaining"))
    rows = sums.values_list("wallet_id", "expires_on", "pending", "opens_at", "points")
    return [
        (wallet_id, Expiring(last_day, points, pending, _day(opens_at, merchant)))
        for wallet_id, last_day, pending, opens_at, points in rows
    ]


def _day(instant: datetime | None, merchant: Merchant) -> date | None:
    return instant.astimezone(merchant.zone).date() if instant else None


def _soonest_first(lot: Expiring) -> tuple[date, bool, date]:
    return (lot.last_day or date.max, lot.pending, lot.opens_on or date.max)
