"""Claiming document numbers: first of all locks, sorted, once for ever (laws 4 and 10)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from wafa.core.commands import DocumentKey
from wafa.core.outcomes import Slip
from wafa.core.snapshot import KnownDocument
from wafa.store.counting_lock import SHARED
from wafa.store.ids import new_id
from wafa.store.rows import array, text_array

KEYS = "(SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))"
"""The keys of a statement, as `columns` gives them."""


def columns(keys: Iterable[DocumentKey]) -> list[str]:
    """Sources, periods and numbers, each an array."""
    return [text_array(column) for column in zip(*keys, strict=True)] or ["{}"] * 3


def claim(merchant_id: UUID, keys: Iterable[DocumentKey]) -> dict[DocumentKey, UUID]:
    """Claim the numbers that are free; answers those, with the identifiers that their documents will have.

    Another transaction that claims the same number at this moment is waited for; so is one that publishes rules, also
    where there is nothing to claim.
    """
    wanted = {key: new_id() for key in sorted(set(keys))}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH counting AS MATERIALIZED (SELECT {SHARED}), claimed AS (
                INSERT INTO document_number (merchant_id, id, source, period, number)
                SELECT %s, id, source, period, number
                FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS wanted (id, source, period, number)
                ON CONFLICT (merchant_id, source, period, number) DO NOTHING
                RETURNING source, period, number
            )
            SELECT claimed.* FROM counting LEFT JOIN claimed ON true
            """,  # noqa: S608
            [merchant_id, merchant_id, array(wanted.values()), *columns(wanted)],
        )
        return {key: wanted[key] for key in cursor.fetchall() if key in wanted}


def known(
    merchant_id: UUID, keys: set[DocumentKey]
) -> tuple[dict[DocumentKey, KnownDocument], dict[DocumentKey, UUID]]:
    """The documents under numbers that were taken, with what was answered when they came; and the numbers awaited.

    Awaited is a number that a return has named before its receipt came.
    """
    if not keys:
        return {}, {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT n.source, n.period, n.number, n.id, d.content_hash, d.anonymous_reason,
                   CASE WHEN d.waited THEN r.number END, said.*
            FROM document_number n
            LEFT JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id
            LEFT JOIN document_number r ON r.merchant_id = d.merchant_id AND r.id = d.receipt_id
            LEFT JOIN LATERAL (
                SELECT json_agg(e.explanation ORDER BY e.turn), sum(e.points)::bigint,
                       (array_agg(json_build_array(e.available_after, e.pending_after, e.held_after, e.debt_after)
                                  ORDER BY e.turn DESC))[1],
                       (array_agg(e.tier_after ORDER BY e.turn DESC))[1],
                       (array_agg(e.programme_version_id ORDER BY e.turn))[1]
                FROM entry e
                WHERE e.merchant_id = d.merchant_id AND e.document_id = d.id
                  AND e.kind IN ('accrual', 'clawback', 'reinstatement')
            ) AS said (explanations, points, after, tier, version_id) ON true
            WHERE n.merchant_id = %s AND (n.source, n.period, n.number) IN {KEYS}
            """,  # noqa: S608
            [merchant_id, *columns(keys)],
        )
        rows = cursor.fetchall()
    documents = {row[:3]: KnownDocument(bytes(row[4]), _slip(row[3], *row[5:])) for row in rows if row[4] is not None}
    return documents, {row[:3]: row[3] for row in rows if row[4] is None}


def _slip(
    id: UUID,
    anonymous_reason: str,
    waits_for: str | None,
    explanations: list[dict[str, object]] | None,
    points: int | None,
    after: list[int] | None,
    tier: str | None,
    version_id: UUID | None,
) -> Slip:
    """What was answered then: a return that had to wait for its receipt was told so."""
    if waits_for is not None:
        return Slip(id, explanation={"waits_for": waits_for})
    if explanations is None or after is None:
        return Slip(id, anonymous_reason=anonymous_reason)
    explanation = {name: value for each in explanations for name, value in each.items()}
    figures = dict(zip(("available", "pending", "held", "debt"), after, strict=True))
    return Slip(id, points or 0, explanation, figures, tier or "", anonymous_reason, version_id)
