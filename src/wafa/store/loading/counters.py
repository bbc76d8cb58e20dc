"""Loading what counts: progress by day, what capped rules gave, what was passed on this month; earlier requests."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.outcomes import Slip
from wafa.core.snapshot import KnownDocument, Snapshot


def load_progress(merchant_id: UUID, wallets: dict[UUID, Wallet], since: date | None) -> None:
    """Progress from a day on; None: from the beginning."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wallet_id, day, qualifying, spend_minor, visits FROM progress "
            "WHERE merchant_id = %s AND wallet_id = ANY(%s) AND day >= %s",
            [merchant_id, list(wallets), since or date.min],
        )
        for wallet_id, day, *counted in cursor.fetchall():
            wallets[wallet_id].progress[day] = Progress(*counted)


def load_capped(
    merchant_id: UUID, snapshot: Snapshot, rules: Collection[str] | None, first: date | None, last: date | None
) -> None:
    """Points that receipts of these days hold of capped rules, by the wallet's member, rule and day.

    `rules` None: of all rules, which limits count together; a day that is None: no bound.
    """
    wallets = {wallet.member_id: wallet for (_, unit), wallet in snapshot.wallets.items() if unit == "points"}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT d.member_id, a.rule, (d.occurred_at AT TIME ZONE %s)::date, sum(a.held_points)::bigint
            FROM document d JOIN award a ON a.merchant_id = d.merchant_id AND a.document_id = d.id
            WHERE d.merchant_id = %s AND d.member_id = ANY(%s) AND (%s::text[] IS NULL OR a.rule = ANY(%s::text[]))
              AND d.occurred_at >= coalesce(%s, '-infinity'::timestamptz)
              AND d.occurred_at < coalesce(%s, 'infinity'::timestamptz) AND a.held_points > 0
            GROUP BY 1, 2, 3
            """,
            [
                str(snapshot.zone),
                merchant_id,
                list(wallets),
                *([list(rules) if rules is not None else None] * 2),
                snapshot.first_instant(first) if first else None,
                snapshot.first_instant(date.fromordinal(last.toordinal() + 1)) if last else None,
            ],
        )
        for member_id, rule, day, points in cursor.fetchall():
            wallets[member_id].count_capped(rule, day, points)


def load_sent(merchant_id: UUID, snapshot: Snapshot, wallets: dict[UUID, Wallet], since: date) -> None:
    """What each wallet has passed on since a day, by month, with what those did that were merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (
                SELECT w.merchant_id, w.id, w.member_id, w.unit FROM wallet w
                WHERE w.merchant_id = %s AND w.id = ANY(%s)
            ), concerned AS (
                SELECT merchant_id, id, id AS own_id FROM asked
                UNION ALL
                SELECT a.merchant_id, a.id, w.id FROM asked a
                JOIN member m ON m.merchant_id = a.merchant_id AND m.survivor_id = a.member_id
                JOIN wallet w ON w.merchant_id = m.merchant_id AND w.member_id = m.id AND w.unit = a.unit
            )
            SELECT c.id, date_trunc('month', e.posted_at AT TIME ZONE %s)::date,
                   sum((e.explanation ->> 'points')::bigint)::bigint
            FROM concerned c
            JOIN entry e ON e.merchant_id = c.merchant_id AND e.wallet_id = c.own_id
            WHERE e.kind = 'transfer_out' AND e.posted_at >= %s
            GROUP BY 1, 2
            """,
            [merchant_id, list(wallets), str(snapshot.zone), snapshot.first_instant(since)],
        )
        for wallet_id, month, points in cursor.fetchall():
            wallets[wallet_id].sent[month] = points


def load_activities(merchant_id: UUID, snapshot: Snapshot, codes: Collection[str]) -> None:
    """Activities of these codes that have counted for the members of the batch, also before they were merged."""
    members = [member_id for member_id, unit in snapshot.wallets if unit == "points"]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS member_id), theirs AS (
                SELECT merchant_id, member_id, member_id AS own_id FROM asked
                UNION ALL
                SELECT a.merchant_id, a.member_id, m.id FROM asked a
                JOIN member m ON m.merchant_id = a.merchant_id AND m.survivor_id = a.member_id
            )
            SELECT t.member_id, e.explanation ->> 'activity', e.explanation ->> 'period'
            FROM theirs t
            JOIN wallet w ON w.merchant_id = t.merchant_id AND w.member_id = t.own_id AND w.unit = 'points'
            JOIN entry e ON e.merchant_id = w.merchant_id AND e.wallet_id = w.id
            WHERE e.kind = 'reward' AND e.explanation ->> 'activity' = ANY(%s::text[])
            """,
            [merchant_id, members, list(codes)],
        )
        snapshot.activities |= {(member, code, period) for member, code, period in cursor.fetchall()}


def load_requests(merchant_id: UUID, keys: Iterable[str]) -> dict[str, KnownDocument]:
    """Requests that were carried out before, by their keys. Asked when the wallets are locked: then it is certain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT request_key, request_hash, id, points, explanation::json, available_after, pending_after, "
            "held_after, debt_after, tier_after, programme_version_id "
            "FROM entry WHERE merchant_id = %s AND request_key = ANY(%s)",
            [merchant_id, list(keys)],
        )
        known = {}
        for key, hashed, id, points, explanation, *figures, tier, version in cursor.fetchall():
            after = dict(zip(("available", "pending", "held", "debt"), figures, strict=True))
            known[key] = KnownDocument(bytes(hashed), Slip(id, points, explanation, after, tier, version_id=version))
        return known
