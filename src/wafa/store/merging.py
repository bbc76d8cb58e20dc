"""Members who come together, or part again: what points at them is pointed at the other."""

from uuid import UUID

from django.db import connection

from wafa.core.snapshot import Merged


def move_members(merchant_id: UUID, merged: Merged) -> None:
    """Numbers, receipts, lots and holds go over whole, also those that no longer hold anything."""
    if merged.undone:
        _part(merchant_id, merged)
    else:
        _join(merchant_id, merged)


def _join(merchant_id: UUID, merged: Merged) -> None:
    absorbed = [wallet for wallet, _ in merged.wallets]
    with connection.cursor() as cursor:
        for wallet, into in merged.wallets:
            cursor.execute(
                "WITH holds AS (UPDATE hold SET wallet_id = %s WHERE merchant_id = %s AND wallet_id = %s) "
                "UPDATE lot SET wallet_id = %s WHERE merchant_id = %s AND wallet_id = %s",
                [into, merchant_id, wallet, into, merchant_id, wallet],
            )
        cursor.execute(
            """
            WITH wallets AS (
                UPDATE wallet SET status = 'absorbed' WHERE merchant_id = %s AND id = ANY(%s)
            ), lines AS (
                UPDATE document_line SET member_id = %s WHERE merchant_id = %s AND member_id = %s
            ), documents AS (
                UPDATE document SET member_id = %s WHERE merchant_id = %s AND member_id = %s
            )
            UPDATE member SET survivor_id = %s WHERE merchant_id = %s AND id = ANY(%s)
            """,
            [
                *(merchant_id, absorbed),
                *(merged.into_id, merchant_id, merged.member_id),
                *(merged.into_id, merchant_id, merged.member_id),
                *(merged.into_id, merchant_id, list(merged.members)),
            ],
        )


def _part(merchant_id: UUID, merged: Merged) -> None:
    """What was opened, or counted, in the wallets that the merge had brought along goes back."""
    origins = list(merged.origins)
    others = [member for member in merged.members if member != merged.member_id]
    with connection.cursor() as cursor:
        for wallet, into in merged.wallets:
            cursor.execute(
                "UPDATE lot SET wallet_id = %s WHERE merchant_id = %s AND wallet_id = %s AND origin_id = ANY(%s)",
                [wallet, merchant_id, into, origins],
            )
        cursor.execute(
            """
            WITH theirs AS MATERIALIZED (
                SELECT asked.id FROM (
                    SELECT DISTINCT d.merchant_id, d.id FROM entry e
                    JOIN document d ON d.merchant_id = e.merchant_id AND d.id = e.document_id
                    WHERE e.merchant_id = %s AND e.wallet_id = ANY(%s) AND d.member_id = %s
                ) AS asked
                JOIN LATERAL (
                    -- The entry that says whose it is: the latest credit, or what it took back first.
                    SELECT wallet_id FROM entry e WHERE e.merchant_id = asked.merchant_id AND e.document_id = asked.id
                    ORDER BY e.kind IN ('accrual', 'claim') DESC,
                             CASE WHEN e.kind IN ('accrual', 'claim') THEN -e.turn ELSE e.turn END
                    LIMIT 1
                ) AS decisive ON decisive.wallet_id = ANY(%s)
            ), wallets AS (
                UPDATE wallet SET status = 'open' WHERE merchant_id = %s AND id = ANY(%s)
            ), lines AS (
                UPDATE document_line l SET member_id = %s FROM theirs
                WHERE l.merchant_id = %s AND l.document_id = theirs.id
            ), documents AS (
                UPDATE document d SET member_id = %s FROM theirs WHERE d.merchant_id = %s AND d.id = theirs.id
            ), others AS (
                UPDATE member SET survivor_id = %s WHERE merchant_id = %s AND id = ANY(%s)
            )
            UPDATE member SET survivor_id = NULL WHERE merchant_id = %s AND id = %s
            """,
            [
                *(merchant_id, origins, merged.into_id, origins),
                *(merchant_id, [wallet for wallet, _ in merged.wallets]),
                *(merged.member_id, merchant_id),
                *(merged.member_id, merchant_id),
                *(merged.member_id, merchant_id, others),
                *(merchant_id, merged.member_id),
            ],
        )
