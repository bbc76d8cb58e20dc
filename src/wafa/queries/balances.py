"""Balances: one row a member, at the merchant's clock or at any moment of the past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from wafa.store.models import Merchant

ROWS_A_FETCH = 2000


@dataclass(frozen=True, slots=True)
class Balance:
    """What one member holds, and how it came about. All in points but for `member`, their number, and `tier`.

    `available` is what could be spent at that moment, whether or not a job has run: lots whose last day had passed
    are left out, and counted as expired. `accrued` is gross; `clawed_back` leaves out what had already expired.
    So accrued - clawed_back - redeemed - expired = available + pending + held - debt.
    """

    member: str
    available: int
    pending: int
    held: int
    debt: int
    accrued: int
    clawed_back: int
    redeemed: int
    expired: int
    qualifying: int
    tier: str


_BALANCES = """
    WITH counted AS (
        SELECT e.wallet_id, p.account, p.lot_id, p.points
        FROM entry e JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s AND e.posted_at <= %(at)s
    ), sums AS (
        SELECT wallet_id,
               sum(points) FILTER (WHERE account = 'available') AS available,
               sum(points) FILTER (WHERE account = 'pending') AS pending,
               sum(points) FILTER (WHERE account = 'held') AS held,
               -sum(points) FILTER (WHERE account = 'debt') AS debt,
               -sum(points) FILTER (WHERE account = 'issued') AS accrued,
               sum(points) FILTER (WHERE account = 'clawed_back') AS clawed_back,
               sum(points) FILTER (WHERE account = 'redeemed') AS redeemed,
               sum(points) FILTER (WHERE account = 'expired') AS expired,
               sum(points) FILTER (WHERE account = 'qualifying') AS qualifying
        FROM counted GROUP BY wallet_id
    ), lapsed AS (
        SELECT counted.wallet_id, sum(counted.points) AS points
        FROM counted JOIN lot ON lot.merchant_id = %(merchant)s AND lot.id = counted.lot_id
        WHERE counted.account = 'available' AND lot.expires_on < %(today)s
        GROUP BY counted.wallet_id
    ), standing AS (
        SELECT DISTINCT ON (wallet_id) wallet_id, tier_after
        FROM entry WHERE merchant_id = %(merchant)s AND posted_at <= %(at)s
        ORDER BY wallet_id, sequence DESC
    )
    SELECT m.number,
           (coalesce(s.available, 0) - coalesce(l.points, 0))::bigint, coalesce(s.pending, 0)::bigint,
           coalesce(s.held, 0)::bigint, coalesce(s.debt, 0)::bigint, coalesce(s.accrued, 0)::bigint,
           coalesce(s.clawed_back, 0)::bigint, coalesce(s.redeemed, 0)::bigint,
           (coalesce(s.expired, 0) + coalesce(l.points, 0))::bigint, coalesce(s.qualifying, 0)::bigint,
           coalesce(t.tier_after, '')
    FROM member m
    JOIN wallet w ON w.merchant_id = m.merchant_id AND w.member_id = m.id AND w.unit = 'points'
    LEFT JOIN sums s ON s.wallet_id = w.id
    LEFT JOIN lapsed l ON l.wallet_id = w.id
    LEFT JOIN standing t ON t.wallet_id = w.id
    WHERE m.merchant_id = %(merchant)s AND m.enrolled_at <= %(at)s
    ORDER BY m.number COLLATE "C"
"""


def balances(merchant: Merchant, at: datetime | None = None) -> Iterator[Balance]:
    """Every member who had joined by then, in the order of their numbers; memory does not grow with them."""
    instant = at or merchant.now()
    today = instant.astimezone(merchant.zone).date()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_BALANCES, {"merchant": merchant.id, "at": instant, "today": today})
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                yield Balance(*row)
