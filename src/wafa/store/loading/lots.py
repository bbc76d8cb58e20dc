"""Loading lots, and what has covered for them (law 6)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wafa.core.ledger import accounts
from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.wallet import Wallet
from wafa.store.rows import array


def load_lots(
    merchant_id: UUID,
    wallets: dict[UUID, Wallet],
    *,
    last_day: date,
    at: datetime,
    drawing: Iterable[UUID],
    documents: Iterable[UUID],
    ids: Iterable[UUID],
) -> dict[UUID, Lot]:
    """What is due in any of the wallets; all that is open in those that are drawn on; and what is named."""
    if not wallets:
        return {}
    mine = array(wallets)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (
                SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s::uuid[]) AND remaining > 0 AND expires_on < %s
                UNION SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s::uuid[]) AND pending AND available_at <= %s
                UNION SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s::uuid[]) AND remaining > 0
                UNION SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND document_id = ANY(%s::uuid[])
                UNION SELECT %s, unnest(%s::uuid[])
            )
            SELECT lot.wallet_id, lot.id, lot.document_id, coalesce(d.number, ''), lot.issuing_branch_id, lot.sequence,
                   lot.points, lot.remaining, lot.available_at, lot.expires_on, lot.expired, lot.answered, lot.held,
                   lot.covered, lot.pending, lot.idle_months, lot.origin_id
            FROM asked
            JOIN lot ON lot.merchant_id = asked.merchant_id AND lot.id = asked.id
            LEFT JOIN document d ON d.merchant_id = lot.merchant_id AND d.id = lot.document_id
            """,
            [
                *(merchant_id, mine, last_day),
                *(merchant_id, mine, at),
                *(merchant_id, array(drawing)),
                *(merchant_id, array(documents)),
                *(merchant_id, array(ids)),
            ],
        )
        rows = cursor.fetchall()
    lots = {}
    for wallet_id, *values in rows:
        lot = Lot(*values)
        lots[lot.id] = lot
        if wallet_id in wallets:
            wallets[wallet_id].lots.append(lot)
    return lots


CoverRow = tuple[UUID, UUID, UUID | None, str, int]
"""Wallet of the covered lot, the covered lot, the lot that the posting moves, account, points."""


def load_covers(merchant_id: UUID, wallets: Iterable[UUID]) -> list[CoverRow]:
    """The postings that covered for lots of these wallets, or undid it, in the order in which they were made."""
    of = list(wallets)
    if not of:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH covered AS MATERIALIZED (
                SELECT merchant_id, id, wallet_id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s) AND covered > 0
            )
            SELECT covered.wallet_id, p.for_lot_id, p.lot_id, p.account, p.points
            FROM covered
            JOIN posting p ON p.merchant_id = covered.merchant_id AND p.for_lot_id = covered.id
            JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id
            WHERE p.account IN ('available', 'pending', 'debt', 'forgiven', 'withheld')
            ORDER BY e.posted_at, p.id
            """,
            [merchant_id, of],
        )
        return [(row[0], row[1], row[2], row[3], row[4]) for row in cursor.fetchall()]


def lots_in(rows: Iterable[CoverRow]) -> set[UUID]:
    """The lots that covers speak of."""
    return {lot for _, covered, by, _, _ in rows for lot in (covered, by) if lot}


def put_covers(rows: Iterable[CoverRow], wallets: dict[UUID, Wallet], lots: dict[UUID, Lot]) -> None:
    """Covers as they stand, from the postings that made them: the same as moving in memory would have left them.

    A posting out of an account covers; one into it undoes: debt the oldest first where a lot pays it, else the newest.
    """
    for wallet_id, covered, by, account, points in rows:
        covers = wallets[wallet_id].covers
        lot = lots[covered]
        giver = lots[by] if by and account in (accounts.AVAILABLE, accounts.PENDING) else None
        name = accounts.AVAILABLE if giver else account
        if points < 0:
            covers.append(Cover(lot, giver, name, -points))
            continue
        pays = by is not None and account == accounts.DEBT
        of_kind = [each for each in covers if each.lot is lot and each.by is giver and each.account == name]
        for cover in of_kind if pays else reversed(of_kind):
            undone = min(points, cover.points)
            cover.points -= undone
            points -= undone
            if not cover.points:
                covers.remove(cover)
