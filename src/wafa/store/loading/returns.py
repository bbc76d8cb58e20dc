"""Loading returns that were counted: those to be cancelled, and those that wait for their receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey
from wafa.core.ledger.receipt import CountedReturn, Receipt, ReturnedPart
from wafa.core.outcomes import CameBack
from wafa.core.snapshot import WaitingReturn
from wafa.store.loading.claims import KEYS, columns


@dataclass(frozen=True, slots=True)
class Counted:
    """A return as it stands: matches are (returned line, sold line, receipt, quantity)."""

    key: DocumentKey
    id: UUID
    is_cancelled: bool
    matches: list[tuple[str, str, UUID, int]]


def find_returns(merchant_id: UUID, keys: Iterable[DocumentKey]) -> list[Counted]:
    """The returns under these numbers, which are locked."""
    wanted = sorted(set(keys))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT d.source, d.period, d.number, d.id,
                   EXISTS (SELECT FROM document c WHERE c.merchant_id = d.merchant_id AND c.receipt_id = d.id
                           AND c.kind = 'cancel_return'),
                   (SELECT json_agg(json_build_array(x.returned_line_id, x.sold_line_id, s.document_id,
                                                     x.quantity_milli) ORDER BY x.id)
                    FROM document_line l
                    JOIN return_match x ON x.merchant_id = l.merchant_id AND x.returned_line_id = l.id
                    JOIN document_line s ON s.merchant_id = x.merchant_id AND s.id = x.sold_line_id
                    WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id)
            FROM document_number n
            JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id AND d.kind IN ('return', 'exchange')
            WHERE n.merchant_id = %s AND (n.source, n.period, n.number) IN {KEYS}
            """,  # noqa: S608
            [merchant_id, *columns(wanted)],
        )
        return [Counted((row[0], row[1], row[2]), row[3], row[4], _matches(row[5])) for row in cursor.fetchall()]


def receipts_of(counted: Iterable[Counted]) -> set[UUID]:
    """The receipts that returns are about."""
    return {receipt for each in counted for _, _, receipt, _ in each.matches}


def as_counted(counted: Counted, receipts: Mapping[UUID, Receipt]) -> CountedReturn:
    """The same for the core."""
    parts = []
    for returned_line, sold_line, receipt_id, quantity in counted.matches:
        receipt = receipts[receipt_id]
        sold = next(line for line in receipt.lines if line.id == sold_line)
        parts.append(ReturnedPart(receipt, sold, quantity, returned_line))
    return CountedReturn(counted.id, parts, counted.is_cancelled)


def load_waiting(merchant_id: UUID, awaited: Mapping[DocumentKey, UUID]) -> dict[DocumentKey, list[WaitingReturn]]:
    """Returns that wait for receipts which this batch may bring, in the order in which they came."""
    if not awaited:
        return {}
    key_of = {id: key for key, id in awaited.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.receipt_id, d.id, d.source, d.period, d.number, d.occurred_at,
                   (SELECT json_agg(json_build_array(l.id, l.item, l.quantity_milli) ORDER BY l.position)
                    FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.id)
            FROM document d
            WHERE d.merchant_id = %s AND d.receipt_id = ANY(%s) AND d.kind = 'return'
              AND NOT EXISTS (SELECT FROM document c WHERE c.merchant_id = d.merchant_id AND c.receipt_id = d.id
                              AND c.kind = 'cancel_return')
            ORDER BY d.posted_at, d.id
            """,
            [merchant_id, list(key_of)],
        )
        waiting: dict[DocumentKey, list[WaitingReturn]] = {}
        for receipt_id, id, source, period, number, occurred_at, lines in cursor.fetchall():
            came_back = tuple(CameBack(*line) for line in lines)
            each = WaitingReturn(id, (source, period, number), occurred_at, came_back)
            waiting.setdefault(key_of[receipt_id], []).append(each)
        return waiting


def _matches(rows: list[list[Any]] | None) -> list[tuple[str, str, UUID, int]]:
    return [(line, sold, UUID(receipt), quantity) for line, sold, receipt, quantity in rows or ()]
