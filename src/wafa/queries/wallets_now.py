"""What a member holds this second, in each unit: true whether or not a job has run (laws 3, 6 and 8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wafa.core.ledger.wallet import POINTS
from wafa.queries.lots import OutstandingLot, outstanding_lots
from wafa.store.models import Hold, Lot, Member, Merchant, Wallet


@dataclass(frozen=True, slots=True)
class RunsOut:
    """Points that share a last day (None: never), as far as they can be spent, or are pending."""

    expires_on: date | None
    available: int
    pending: int


@dataclass(frozen=True, slots=True)
class WalletNow:
    """One unit; `wallet` is its row, from which the tier is read."""

    wallet: Wallet
    available: int
    pending: int
    held: int
    debt: int
    by_expiry: list[RunsOut]


def wallets_now(merchant: Merchant, member: Member) -> list[WalletNow]:
    """Points first. Three statements, unless something has fallen due that no job has booked yet."""
    found = list(Wallet.objects.of(merchant).filter(member_id=member.id))
    found.sort(key=lambda wallet: (wallet.unit != POINTS, wallet.unit))
    now = merchant.now()
    today = now.astimezone(merchant.zone).date()
    lots: dict[UUID, list[Lot]] = defaultdict(list)
    due: set[UUID] = set()
    for lot in Lot.objects.of(merchant).filter(wallet_id__in=[wallet.id for wallet in found], remaining__gt=0):
        lots[lot.wallet_id].append(lot)
        if (lot.pending and lot.available_at and lot.available_at <= now) or (
            lot.expires_on and lot.expires_on < today
        ):
            due.add(lot.wallet_id)
    held = [wallet.id for wallet in found if wallet.held]
    if held:
        ran_out = Hold.objects.of(merchant).filter(wallet_id__in=held, is_open=True, expires_at__lte=now)
        due |= set(ran_out.values_list("wallet_id", flat=True))
    return [
        _settled(merchant, member, wallet) if wallet.id in due else _as_it_stands(wallet, lots[wallet.id])
        for wallet in found
    ]


def _as_it_stands(wallet: Wallet, lots: list[Lot]) -> WalletNow:
    rows = [(lot.expires_on, 0 if lot.pending else lot.remaining, lot.remaining if lot.pending else 0) for lot in lots]
    return WalletNow(wallet, wallet.available, wallet.pending, wallet.held, wallet.debt, _by_expiry(rows))


def _settled(merchant: Merchant, member: Member, wallet: Wallet) -> WalletNow:
    """As it would stand if all that is due were booked now."""
    holding = outstanding_lots(merchant, member, unit=wallet.unit)
    lots: tuple[OutstandingLot, ...] = holding.lots
    return WalletNow(
        wallet,
        sum(lot.available for lot in lots),
        sum(lot.pending for lot in lots),
        sum(lot.held for lot in lots),
        holding.debt,
        _by_expiry([(lot.expires_on, lot.available, lot.pending) for lot in lots]),
    )


def _by_expiry(rows: list[tuple[date | None, int, int]]) -> list[RunsOut]:
    sums: dict[date | None, list[int]] = {}
    for day, available, pending in rows:
        both = sums.setdefault(day, [0, 0])
        both[0] += available
        both[1] += pending
    in_order = sorted(sums.items(), key=lambda each: each[0] or date.max)
    return [RunsOut(day, *both) for day, both in in_order if any(both)]
