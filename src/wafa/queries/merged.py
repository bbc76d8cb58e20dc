"""Merged members at an instant: who was one person then, and who is not yet, or no longer.

Told by the entries alone, so that it holds for any instant: a member is absorbed from the entry by which all went over
to the other, until another entry of theirs comes after it, which only the merge's undoing makes.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.store.models import Merchant

ABSORBED = """
    gone AS (
        SELECT theirs.member_id, ours.member_id AS into_id
        FROM entry come_in
        JOIN entry went ON went.merchant_id = come_in.merchant_id AND went.id = come_in.of_id
        JOIN wallet theirs ON theirs.merchant_id = went.merchant_id AND theirs.id = went.wallet_id
        JOIN wallet ours ON ours.merchant_id = come_in.merchant_id AND ours.id = come_in.wallet_id
        WHERE come_in.merchant_id = %(merchant)s AND come_in.of_id IS NOT NULL AND come_in.kind = 'merge_in'
          AND come_in.posted_at <= %(at)s AND theirs.unit = 'points'
          AND NOT EXISTS (
              SELECT FROM entry later
              WHERE later.merchant_id = went.merchant_id AND later.wallet_id = went.wallet_id
                AND later.sequence > went.sequence AND later.posted_at <= %(at)s
          )
    ), way AS (
        SELECT member_id, into_id FROM gone
        UNION ALL SELECT way.member_id, gone.into_id FROM way JOIN gone ON gone.member_id = way.into_id
    ), absorbed AS (
        SELECT member_id, into_id FROM way WHERE NOT EXISTS (SELECT FROM gone WHERE gone.member_id = way.into_id)
    )
"""
"""For a WITH RECURSIVE that is given `merchant` and `at`: who was absorbed then, and by whom in the end."""

_SURVIVOR = """
    WITH RECURSIVE way AS (
        SELECT %(member)s::uuid AS member_id, 0 AS step
        UNION ALL
        SELECT ours.member_id, way.step + 1
        FROM way
        JOIN wallet theirs ON theirs.merchant_id = %(merchant)s AND theirs.member_id = way.member_id
         AND theirs.unit = 'points'
        CROSS JOIN LATERAL (
            SELECT e.id FROM entry e
            WHERE e.merchant_id = theirs.merchant_id AND e.wallet_id = theirs.id AND e.posted_at <= %(at)s
            ORDER BY e.sequence DESC LIMIT 1
        ) AS latest
        JOIN entry come_in ON come_in.merchant_id = theirs.merchant_id AND come_in.of_id = latest.id
         AND come_in.kind = 'merge_in'
        JOIN wallet ours ON ours.merchant_id = come_in.merchant_id AND ours.id = come_in.wallet_id
    )
    SELECT member_id FROM way ORDER BY step DESC LIMIT 1
"""

_CARDS = """
    WITH RECURSIVE card AS (
        SELECT %(member)s::uuid AS member_id
        UNION
        SELECT theirs.member_id
        FROM card
        JOIN wallet ours ON ours.merchant_id = %(merchant)s AND ours.member_id = card.member_id
         AND ours.unit = 'points'
        JOIN entry come_in ON come_in.merchant_id = ours.merchant_id AND come_in.wallet_id = ours.id
         AND come_in.kind = 'merge_in' AND come_in.posted_at <= %(at)s
        JOIN entry went ON went.merchant_id = come_in.merchant_id AND went.id = come_in.of_id
        JOIN wallet theirs ON theirs.merchant_id = went.merchant_id AND theirs.id = went.wallet_id
        WHERE NOT EXISTS (
            SELECT FROM entry later
            WHERE later.merchant_id = went.merchant_id AND later.wallet_id = went.wallet_id
              AND later.sequence > went.sequence AND later.posted_at <= %(at)s
        )
    )
    SELECT member_id FROM card
"""


def survivor(merchant: Merchant, member_id: UUID, at: datetime) -> UUID:
    """Whom a member's number stood for at an instant: the one whom they had been merged into, or themselves."""
    return _ask(_SURVIVOR, merchant, member_id, at)[0]


def cards(merchant: Merchant, member_id: UUID, at: datetime) -> list[UUID]:
    """The members who were this one at an instant: themselves, and all who had been merged into them."""
    return _ask(_CARDS, merchant, member_id, at)


def _ask(statement: str, merchant: Merchant, member_id: UUID, at: datetime) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"merchant": merchant.id, "member": member_id, "at": at})
        return [id for (id,) in cursor.fetchall()]
