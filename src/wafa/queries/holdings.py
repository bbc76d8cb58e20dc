"""What a member holds at this very moment, in every unit: true to the second, whether or not any job has run.

One statement reads the wallets with what their lots add up to. Where nothing is due, that is the answer. Where a lot
has lapsed, pending points have become available, or a hold has run out, and nobody has booked it yet, the law itself
lets it happen in memory: see `queries.past`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.ledger.wallet import POINTS
from wafa.core.programme import Programme
from wafa.queries.moment import one_moment
from wafa.queries.past import settled, wallets_at
from wafa.store.models import Merchant, ProgrammeVersion, Wallet

Terms = tuple[date | None, bool, datetime | None]
"""Of points: their last day, whether they are pending, and until when (None: until something has happened)."""


@dataclass(slots=True)
class Held:
    """A wallet's four figures, and by their terms the points that are available or pending."""

    unit: str
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    by_terms: dict[Terms, int] = field(default_factory=dict)

    def expiring(self) -> list[tuple[date | None, int]]:
        """Available points by their last day, the soonest first; those that never run out at the end."""
        found = [(last, points) for (last, pending, _), points in self.by_terms.items() if not pending]
        return sorted(found, key=lambda each: each[0] or date.max)

    def pending_until(self) -> list[tuple[datetime | None, date | None, int]]:
        """Pending points by the instant from which they can be spent, the soonest first, and by their last day."""
        found = [(opens, last, points) for (last, pending, opens), points in self.by_terms.items() if pending]
        return sorted(found, key=lambda each: (each[0] is None, each[0] or _NEVER, each[1] or date.max))


_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Holdings:
    """A member's wallets, points first; `rules` are those in force, `points` the wallet that tells the tier.

    Where `asked_id` is another member's than `member_id`, that one was merged into them.
    """

    member_id: UUID
    asked_id: UUID
    at: datetime
    rules: Programme | None
    points: Wallet
    wallets: list[Held]


_HELD = """
    WITH asked AS MATERIALIZED (
        SELECT merchant_id, id AS asked_id, coalesce(survivor_id, id) AS id FROM member
        WHERE merchant_id = %(merchant)s AND {named}
    )
    SELECT asked.id, asked.asked_id,
           (SELECT v.id FROM programme_version v
            WHERE v.merchant_id = asked.merchant_id AND v.state <> 'draft' AND v.starts_at <= %(at)s
            ORDER BY v.starts_at DESC LIMIT 1),
           w.id, w.unit, w.available, w.pending, w.held, w.debt, w.qualifying, w.tier, w.below_since, w.posted_at,
           h.runs_out_at, l.expires_on, l.pending, l.available_at, l.points
    FROM asked
    LEFT JOIN wallet w ON w.merchant_id = asked.merchant_id AND w.member_id = asked.id
    LEFT JOIN LATERAL (
        SELECT min(expires_at) AS runs_out_at FROM hold
        WHERE merchant_id = asked.merchant_id AND wallet_id = w.id AND is_open AND w.held > 0
    ) AS h ON true
    LEFT JOIN LATERAL (
        SELECT expires_on, pending, CASE WHEN pending THEN available_at END AS available_at,
               sum(remaining)::bigint AS points
        FROM lot
        WHERE merchant_id = asked.merchant_id AND wallet_id = w.id AND remaining > 0
        GROUP BY 1, 2, 3
    ) AS l ON true
"""


_BY_ID, _BY_NUMBER = _HELD.format(named="id = %(named)s"), _HELD.format(named="number = %(named)s")


def holdings(merchant: Merchant, member: UUID | str) -> Holdings | None:
    """Of a member by id or by number; None: the merchant has no such member."""
    at = merchant.now()
    with connection.cursor() as cursor:
        statement = _BY_ID if isinstance(member, UUID) else _BY_NUMBER
        cursor.execute(statement, {"merchant": merchant.id, "named": member, "at": at})
        rows = cursor.fetchall()
    if not rows:
        return None
    of, asked_for, version = rows[0][:3]
    wallets: dict[UUID, Held] = {}
    points, latest, is_due = Wallet(merchant=merchant), at, False
    today = at.astimezone(merchant.zone).date()
    for row in (row[3:] for row in rows if row[3]):
        id, unit, available, pending, held, debt, qualifying, tier, below_since, posted_at, runs_out_at = row[:11]
        wallet = wallets.setdefault(id, Held(unit, available, pending, held, debt))
        last, waits, opens, remaining = row[11:]
        latest = max(latest, posted_at or latest)
        is_due |= runs_out_at is not None and runs_out_at <= at
        if remaining:
            wallet.by_terms[last, waits, opens] = remaining
            is_due |= (last is not None and last < today) or (opens is not None and opens <= at)
        if unit == POINTS:
            points = Wallet(
                merchant=merchant, id=id, member_id=of, qualifying=qualifying, tier=tier, below_since=below_since
            )
    if is_due:
        wallets = _settled(merchant, wallets, latest)
    rules = _rules(merchant.id, version) if version else None
    return Holdings(of, asked_for, at, rules, points, _every_unit(wallets.values(), rules))


def _settled(merchant: Merchant, wallets: dict[UUID, Held], at: datetime) -> dict[UUID, Held]:
    with one_moment():
        stood = wallets_at(merchant, wallets, at)
        for wallet in stood.values():
            settled(merchant, wallet, at)
    found = {id: Held(held.unit) for id, held in wallets.items()}
    for id, wallet in stood.items():
        found[id] = Held(wallet.unit, wallet.available, wallet.pending, wallet.held, wallet.debt)
        for lot in wallet.lots:
            if lot.remaining:
                terms = (lot.expires_on, lot.pending, lot.available_at if lot.pending else None)
                found[id].by_terms[terms] = found[id].by_terms.get(terms, 0) + lot.remaining
    return found


def _every_unit(wallets: Iterable[Held], rules: Programme | None) -> list[Held]:
    """Those of the programme too in which nothing has been booked for the member."""
    by_unit = {unit: Held(unit) for unit in (POINTS, *(rules.units if rules else ()))}
    by_unit |= {wallet.unit: wallet for wallet in wallets}
    return sorted(by_unit.values(), key=lambda wallet: (wallet.unit != POINTS, wallet.unit))


@lru_cache(maxsize=256)
def _rules(merchant_id: UUID, version_id: UUID) -> Programme:
    """A version's rules, read once a process: what is in force never changes."""
    body: dict[str, Any] = ProgrammeVersion.objects.of(merchant_id).get(id=version_id).body
    return Programme.read(body)
