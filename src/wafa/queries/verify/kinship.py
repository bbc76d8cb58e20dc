"""Rows that say the same thing twice: documents, numbers, lines and entries; lots, their entries and their awards."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant

_MEMBERS = """
    SELECT 'member ' || m.number, 'number of wallets in points', count(w.id)::text, '1'
    FROM member m
    LEFT JOIN wallet w ON w.merchant_id = m.merchant_id AND w.member_id = m.id AND w.unit = 'points'
    WHERE m.merchant_id = %(merchant)s GROUP BY m.id, m.number HAVING count(w.id) <> 1
"""

_NUMBERS = """
    SELECT 'number ' || n.number || ' of ' || n.source, 'its document', coalesce(d.number, 'none'), n.number
    FROM document_number n LEFT JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id
    WHERE n.merchant_id = %(merchant)s
      AND (d.source, d.period, d.number) IS DISTINCT FROM (n.source, n.period, n.number)
"""

_DOCUMENTS = """
    SELECT d.kind || ' ' || d.number || coalesce(' of member ' || m.number, ''), v.what, v.stands, v.should_be
    FROM document d
    LEFT JOIN member m ON m.merchant_id = d.merchant_id AND m.id = d.member_id
    LEFT JOIN (
        SELECT e.document_id, count(*) AS entries, min(w.member_id::text) AS member, min(e.kind) AS kind,
               min(e.occurred_at) AS occurred_at, min(e.posted_at) AS posted_at
        FROM entry e LEFT JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        WHERE e.merchant_id = %(merchant)s AND e.document_id IS NOT NULL GROUP BY e.document_id
    ) AS e ON e.document_id = d.id
    CROSS JOIN LATERAL (VALUES
        ('number of entries', coalesce(e.entries, 0)::text, CASE WHEN d.member_id IS NULL THEN '0' ELSE '1' END),
        ('member of its entry', coalesce(e.member, 'none'),
         CASE WHEN e.entries IS NULL THEN 'none' ELSE coalesce(d.member_id::text, 'none') END),
        ('kind of its entry', coalesce(e.kind, 'none'),
         CASE WHEN e.entries IS NULL THEN 'none' WHEN d.kind = 'purchase' THEN 'accrual' ELSE 'clawback' END),
        ('when its entry says that it happened', coalesce(e.occurred_at, d.occurred_at)::text, d.occurred_at::text),
        ('when its entry says that it was counted', coalesce(e.posted_at, d.posted_at)::text, d.posted_at::text),
        ('reason to be anonymous', d.anonymous_reason,
         CASE WHEN d.named_member_id IS NULL OR d.member_id IS NOT NULL THEN ''
              WHEN d.anonymous_reason = '' THEN 'one' ELSE d.anonymous_reason END)
    ) AS v (what, stands, should_be)
    WHERE d.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_LINES = """
    SELECT 'line ' || l.position || ' of ' || d.kind || ' ' || d.number, 'member',
           coalesce(l.member_id::text, 'none'), coalesce(d.member_id::text, 'none')
    FROM document_line l JOIN document d ON d.merchant_id = l.merchant_id AND d.id = l.document_id
    WHERE l.merchant_id = %(merchant)s AND l.member_id IS DISTINCT FROM d.member_id
"""

_ENTRIES = """
    SELECT 'entry ' || e.sequence || ' of member ' || m.number, v.what, v.stands, v.should_be
    FROM (
        SELECT *, lag(posted_at) OVER (PARTITION BY wallet_id ORDER BY sequence) AS posted_before
        FROM entry WHERE merchant_id = %(merchant)s
    ) AS e
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    CROSS JOIN LATERAL (VALUES
        (e.document_id IS NULL AND e.kind = 'accrual', 'its document', 'none', 'the purchase'),
        (e.document_id IS NOT NULL AND e.kind = 'expiry', 'its document', e.document_id::text, 'none'),
        (e.posted_at < e.posted_before, 'when it was posted', e.posted_at::text, 'not before ' || e.posted_before)
    ) AS v (broken, what, stands, should_be)
    WHERE v.broken
"""

_LOTS = """
    SELECT 'lot ' || l.id || ' of member ' || m.number, v.what, coalesce(v.stands, 'none'),
           coalesce(v.should_be, 'none')
    FROM lot l
    JOIN entry e ON e.merchant_id = l.merchant_id AND e.id = l.entry_id
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN document d ON d.merchant_id = e.merchant_id AND d.id = e.document_id
    CROSS JOIN LATERAL (VALUES
        ('wallet', l.wallet_id::text, e.wallet_id::text), ('sequence', l.sequence::text, e.sequence::text),
        ('receipt', l.document_id::text, e.document_id::text),
        ('issuing branch', l.issuing_branch_id::text, d.branch_id::text),
        ('when it became available', l.available_at::text, e.posted_at::text)
    ) AS v (what, stands, should_be)
    WHERE l.merchant_id = %(merchant)s AND v.stands IS DISTINCT FROM v.should_be
"""

_AWARDS = """
    SELECT 'award ' || a.rule || ' of receipt ' || d.number, 'receipt of its lot',
           coalesce(l.document_id::text, 'none'), a.document_id::text
    FROM award a
    JOIN document d ON d.merchant_id = a.merchant_id AND d.id = a.document_id
    LEFT JOIN lot l ON l.merchant_id = a.merchant_id AND l.id = a.lot_id
    WHERE a.merchant_id = %(merchant)s AND l.document_id IS DISTINCT FROM a.document_id
"""

_EVENTS = """
    WITH said AS (
        SELECT wallet_id, wallet_sequence AS sequence, kind, body FROM outbox_event WHERE merchant_id = %(merchant)s
    ), moved AS (
        SELECT e.*, w.member_id, coalesce(
                   nullif(lag(e.tier_after) OVER (PARTITION BY e.wallet_id ORDER BY e.sequence), ''),
                   e.context ->> 'tier', e.tier_after
               ) AS tier_before
        FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        WHERE e.merchant_id = %(merchant)s
    ), due AS (
        SELECT wallet_id, sequence,
               CASE kind WHEN 'accrual' THEN 'PointsAccrued' WHEN 'clawback' THEN 'PointsClawedBack'
                    ELSE 'PointsExpired' END AS kind,
               jsonb_build_object('entry', id, 'member', member_id, 'document', document_id, 'points', points,
                   'balance', jsonb_build_object('available', available_after, 'pending', pending_after,
                                                 'held', held_after, 'debt', debt_after)) AS body
        FROM moved
        UNION ALL
        SELECT wallet_id, sequence, 'TierChanged',
               jsonb_build_object('member', member_id, 'from', tier_before, 'to', tier_after)
        FROM moved WHERE tier_after <> tier_before
        UNION ALL
        SELECT id, 0, 'MemberEnrolled', jsonb_build_object('member', member_id) FROM wallet
        WHERE merchant_id = %(merchant)s
    ), differing AS (
        (SELECT *, 'missing' AS stands, 'there' AS should_be FROM (TABLE due EXCEPT ALL TABLE said) AS missing)
        UNION ALL
        (SELECT *, 'there', 'as the entry says' FROM (TABLE said EXCEPT ALL TABLE due) AS extra)
    )
    SELECT 'entry ' || x.sequence || ' of member ' || coalesce(m.number, x.wallet_id::text), 'event ' || x.kind,
           x.stands, x.should_be
    FROM differing x
    LEFT JOIN wallet w ON w.merchant_id = %(merchant)s AND w.id = x.wallet_id
    LEFT JOIN member m ON m.merchant_id = %(merchant)s AND m.id = w.member_id
"""

_CHECKS = (
    ("members, each with a wallet", "member", _MEMBERS),
    ("numbers, each with its document", "document_number", _NUMBERS),
    ("documents, each of a member with its entry", "document", _DOCUMENTS),
    ("lines, against their documents", "document_line", _LINES),
    ("entries, against their kinds and the order in which they were posted", "entry", _ENTRIES),
    ("lots, against the entries that opened them", "lot", _LOTS),
    ("awards, against their lots", "award", _AWARDS),
    ("events in the outbox, against entries and members", "outbox_event", _EVENTS),
)


def check_kinship(merchant: Merchant) -> Iterator[Check]:
    """Each pair compared by one statement."""
    return run_statements(merchant, _CHECKS)
