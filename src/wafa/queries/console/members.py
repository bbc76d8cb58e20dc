"""The list of members: in one of four orders, of one tier if asked, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.store.models import Lot, Member, Merchant, Wallet, WalletStatus

UNIT = "points"
BY_POINTS = "points"
ORDERS: dict[str, Order] = {
    "number": Order(("number",)),
    "name": Order(("name", "id")),
    "newest": Order(("enrolled_at", "id"), descending=True),
    BY_POINTS: Order(("available", "id"), descending=True),
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member with what they hold; every member has a wallet from the day they joined."""

    member: Member
    wallet: Wallet
    available: int


def members(
    merchant: Merchant,
    order: str,
    size: int,
    *,
    among: Collection[UUID] | None = None,
    tier: str = "",
    after: Place | None = None,
    before: Place | None = None,
) -> tuple[list[MemberRow], Place | None, Place | None]:
    """Rows, and the places before and after them. `among` narrows to some members: see `found_members`.

    Who was merged into another member is not listed, but found: by a number that goes on working.
    """
    wallets = Wallet.objects.of(merchant).filter(unit=UNIT)
    if order == BY_POINTS:
        if tier:
            wallets = wallets.filter(tier=tier)
        if among is not None:
            wallets = wallets.filter(member_id__in=among)
        else:
            wallets = wallets.exclude(status=WalletStatus.ABSORBED)
        held = page(wallets.select_related("member"), ORDERS[order], size, after=after, before=before)
        pairs = [(wallet.member, wallet) for wallet in held.rows]
        return _rows(merchant, pairs), held.before, held.after

    rows = Member.objects.of(merchant)
    if tier:
        rows = rows.filter(id__in=wallets.filter(tier=tier).values("member_id"))
    rows = rows.filter(survivor__isnull=True) if among is None else rows.filter(id__in=among)
    found: Page[Member] = page(rows, ORDERS[order], size, after=after, before=before)
    of_member = {wallet.member_id: wallet for wallet in wallets.filter(member_id__in=[row.id for row in found.rows])}
    pairs = [(member, of_member.get(member.id) or Wallet(member=member)) for member in found.rows]
    return _rows(merchant, pairs), found.before, found.after


def lapsed_points(merchant: Merchant, wallets: Iterable[UUID], today: date) -> dict[UUID, int]:
    """Points by wallet whose last day has passed and that no job has expired yet: never shown as available (law 3)."""
    lots = Lot.objects.of(merchant).filter(wallet_id__in=list(wallets), remaining__gt=0, expires_on__lt=today)
    sums = lots.filter(pending=False).order_by().values("wallet_id").annotate(points=Sum("remaining"))
    return dict(sums.values_list("wallet_id", "points"))


def _rows(merchant: Merchant, pairs: list[tuple[Member, Wallet]]) -> list[MemberRow]:
    today = merchant.now().astimezone(merchant.zone).date()
    lapsed = lapsed_points(merchant, [wallet.id for _, wallet in pairs], today) if pairs else {}
    return [MemberRow(member, wallet, wallet.available - lapsed.get(wallet.id, 0)) for member, wallet in pairs]
