"""Locking the numbers that a batch names: all of them at once, in the order of their ids (law 10)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey
from wafa.store.loading.claims import KEYS, columns
from wafa.store.rows import array


def lock(
    merchant_id: UUID, awaited: Iterable[UUID], named: Iterable[DocumentKey], returns: Iterable[DocumentKey]
) -> set[UUID]:
    """Lock receipts that are awaited, documents that are named, and the receipts that named returns are about.

    The lock is on the number, so that also those take turns who have no wallet in common: of two who bring a receipt
    that is awaited, or return goods of an anonymous one, or cancel a return while its receipt comes, one waits here for
    the other. What a number stands for is read afterwards.
    """
    ids, keys, about = list(awaited), sorted(set(named)), sorted(set(returns))
    if not ids and not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH named AS MATERIALIZED (
                SELECT n.id FROM document_number n
                WHERE n.merchant_id = %s AND (n.source, n.period, n.number) IN {KEYS}
            ), returns AS MATERIALIZED (
                SELECT d.merchant_id, d.id, d.receipt_id FROM document_number n
                JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id
                WHERE n.merchant_id = %s AND (n.source, n.period, n.number) IN {KEYS}
            ), wanted AS MATERIALIZED (
                SELECT id FROM named
                UNION SELECT unnest(%s::uuid[])
                UNION SELECT receipt_id FROM returns
                UNION SELECT s.document_id FROM returns r
                JOIN document_line l ON l.merchant_id = r.merchant_id AND l.document_id = r.id
                JOIN return_match x ON x.merchant_id = l.merchant_id AND x.returned_line_id = l.id
                JOIN document_line s ON s.merchant_id = x.merchant_id AND s.id = x.sold_line_id
            )
            SELECT n.id FROM document_number n
            WHERE n.merchant_id = %s AND n.id IN (SELECT id FROM wanted) ORDER BY n.id FOR UPDATE OF n
            """,  # noqa: S608
            [merchant_id, *columns(keys), merchant_id, *columns(about), array(ids), merchant_id],
        )
        return {id for (id,) in cursor.fetchall()}
