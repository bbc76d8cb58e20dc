"""Balances: one row a member, at the merchant's clock or at any moment of the past."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.ledger.wallet import POINTS
from wafa.queries.merged import ABSORBED
from wafa.queries.moment import one_moment
from wafa.queries.past import settled, wallets_at
from wafa.store.models import Merchant

ROWS_A_FETCH = 1000


@dataclass(frozen=True, slots=True)
class Balance:
    """What one member holds in one unit, and how it came about. All in points (of a money unit: in minor units) but
    for `member`, their number, and `tier`.

    `available` is what could be spent at that moment, whether or not a job has run: lots whose last day had passed are
    left out, and counted as expired; pending points whose time had come, and what holds that had run out gave back, are
    in it. `accrued` is gross; `clawed_back` leaves out what had already expired. `brought` came from an old programme,
    `adjusted` and `transferred` are net (below zero: more went than came), `charged` were fees, `forfeited` was left
    behind by leaving. `forgiven` and `withheld` are points that were clawed back and nowhere to be found: the programme
    bore the loss, or the till kept money for them.

    What came less what went is what is there:
    accrued + brought + adjusted + transferred + forgiven + withheld - clawed_back - redeemed - expired - charged
    - forfeited = available + pending + held - debt.

    Who had been merged into another by then has no row: the survivor's is about both.
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
    brought: int
    adjusted: int
    transferred: int
    charged: int
    forfeited: int
    forgiven: int
    withheld: int
    qualifying: int
    tier: str


_ACCOUNTS = {
    "available": 1,
    "pending": 1,
    "held": 1,
    "debt": -1,
    "issued": -1,
    "clawed_back": 1,
    "redeemed": 1,
    "expired": 1,
    "brought": -1,
    "adjusted": -1,
    "transferred": -1,
    "charged": 1,
    "forfeited": 1,
    "forgiven": -1,
    "withheld": -1,
    "qualifying": 1,
}
"""The accounts in the order of the figures, each with the sign that its points are told with."""

_SUMS = ", ".join(f"sum(p.points) FILTER (WHERE p.account = '{account}') AS {account}" for account in _ACCOUNTS)
_FIGURES = ", ".join(f"coalesce({'-' if sign < 0 else ''}s.{name}, 0)::bigint" for name, sign in _ACCOUNTS.items())

# A lot in a wallet in which nothing was booked after the instant is now as it was then. Where an expiry tells of a last
# day that lies after it, the lot's last day has moved on since: whether it had lapsed is looked at more closely.
_BALANCES = f"""
    WITH RECURSIVE {ABSORBED}, whose AS (
        SELECT w.id AS wallet_id, coalesce(a.into_id, w.member_id) AS member_id
        FROM wallet w LEFT JOIN absorbed a ON a.member_id = w.member_id
        WHERE w.merchant_id = %(merchant)s AND w.unit = %(unit)s
    ), sums AS (
        SELECT whose.member_id, {_SUMS}
        FROM entry e
        JOIN whose ON whose.wallet_id = e.wallet_id
        JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s AND e.posted_at <= %(at)s
        GROUP BY whose.member_id
    ), candidate AS (
        SELECT lot.id, lot.expires_on < %(today)s AS lapsed, coalesce(lot.available_at <= %(at)s, false) AS arrived
        FROM lot JOIN wallet w ON w.merchant_id = lot.merchant_id AND w.id = lot.wallet_id
        WHERE lot.merchant_id = %(merchant)s AND w.unit = %(unit)s
          AND (lot.expires_on < %(today)s AND (lot.remaining > 0 OR w.posted_at > %(at)s)
               OR lot.available_at <= %(at)s AND (lot.pending OR w.posted_at > %(at)s))
    ), stood AS (
        SELECT e.wallet_id, bool_or(c.lapsed) AS lapsed, bool_or(c.arrived) AS arrived, sum(p.points) AS remaining,
               coalesce(sum(p.points) FILTER (WHERE p.account = 'pending'), 0) AS pending
        FROM candidate c
        JOIN posting p ON p.merchant_id = %(merchant)s AND p.lot_id = c.id AND p.account IN ('available', 'pending')
        JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id AND e.posted_at <= %(at)s
        GROUP BY e.wallet_id, c.id
    ), due AS (
        SELECT wallet_id FROM stood WHERE remaining > 0 AND lapsed OR pending > 0 AND arrived
        UNION
        SELECT e.wallet_id
        FROM entry e
        JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id AND p.account = 'expired'
        JOIN lot ON lot.merchant_id = p.merchant_id AND lot.id = p.lot_id
        WHERE e.merchant_id = %(merchant)s AND e.posted_at > %(at)s AND e.kind = 'expiry'
          AND lot.expires_on >= (e.posted_at AT TIME ZONE %(zone)s)::date
        UNION
        SELECT e.wallet_id
        FROM hold JOIN entry e ON e.merchant_id = hold.merchant_id AND e.id = hold.id
        WHERE hold.merchant_id = %(merchant)s AND hold.expires_at <= %(at)s AND e.posted_at <= %(at)s
          AND NOT EXISTS (
              SELECT FROM entry closing WHERE closing.merchant_id = e.merchant_id AND closing.of_id = e.id
                AND closing.kind IN ('capture', 'release') AND closing.posted_at <= %(at)s)
    ), unsettled AS (
        SELECT DISTINCT whose.member_id FROM due JOIN whose ON whose.wallet_id = due.wallet_id
    ), standing AS (
        SELECT DISTINCT ON (wallet_id) wallet_id, tier_after
        FROM entry WHERE merchant_id = %(merchant)s AND posted_at <= %(at)s
        ORDER BY wallet_id, sequence DESC
    )
    SELECT w.id, u.member_id IS NOT NULL, m.number, coalesce(t.tier_after, ''), {_FIGURES}
    FROM member m
    JOIN wallet w ON w.merchant_id = m.merchant_id AND w.member_id = m.id AND w.unit = %(unit)s
    LEFT JOIN sums s ON s.member_id = m.id
    LEFT JOIN unsettled u ON u.member_id = m.id
    LEFT JOIN standing t ON t.wallet_id = w.id
    WHERE m.merchant_id = %(merchant)s AND m.enrolled_at <= %(at)s
      AND NOT EXISTS (SELECT FROM absorbed WHERE absorbed.member_id = m.id)
    ORDER BY m.number COLLATE "C"
"""  # noqa: S608


def balances(merchant: Merchant, at: datetime | None = None, unit: str = POINTS) -> Iterator[Balance]:
    """Every member who had joined by then, in the order of their numbers; memory does not grow with them.

    In a unit other than points, every member who has ever had some of it.
    """
    instant = at or merchant.now()
    today = instant.astimezone(merchant.zone).date()
    asked: dict[str, Any] = {"merchant": merchant.id, "at": instant, "today": today, "unit": unit}
    asked["zone"] = merchant.time_zone
    with one_moment(), connection.chunked_cursor() as cursor:
        cursor.execute(_BALANCES, asked)
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            yield from _settled(merchant, rows, instant)


def _settled(merchant: Merchant, rows: Sequence[tuple[Any, ...]], at: datetime) -> Iterator[Balance]:
    """The rows with what was due by then and had not been booked."""
    unbooked = _unbooked(merchant, [wallet_id for wallet_id, is_due, *_ in rows if is_due], at)
    for wallet_id, _, member, tier, *booked in rows:
        moved = unbooked.get(wallet_id, Counter())
        told: list[Any] = [member]
        told += [figure + sign * moved[name] for figure, (name, sign) in zip(booked, _ACCOUNTS.items(), strict=True)]
        told.append(tier)
        yield Balance(*told)


def _unbooked(merchant: Merchant, wallets: Sequence[UUID], at: datetime) -> dict[UUID, Counter[str]]:
    """By how much each account of wallets would change if all that was due were booked."""
    found: dict[UUID, Counter[str]] = {}
    for id, wallet in wallets_at(merchant, wallets, at).items():
        found[id] = Counter()
        for entry in settled(merchant, wallet, at):
            for posting in entry.postings:
                found[id][posting.account] += posting.points
    return found
