"""Locking wallets, in the order of their keys (law 10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wafa.core.ledger.wallet import Wallet
from wafa.core.snapshot import Snapshot
from wafa.store.ids import new_id
from wafa.store.loading.moved import WorldMovedError
from wafa.store.rows import array


@dataclass(slots=True)
class Wanted:
    """Which wallets to lock: by member, by id, or whatever is due."""

    members: set[UUID] = field(default_factory=set)
    ids: set[UUID] = field(default_factory=set)
    due: tuple[date, datetime] | None = None
    """Of all wallets, those where something is due: lots by the day, holds and pending points by the instant."""

    every_unit: bool = False
    """Whether the members' wallets in other units are wanted too."""

    units: set[tuple[UUID, str]] = field(default_factory=set)
    """Wallets in other units, by member."""

    absorbed: set[UUID] = field(default_factory=set)
    """Members who were merged into others, and may part from them now."""

    def __bool__(self) -> bool:
        return bool(self.members or self.ids or self.due or self.units)


_ROWS = """
    WITH asked AS MATERIALIZED (
        SELECT merchant_id, id FROM wallet
        WHERE merchant_id = %s AND member_id = ANY(%s::uuid[]) AND (unit = 'points' OR %s)
        UNION SELECT %s, unnest(%s::uuid[])
        UNION SELECT w.merchant_id, w.id FROM unnest(%s::uuid[], %s::text[]) AS u (member_id, unit)
        JOIN wallet w ON w.merchant_id = %s AND w.member_id = u.member_id AND w.unit = u.unit
    )
    SELECT w.id, member_id, available, pending, held, debt, qualifying, eligible_purchases, tier, sequence,
           posted_at, unit, below_since, status
    FROM asked JOIN wallet w ON w.merchant_id = asked.merchant_id AND w.id = asked.id
    ORDER BY w.id
"""

_DUE = """
    SELECT wallet_id FROM lot WHERE merchant_id = %s AND remaining > 0 AND expires_on < %s
    UNION SELECT wallet_id FROM lot WHERE merchant_id = %s AND pending AND available_at <= %s
    UNION SELECT wallet_id FROM hold WHERE merchant_id = %s AND is_open AND expires_at <= %s
"""


def make_missing(merchant_id: UUID, units: Iterable[tuple[UUID, str]]) -> None:
    """Wallets in other units are made when they are first asked for, before they are locked."""
    pairs = sorted(units)
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO wallet (merchant_id, id, member_id, unit, available, pending, held, debt, qualifying,
                                eligible_purchases, tier, sequence, status)
            SELECT %s, id, member_id, unit, 0, 0, 0, 0, 0, 0, '', 0, 'open'
            FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS wanted (id, member_id, unit)
            ON CONFLICT (merchant_id, member_id, unit) DO NOTHING
            """,
            [merchant_id, [new_id() for _ in pairs], [member for member, _ in pairs], [unit for _, unit in pairs]],
        )


def units_of(merchant_id: UUID, members: Iterable[UUID]) -> set[str]:
    """The units, besides points, in which some of the members have a wallet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT unit FROM wallet WHERE merchant_id = %s AND member_id = ANY(%s) AND unit <> 'points'",
            [merchant_id, list(members)],
        )
        return {unit for (unit,) in cursor.fetchall()}


def due(merchant_id: UUID, last_day: date, at: datetime) -> set[UUID]:
    """The wallets where something is due."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [merchant_id, last_day, merchant_id, at, merchant_id, at])
        return {wallet_id for (wallet_id,) in cursor.fetchall()}


def lock(merchant_id: UUID, snapshot: Snapshot, wanted: Wanted) -> None:
    """Lock them. Every member has one in points: it is made with the member."""
    _take(merchant_id, snapshot, wanted, f"{_ROWS} FOR UPDATE OF w")


def read(merchant_id: UUID, snapshot: Snapshot, wanted: Wanted) -> None:
    """Read them as they stand, for what will not be written."""
    _take(merchant_id, snapshot, wanted, _ROWS)


def _take(merchant_id: UUID, snapshot: Snapshot, wanted: Wanted, statement: str) -> None:
    if wanted.due:
        wanted.ids |= due(merchant_id, *wanted.due)
    if not wanted:
        return
    units = sorted(wanted.units)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                *(merchant_id, array(wanted.members), wanted.every_unit),
                *(merchant_id, array(wanted.ids)),
                *([member for member, _ in units], [unit for _, unit in units], merchant_id),
            ],
        )
        rows = cursor.fetchall()
    active = {known.id for known in snapshot.members.values() if known.status != "closed"}
    for *values, status in rows:
        wallet = Wallet(*values)
        wallet.draws_allowed = False
        wallet.is_closed = status == "closed"
        if status == "absorbed" and wallet.id not in wanted.ids and wallet.member_id not in wanted.absorbed:
            raise WorldMovedError(f"the member of wallet {wallet.id} has just been merged")
        if status == "closed" and wallet.member_id in active:
            raise WorldMovedError(f"the member of wallet {wallet.id} has just left")
        snapshot.wallets[wallet.member_id, wallet.unit] = wallet
