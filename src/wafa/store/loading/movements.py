"""Loading earlier entries that commands name: redemptions, holds, merges; and the holds that are open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Hold, Wallet
from wafa.core.snapshot import Movement

Draw = tuple[UUID, int]
"""A lot, and how many points were drawn from it."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that a command names, as it stands in the database."""

    id: UUID
    kind: str
    wallet_id: UUID
    posted_at: datetime
    explanation: dict[str, Any]
    is_answered: bool
    draws: list[Draw]
    wallets: list[UUID]
    """Where its lots are now."""

    def wallets_concerned(self) -> set[UUID]:
        """All that an answer to it may move."""
        return {self.wallet_id, *self.wallets}


def find_named(merchant_id: UUID, ids: Iterable[UUID]) -> list[Named]:
    """The entries under these ids, with what they drew and where that is now."""
    wanted = list(ids)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS id)
            SELECT e.id, e.kind, coalesce(h.wallet_id, e.wallet_id), e.posted_at, e.explanation::json,
                   EXISTS (SELECT FROM entry a WHERE a.merchant_id = e.merchant_id AND a.of_id = e.id
                           AND a.kind IN ('cancellation', 'unmerge_out')),
                   (SELECT json_agg(json_build_array(p.lot_id, p.points) ORDER BY p.id)
                    FROM posting p WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id
                      AND p.account IN ('redeemed', 'held') AND p.points > 0),
                   (SELECT json_agg(DISTINCT l.wallet_id)
                    FROM posting p JOIN lot l ON l.merchant_id = p.merchant_id AND l.id = p.lot_id
                    WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id AND p.points > 0)
            FROM asked
            JOIN entry e ON e.merchant_id = asked.merchant_id AND e.id = asked.id
            LEFT JOIN hold h ON h.merchant_id = e.merchant_id AND h.id = e.id
            """,
            [merchant_id, wanted],
        )
        return [_named(row) for row in cursor.fetchall()]


def _named(row: tuple[Any, ...]) -> Named:
    id, kind, wallet_id, posted_at, explanation, is_answered, draws, wallets = row
    places = sorted(UUID(each) for each in wallets or ())
    return Named(id, kind, wallet_id, posted_at, explanation, is_answered, _draws(draws), places)


def is_moved_on(merchant_id: UUID, merge: Named) -> bool:
    """Whether the survivor of a merge has been merged into another since, or the absorbed one is elsewhere by now."""
    undo = merge.explanation.get("undo", {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT survivor_id FROM member WHERE merchant_id = %s AND id = %s",
            [merchant_id, undo.get("member_id")],
        )
        row = cursor.fetchone()
    return row is None or str(row[0]) != undo.get("into_id")


def load_holds(merchant_id: UUID, wallets: Iterable[UUID]) -> list[tuple[UUID, Hold, list[Draw]]]:
    """The open holds of wallets, each with its wallet and its draws."""
    of = list(wallets)
    if not of:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT h.wallet_id, h.id, h.points, h.expires_at,
                   (SELECT json_agg(json_build_array(p.lot_id, p.points) ORDER BY p.id)
                    FROM posting p WHERE p.merchant_id = h.merchant_id AND p.entry_id = h.id
                      AND p.account = 'held' AND p.points > 0)
            FROM hold h WHERE h.merchant_id = %s AND h.is_open AND h.wallet_id = ANY(%s)
            """,
            [merchant_id, of],
        )
        return [(row[0], Hold(row[1], row[2], row[3], []), _draws(row[4])) for row in cursor.fetchall()]


def put_holds(
    found: Iterable[tuple[UUID, Hold, list[Draw]]], wallets: dict[UUID, Wallet], lots: dict[UUID, Lot]
) -> None:
    """Give each hold its lots, and each wallet its holds."""
    for wallet_id, hold, draws in found:
        hold.draws = [(lots[lot_id], points) for lot_id, points in draws]
        wallets[wallet_id].holds.append(hold)


def as_movement(named: Named, wallets: dict[UUID, Wallet], lots: dict[UUID, Lot]) -> Movement:
    """The same for the core."""
    draws = [(lots[lot_id], points) for lot_id, points in named.draws]
    wallet = wallets[named.wallet_id]
    return Movement(named.id, named.kind, wallet, named.posted_at, named.explanation, draws, named.is_answered)


def _draws(rows: list[list[Any]] | None) -> list[Draw]:
    return [(UUID(lot), points) for lot, points in rows or ()]
