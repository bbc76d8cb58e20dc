"""Claiming document numbers: first of all locks, sorted, once for ever (laws 4 and 10)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey
from wafa.core.outcomes import Slip
from wafa.core.snapshot import KnownDocument
from wafa.store.ids import new_id


def claim(merchant_id: UUID, keys: Iterable[DocumentKey]) -> dict[DocumentKey, UUID]:
    """Claim the numbers that are free; answers those, with the identifiers that their documents will have.

    Another transaction that claims the same number at this moment is waited for.
    """
    wanted = {key: new_id() for key in sorted(set(keys))}
    if not wanted:
        return {}
    sources, periods, numbers = zip(*wanted, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO document_number (merchant_id, id, source, period, number)
            SELECT %s, id, source, period, number
            FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS wanted (id, source, period, number)
            ON CONFLICT (merchant_id, source, period, number) DO NOTHING
            RETURNING source, period, number, id
            """,
            [merchant_id, list(wanted.values()), list(sources), list(periods), list(numbers)],
        )
        return {(source, period, number): id for source, period, number, id in cursor.fetchall()}


def known(merchant_id: UUID, keys: Iterable[DocumentKey]) -> dict[DocumentKey, KnownDocument]:
    """The documents under numbers that were taken, with what was answered when they came."""
    taken = list(keys)
    if not taken:
        return {}
    sources, periods, numbers = zip(*taken, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.source, d.period, d.number, d.content_hash, d.id, d.anonymous_reason, e.points,
                   e.explanation::json, e.available_after, e.pending_after, e.held_after, e.debt_after, e.tier_after
            FROM document_number n
            JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id
            LEFT JOIN entry e ON e.merchant_id = d.merchant_id AND e.document_id = d.id
            WHERE n.merchant_id = %s
              AND (n.source, n.period, n.number) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
            """,
            [merchant_id, list(sources), list(periods), list(numbers)],
        )
        return {(row[0], row[1], row[2]): KnownDocument(bytes(row[3]), _slip(row[4:])) for row in cursor.fetchall()}


def _slip(row: tuple[object, ...]) -> Slip:
    id, anonymous_reason, points, explanation, available, pending, held, debt, tier = row
    if points is None:
        return Slip(id, anonymous_reason=anonymous_reason)  # type: ignore[arg-type]
    after = {"available": available, "pending": pending, "held": held, "debt": debt}
    return Slip(id, points, explanation, after, tier)  # type: ignore[arg-type]
