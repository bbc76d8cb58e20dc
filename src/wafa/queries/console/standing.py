"""Where the programme stands: members, the tiers they hold, and the points that are owed to them.

Sums over every wallet are remembered until something is posted or somebody joins: a quiet shop's overview
adds nothing up, a busy one's adds it up once an entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, QuerySet, Sum

from wafa.core.ledger.wallet import POINTS
from wafa.store.models import Branch, Document, Entry, Member, Merchant, Wallet, WalletStatus

REMEMBERED_SECONDS = 300
SHAPE = 2
"""Of what is remembered: raised when it changes, so that an upgrade does not meet what the version before it kept."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Members in all and by tier; of points what is usable, what is not yet, what is reserved, what is owed."""

    members: int = 0
    tiers: dict[str, int] = field(default_factory=dict)
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0

    def outstanding(self, lapsed: int) -> int:
        """What members hold, less what they owe and what has run out without being expired yet."""
        return self.available - lapsed + self.pending + self.held - self.debt


def standing(merchant: Merchant) -> Standing:
    """Of the whole chain."""
    mark = (_latest_entry(merchant), _latest_member(merchant))
    return _remembered(f"console:standing:{SHAPE}:{merchant.id}", mark, lambda: _read(merchant))


def standing_at(merchant: Merchant, branch: Branch) -> Standing:
    """Of those who have bought or returned something at a branch; points are the chain's, so they are left out."""
    documents = Document.objects.of(merchant).filter(branch_id=branch.id)
    mark = documents.order_by("-occurred_at", "-id").values_list("id", flat=True).first()
    return _remembered(f"console:standing:{SHAPE}:{merchant.id}:{branch.id}", mark, lambda: _read_at(merchant, branch))


def _remembered(key: str, mark: object, read: Callable[[], Standing]) -> Standing:
    """What was read when the latest row was still the same one; else it is read again."""
    kept: tuple[object, dict[str, Any]] | None = cache.get(key)
    if kept is not None and kept[0] == mark:
        return Standing(**kept[1])
    found = read()
    cache.set(key, (mark, asdict(found)), REMEMBERED_SECONDS)
    return found


def _read(merchant: Merchant) -> Standing:
    wallets = _open_wallets(merchant).values("tier")
    rows = wallets.annotate(
        members=Count("id"), usable=Sum("available"), later=Sum("pending"), reserved=Sum("held"), owed=Sum("debt")
    ).values_list("tier", "members", "usable", "later", "reserved", "owed")
    tiers = {tier: members for tier, members, *_ in rows}
    sums = [sum(column) for column in zip(*(points for _, _, *points in rows), strict=True)] or [0, 0, 0, 0]
    return Standing(sum(tiers.values()), tiers, *sums)


def _read_at(merchant: Merchant, branch: Branch) -> Standing:
    customers = Document.objects.of(merchant).filter(branch_id=branch.id, member_id__isnull=False).values("member_id")
    wallets = _open_wallets(merchant).filter(member_id__in=customers)
    tiers = dict(wallets.values("tier").annotate(members=Count("id")).values_list("tier", "members"))
    return Standing(sum(tiers.values()), tiers)


def _open_wallets(merchant: Merchant) -> QuerySet[Wallet]:
    """One a member: who has left, or was merged into another, is not counted, and holds nothing."""
    return Wallet.objects.of(merchant).filter(unit=POINTS, status=WalletStatus.OPEN).order_by()


def _latest_entry(merchant: Merchant) -> UUID | None:
    return Entry.objects.of(merchant).order_by("-posted_at", "-id").values_list("id", flat=True).first()


def _latest_member(merchant: Merchant) -> UUID | None:
    return Member.objects.of(merchant).order_by("-enrolled_at", "-id").values_list("id", flat=True).first()
