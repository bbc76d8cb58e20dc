"""Loading the receipts that returns are about: those they name, and those that may still hold an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey, RecordReturn
from wafa.core.ledger.wallet import HeldAward, Lot, Receipt, SoldLine


@dataclass(slots=True)
class Wanted:
    """So much of one item comes back from one member, by returns between these two instants."""

    quantity_milli: int
    earliest: datetime
    latest: datetime


def lock_named(merchant_id: UUID, keys: Iterable[DocumentKey]) -> dict[DocumentKey, tuple[UUID, UUID | None]]:
    """Lock the receipts that returns name, in the order of their keys; answers (document, member) of each.

    The lock is on the number, so that returns of an anonymous receipt, which has no wallet, also take turns.
    """
    named = sorted(set(keys))
    if not named:
        return {}
    sources, periods, numbers = zip(*named, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT n.source, n.period, n.number, n.id, d.member_id
            FROM document_number n
            JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id AND d.kind = 'purchase'
            WHERE n.merchant_id = %s
              AND (n.source, n.period, n.number) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
            ORDER BY n.id FOR UPDATE OF n
            """,
            [merchant_id, list(sources), list(periods), list(numbers)],
        )
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in cursor.fetchall()}


def wanted_of(returns: Iterable[tuple[UUID, RecordReturn]]) -> dict[tuple[UUID, str], Wanted]:
    """What the returns of a batch ask for, by member and item."""
    wanted: dict[tuple[UUID, str], Wanted] = {}
    for member_id, command in returns:
        for line in command.lines:
            key = (member_id, line.item)
            known = wanted.get(key)
            if known is None:
                wanted[key] = Wanted(line.quantity_milli, command.occurred_at, command.occurred_at)
            else:
                known.quantity_milli += line.quantity_milli
                known.earliest = min(known.earliest, command.occurred_at)
                known.latest = max(known.latest, command.occurred_at)
    return wanted


_CANDIDATES = """
    WITH wanted AS MATERIALIZED (
        SELECT %s::uuid AS merchant_id, *
        FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[], %s::timestamptz[])
            AS wanted (member_id, item, quantity, earliest, latest)
    ), holding AS (
        -- `covered`: how much of the item the receipts later than this one hold, among those that every return
        -- of the batch may use. Once that is enough, earlier receipts are not needed.
        SELECT l.merchant_id, l.document_id, d.occurred_at, w.quantity, w.earliest,
               sum(l.quantity_milli - l.returned_milli) FILTER (WHERE d.occurred_at <= w.earliest) OVER (
                   PARTITION BY w.member_id, w.item ORDER BY d.occurred_at DESC
                   GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
               ) AS covered
        FROM wanted w
        JOIN document_line l ON l.merchant_id = w.merchant_id AND l.member_id = w.member_id AND l.item = w.item
        JOIN document d ON d.merchant_id = l.merchant_id AND d.id = l.document_id
        WHERE d.kind = 'purchase' AND d.occurred_at <= w.latest AND l.returned_milli < l.quantity_milli
    ), chosen AS MATERIALIZED (
        SELECT merchant_id, document_id FROM holding WHERE coalesce(covered, 0) < quantity OR occurred_at > earliest
        UNION SELECT %s, unnest(%s::uuid[])
    )
    SELECT d.id, d.source, d.period, d.number, d.member_id, d.occurred_at,
           e.sequence, e.programme_version_id, e.context::json,
           (SELECT json_agg(json_build_array(
                       l.id, l.position, l.item, l.quantity_milli, l.amount_minor, l.returned_milli, l.unit_price_micro
                   ) ORDER BY l.position)
            FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id) AS lines,
           (SELECT json_agg(json_build_array(
                       a.id, a.rule, a.qualifying, a.first_points, a.held_points, a.lot_id
                   ) ORDER BY a.id)
            FROM award a WHERE a.merchant_id = d.merchant_id AND a.document_id = d.id) AS awards
    FROM chosen
    JOIN document d ON d.merchant_id = chosen.merchant_id AND d.id = chosen.document_id
    LEFT JOIN entry e ON e.merchant_id = d.merchant_id AND e.document_id = d.id
"""


def candidates(
    merchant_id: UUID, wanted: dict[tuple[UUID, str], Wanted], named: Sequence[UUID]
) -> list[tuple[DocumentKey, Receipt, dict[UUID, UUID]]]:
    """The receipts that may be returned to: each with its key, and the lot of each award that has one."""
    if not wanted and not named:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            [
                merchant_id,
                [member_id for member_id, _ in wanted],
                [item for _, item in wanted],
                [each.quantity_milli for each in wanted.values()],
                [each.earliest for each in wanted.values()],
                [each.latest for each in wanted.values()],
                merchant_id,
                list(named),
            ],
        )
        return [_receipt(row) for row in cursor.fetchall()]


def _receipt(row: tuple[Any, ...]) -> tuple[DocumentKey, Receipt, dict[UUID, UUID]]:
    id, source, period, number, member_id, occurred_at, sequence, version_id, context, lines, awards = row
    receipt = Receipt(
        id=id,
        number=number,
        member_id=member_id,
        occurred_at=occurred_at,
        sequence=sequence or 0,
        version_id=version_id,
        context=context,
        lines=[SoldLine(*line) for line in lines],
        awards=[HeldAward(UUID(award[0]), award[1], award[2], award[3], award[4], None) for award in awards or ()],
    )
    lots = {UUID(award[0]): UUID(award[5]) for award in awards or () if award[5]}
    return (source, period, number), receipt, lots


def put_lots(receipt: Receipt, lot_of: dict[UUID, UUID], lots: dict[UUID, Lot]) -> None:
    """Give each award its lot."""
    for award in receipt.awards:
        lot_id = lot_of.get(award.id)
        award.lot = lots[lot_id] if lot_id else None
