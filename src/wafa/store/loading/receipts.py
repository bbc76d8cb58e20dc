"""Loading the receipts that returns are about: those they name, and those that may still hold an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import HeldAward, Receipt, Sale, SoldLine, share_out
from wafa.store.loading.asked import Returning


@dataclass(slots=True)
class Wanted:
    """So much of one item comes back from one member, by returns between these two instants."""

    quantity_milli: int
    earliest: datetime
    latest: datetime


def find_named(merchant_id: UUID, locked: Iterable[UUID]) -> dict[DocumentKey, tuple[UUID, UUID | None]]:
    """The receipts under numbers that are locked: (document, member) of each. It may just have changed hands."""
    ids = list(locked)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source, period, number, id, member_id FROM document "
            "WHERE merchant_id = %s AND id = ANY(%s) AND kind IN ('purchase', 'exchange')",
            [merchant_id, ids],
        )
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in cursor.fetchall()}


def wanted_of(returns: Iterable[tuple[UUID, Returning]]) -> dict[tuple[UUID, str], Wanted]:
    """What the returns of a batch ask for, by member and item."""
    wanted: dict[tuple[UUID, str], Wanted] = {}
    for member_id, command in returns:
        for line in command.came_back:
            key = (member_id, line.item)
            known = wanted.get(key)
            if known is None:
                wanted[key] = Wanted(line.quantity_milli, command.occurred_at, command.occurred_at)
            else:
                known.quantity_milli += line.quantity_milli
                known.earliest = min(known.earliest, command.occurred_at)
                known.latest = max(known.latest, command.occurred_at)
    return wanted


def wanted_whole(wanted: dict[tuple[UUID, str], Wanted], members: Iterable[UUID]) -> dict[tuple[UUID, str], Wanted]:
    """Every receipt that holds one of the items, of any of these members.

    For a batch in which receipts pass from one to another, or are voided: what a return finds then, nobody knows yet.
    """
    latest: dict[str, datetime] = {}
    for (_, item), each in wanted.items():
        latest[item] = max(latest.get(item, each.latest), each.latest)
    return {(member, item): Wanted(_ALL, last, last) for member in members for item, last in latest.items()}


_ALL = 2**62
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
        WHERE NOT l.is_returned AND d.occurred_at <= w.latest AND l.returned_milli < l.quantity_milli
    ), chosen AS MATERIALIZED (
        SELECT merchant_id, document_id FROM holding WHERE coalesce(covered, 0) < quantity OR occurred_at > earliest
        UNION SELECT %s, unnest(%s::uuid[])
    )
    SELECT d.id, d.source, d.period, d.number, d.member_id, d.occurred_at, d.branch_id,
           e.sequence, e.programme_version_id, e.context::json,
           (SELECT count(*) FROM entry t WHERE t.merchant_id = d.merchant_id AND t.document_id = d.id),
           EXISTS (SELECT FROM document v WHERE v.merchant_id = d.merchant_id AND v.receipt_id = d.id
                   AND v.kind = 'void'),
           (SELECT json_agg(json_build_array(
                       l.id, l.position, l.item, l.quantity_milli, l.amount_minor, l.returned_milli, l.unit_price_micro,
                       coalesce(l.discount_minor, 0) > 0, coalesce(l.tax_minor, 0), coalesce(l.discount_minor, 0),
                       l.tags
                   ) ORDER BY l.position)
            FROM document_line l
            WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id AND NOT l.is_returned) AS lines,
           (SELECT json_agg(json_build_array(
                       a.id, a.rule, a.qualifying, a.first_points, a.held_points, a.lot_id
                   ) ORDER BY a.id)
            FROM award a
            WHERE a.merchant_id = d.merchant_id AND a.document_id = d.id AND a.entry_id = e.id) AS awards,
           coalesce(d.tax_minor, 0), coalesce(d.discount_minor, 0), d.channel, d.tags, d.payments::json,
           (SELECT code FROM branch b WHERE b.merchant_id = d.merchant_id AND b.id = d.branch_id), e.id
    FROM chosen
    JOIN document d ON d.merchant_id = chosen.merchant_id AND d.id = chosen.document_id
    LEFT JOIN LATERAL (
        -- The entry that credits it to its member now: it may have been moved from another one.
        SELECT * FROM entry c
        WHERE c.merchant_id = d.merchant_id AND c.document_id = d.id AND c.kind IN ('accrual', 'claim')
          AND d.member_id IS NOT NULL
        ORDER BY c.turn DESC LIMIT 1
    ) AS e ON true
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
    id, source, period, number, member_id, occurred_at, branch_id, sequence, version_id, context = row[:10]
    turn, is_void, lines, awards, tax_minor, discount_minor, channel, tags, payments, branch, credited_by = row[10:]
    receipt = Receipt(
        id=id,
        number=number,
        member_id=member_id,
        occurred_at=occurred_at,
        sequence=sequence or 0,
        version_id=version_id,
        context=context,
        lines=[SoldLine.of(line) for line in lines or ()],
        awards=[HeldAward(UUID(award[0]), award[1], award[2], award[3], award[4], None) for award in awards or ()],
        branch_id=branch_id,
        turn=turn,
        is_void=is_void,
        sale=Sale(branch, channel, tuple(tags), tuple((each["method"], each["amount_minor"]) for each in payments)),
        credited_by=credited_by,
    )
    share_out(receipt.lines, tax_minor, discount_minor)
    lots = {UUID(award[0]): UUID(award[5]) for award in awards or () if award[5]}
    return (source, period, number), receipt, lots


def put_lots(receipt: Receipt, lot_of: dict[UUID, UUID], lots: dict[UUID, Lot]) -> None:
    """Give each award its lot."""
    for award in receipt.awards:
        lot_id = lot_of.get(award.id)
        award.lot = lots[lot_id] if lot_id else None
