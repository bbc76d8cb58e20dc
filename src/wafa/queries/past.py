"""Wallets as they stood at an instant, made again from the postings up to then.

What was due by that instant and had not been booked yet is let happen in memory, by the law itself: holds that had run
out, pending points that had become available, lots whose last day had passed. So what is told of an instant does not
depend on whether a job had run by then.

A lot's last day may have moved since: by activity, or by a redemption that was cancelled. It only ever moves on; and a
lot that had lapsed by the instant, with something left, has expired since, by an entry that tells the day. So whether
it had lapsed is known for certain; the last day that is shown of a lot that had not may be a later one than was known
then.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.decide.settle import settle
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Hold, Wallet
from wafa.core.snapshot import Snapshot, Versions
from wafa.store.ids import new_id
from wafa.store.loading.lots import CoverRow, lots_in, put_covers
from wafa.store.models import Merchant

_STOOD = """
    WITH asked AS MATERIALIZED (SELECT merchant_id, id, member_id, unit FROM wallet
                                WHERE merchant_id = %(merchant)s AND id = ANY(%(ids)s))
    SELECT asked.id, asked.member_id, asked.unit, p.account, p.lot_id, p.for_lot_id, sum(p.points)::bigint
    FROM asked
    JOIN entry e ON e.merchant_id = asked.merchant_id AND e.wallet_id = asked.id AND e.posted_at <= %(at)s
    JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
    WHERE p.account IN ('available', 'pending', 'held', 'debt')
    GROUP BY 1, 2, 3, 4, 5, 6
"""
_COVERS = """
    WITH asked AS MATERIALIZED (SELECT merchant_id, id FROM lot WHERE merchant_id = %(merchant)s AND id = ANY(%(ids)s))
    SELECT p.for_lot_id, p.lot_id, p.account, p.points
    FROM asked
    JOIN posting p ON p.merchant_id = asked.merchant_id AND p.for_lot_id = asked.id
    JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id AND e.posted_at <= %(at)s
    WHERE p.account IN ('available', 'pending', 'debt', 'forgiven')
    ORDER BY e.posted_at, p.id
"""
_LOTS = """
    SELECT l.id, l.document_id, coalesce(d.number, ''), l.issuing_branch_id, l.sequence, l.points, 0, l.available_at,
           l.expires_on, 0, 0, 0, 0, l.pending, l.idle_months, l.origin_id
    FROM lot l LEFT JOIN document d ON d.merchant_id = l.merchant_id AND d.id = l.document_id
    WHERE l.merchant_id = %(merchant)s AND l.id = ANY(%(ids)s)
"""
_LAST_DAYS = """
    WITH asked AS MATERIALIZED (SELECT merchant_id, id FROM lot WHERE merchant_id = %(merchant)s AND id = ANY(%(ids)s))
    SELECT asked.id, min((told ->> 'expires_on')::date)
    FROM asked
    JOIN posting p ON p.merchant_id = asked.merchant_id AND p.lot_id = asked.id AND p.account = 'expired'
    JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id AND e.kind = 'expiry' AND e.posted_at > %(at)s
    CROSS JOIN LATERAL jsonb_array_elements(e.explanation -> 'lots') AS told
    WHERE told ->> 'lot' = asked.id::text
    GROUP BY asked.id
"""
_HOLDS = """
    WITH asked AS MATERIALIZED (SELECT merchant_id, id FROM lot WHERE merchant_id = %(merchant)s AND id = ANY(%(ids)s)),
    placed AS (
        SELECT DISTINCT e.merchant_id, e.id
        FROM asked
        JOIN posting p ON p.merchant_id = asked.merchant_id AND p.lot_id = asked.id AND p.account = 'held'
        JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id AND e.kind = 'hold'
        WHERE e.posted_at <= %(at)s AND NOT EXISTS (
            SELECT FROM entry closing WHERE closing.merchant_id = e.merchant_id AND closing.of_id = e.id
              AND closing.kind IN ('capture', 'release') AND closing.posted_at <= %(at)s)
    )
    SELECT h.id, h.points, h.expires_at, p.lot_id, p.points
    FROM placed
    JOIN hold h ON h.merchant_id = placed.merchant_id AND h.id = placed.id
    JOIN posting p ON p.merchant_id = h.merchant_id AND p.entry_id = h.id AND p.account = 'held'
    ORDER BY h.id, p.id
"""


@dataclass(slots=True)
class _Stood:
    """What a wallet's own postings up to the instant add up to: by account, by lot, and what it owes for which lot."""

    member_id: UUID
    unit: str
    figures: Counter[str] = field(default_factory=Counter)
    remaining: Counter[UUID] = field(default_factory=Counter)
    pending: Counter[UUID] = field(default_factory=Counter)
    held: Counter[UUID] = field(default_factory=Counter)
    owed: Counter[UUID] = field(default_factory=Counter)
    named: set[UUID] = field(default_factory=set)

    def add(self, account: str, lot: UUID | None, for_lot: UUID | None, points: int) -> None:
        """One sum of postings."""
        self.figures[account] += points
        self.named |= {each for each in (lot, for_lot) if each}
        if account == accounts.DEBT:
            if for_lot:
                self.owed[for_lot] -= points
        elif lot and account == accounts.HELD:
            self.held[lot] += points
        elif lot:
            self.remaining[lot] += points
            self.pending[lot] += points if account == accounts.PENDING else 0

    @property
    def has_covers_to_mind(self) -> bool:
        """Whether what lots have covered for each other can matter: something is owed, or may be restored."""
        return self.figures[accounts.DEBT] != 0 or self.figures[accounts.HELD] != 0


class _Covers:
    """The postings that covered for lots, or undid it, in the order in which they were made."""

    def __init__(self, merchant: Merchant, lots: Collection[UUID], at: datetime) -> None:
        """Those for these lots, for the lots that gave them, and so on."""
        self._by_lot: dict[UUID, list[tuple[int, CoverRow]]] = {}
        self.lots: set[UUID] = set()
        asked = set(lots)
        places = count()
        while asked:
            rows: list[CoverRow] = [(UUID(int=0), *row) for row in _rows(_COVERS, merchant, asked, at)]
            for row in rows:
                self._by_lot.setdefault(row[1], []).append((next(places), row))
            self.lots |= asked
            asked = lots_in(rows) - self.lots

    def about(self, lots: Collection[UUID]) -> list[CoverRow]:
        """Those that concern some lots, whatever lots stand between."""
        found: list[tuple[int, CoverRow]] = []
        asked, seen = set(lots), set(lots)
        while asked:
            rows = [row for lot in asked for row in self._by_lot.get(lot, ())]
            found += rows
            asked = lots_in(row for _, row in rows) - seen
            seen |= asked
        return [row for _, row in sorted(found, key=lambda each: each[0])]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What was looked up for all wallets together: lots (without what was left), last days, covers, holds.

    A hold stands under the first lot that it drew on, with its draws.
    """

    lots: dict[UUID, Lot]
    last_days: dict[UUID, date]
    covers: _Covers
    holds: dict[UUID, list[tuple[Hold, list[tuple[UUID, int]]]]]


def wallets_at(merchant: Merchant, ids: Collection[UUID], at: datetime) -> dict[UUID, Wallet]:
    """Wallets with their lots, holds and covers, by id, as what was booked by then had left them.

    One that nothing had been booked in is left out.
    """
    stood = _stood(merchant, ids, at)
    minded = {lot for each in stood.values() if each.has_covers_to_mind for lot in each.named}
    covers = _Covers(merchant, minded, at)
    open_lots = {lot for each in stood.values() for lot in each.named if each.remaining[lot] + each.held[lot]}
    loaded = _Loaded(
        {row[0]: Lot(*row) for row in _rows(_LOTS, merchant, open_lots | covers.lots, at)},
        dict(_rows(_LAST_DAYS, merchant, open_lots, at)),
        covers,
        _holds(merchant, {lot for each in stood.values() for lot in each.held if each.held[lot]}, at),
    )
    return {id: _wallet(id, each, loaded) for id, each in stood.items()}


def settled(merchant: Merchant, wallet: Wallet, at: datetime) -> tuple[Entry, ...]:
    """Let happen in a wallet, in memory, all that was due by the instant; answers the entries that it would make."""
    return settle(Snapshot(merchant.currency, merchant.zone, Versions(()), new_id), wallet, at)


def _stood(merchant: Merchant, ids: Collection[UUID], at: datetime) -> dict[UUID, _Stood]:
    found: dict[UUID, _Stood] = {}
    for id, member_id, unit, *sums in _rows(_STOOD, merchant, ids, at):
        found.setdefault(id, _Stood(member_id, unit)).add(*sums)
    return found


def _holds(
    merchant: Merchant, lots: Collection[UUID], at: datetime
) -> dict[UUID, list[tuple[Hold, list[tuple[UUID, int]]]]]:
    draws: dict[UUID, list[tuple[UUID, int]]] = {}
    holds: dict[UUID, list[tuple[Hold, list[tuple[UUID, int]]]]] = {}
    for id, points, expires_at, lot, drawn in _rows(_HOLDS, merchant, lots, at):
        if id not in draws:
            draws[id] = []
            holds.setdefault(lot, []).append((Hold(id, points, expires_at, []), draws[id]))
        draws[id].append((lot, drawn))
    return holds


def _rows(statement: str, merchant: Merchant, ids: Collection[UUID], at: datetime) -> Iterator[tuple[Any, ...]]:
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, {"merchant": merchant.id, "ids": list(ids), "at": at})
        yield from cursor.fetchall()


def _wallet(id: UUID, stood: _Stood, loaded: _Loaded) -> Wallet:
    wallet = Wallet(
        id,
        stood.member_id,
        available=stood.figures[accounts.AVAILABLE],
        pending=stood.figures[accounts.PENDING],
        held=stood.figures[accounts.HELD],
        debt=-stood.figures[accounts.DEBT],
        unit=stood.unit,
    )
    covers = loaded.covers.about(stood.named) if stood.has_covers_to_mind else []
    lots = {lot: _lot(loaded.lots[lot], stood, loaded) for lot in stood.named | lots_in(covers) if lot in loaded.lots}
    wallet.lots = list(lots.values())
    for lot, points in stood.held.items():
        for hold, draws in loaded.holds.get(lot, ()) if points else ():
            hold.draws = [(lots[each], drawn) for each, drawn in draws]
            wallet.holds.append(hold)
    put_covers(((id, *row[1:]) for row in covers), {id: wallet}, lots)
    # What is owed for a lot is owed by one wallet, even where the lot's story is told in two.
    wallet.covers = [each for each in wallet.covers if each.account != accounts.DEBT or stood.owed[each.lot.id] > 0]
    for cover in wallet.covers:
        cover.lot.covered += cover.points
    return wallet


def _lot(lot: Lot, stood: _Stood, loaded: _Loaded) -> Lot:
    remaining, id = stood.remaining[lot.id], lot.id
    return replace(
        lot,
        remaining=remaining,
        held=stood.held[id],
        expires_on=loaded.last_days.get(id, lot.expires_on),
        # Of a lot that is empty no posting tells it; then it is as it is now.
        pending=stood.pending[id] > 0 if remaining else lot.pending,
    )
