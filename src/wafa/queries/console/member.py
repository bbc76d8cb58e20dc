"""One member: what they hold, and when it runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum

from wafa.queries.console.members import MemberRow
from wafa.store.models import Lot, Member, Merchant, Wallet


@dataclass(frozen=True, slots=True)
class Expiring:
    """Points that share a last day; None: they never run out."""

    last_day: date | None
    points: int
    receipts: int


def member_with_wallet(merchant: Merchant, member_id: UUID) -> MemberRow | None:
    """The member and their wallet; what has lapsed is left out of the points available (law 3)."""
    member = Member.objects.of(merchant).filter(id=member_id).first()
    if member is None:
        return None
    wallet = Wallet.objects.of(merchant).filter(member_id=member_id, unit="points").first() or Wallet(member=member)
    today = merchant.now().astimezone(merchant.zone).date()
    lots = Lot.objects.of(merchant).filter(wallet_id=wallet.id, remaining__gt=0, expires_on__lt=today)
    lapsed = lots.aggregate(points=Sum("remaining"))["points"] or 0
    return MemberRow(member, wallet, wallet.available - lapsed)


def expiring(merchant: Merchant, wallet_id: UUID) -> list[Expiring]:
    """What is left, by its last day, the soonest first; lots that have lapsed are gone already."""
    today = merchant.now().astimezone(merchant.zone).date()
    lots = Lot.objects.of(merchant).filter(wallet_id=wallet_id, remaining__gt=0).exclude(expires_on__lt=today)
    by_day = lots.values("expires_on").annotate(points=Sum("remaining"), receipts=Count("id"))
    rows = by_day.order_by("expires_on").values_list("expires_on", "points", "receipts")
    return [Expiring(last_day, points, receipts) for last_day, points, receipts in rows]
