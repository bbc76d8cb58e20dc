"""Rows that say the same thing twice: members, numbers, lines and entries; lots, their entries and their awards."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.links import Links
from wafa.queries.verify.movements import homes
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant

_MEMBERS = """
    WITH merged AS (SELECT * FROM unnest(%(merged)s::uuid[], %(survivors)s::uuid[]) AS merged (id, survivor_id))
    SELECT 'member ' || m.number, v.what, v.stands, v.should_be
    FROM member m
    LEFT JOIN (
        SELECT member_id, count(*) AS wallets FROM wallet
        WHERE merchant_id = %(merchant)s AND unit = 'points' GROUP BY member_id
    ) AS w ON w.member_id = m.id
    LEFT JOIN merged s ON s.id = m.id
    CROSS JOIN LATERAL (VALUES
        ('number of wallets in points', coalesce(w.wallets, 0)::text, '1'),
        ('member that stands for it', coalesce(m.survivor_id::text, 'none'), coalesce(s.survivor_id::text, 'none'))
    ) AS v (what, stands, should_be)
    WHERE m.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_NUMBERS = """
    SELECT 'number ' || n.number || ' of ' || n.source, 'its document', coalesce(d.number, 'none'), n.number
    FROM document_number n
    LEFT JOIN document d ON d.merchant_id = n.merchant_id AND d.id = n.id
    -- A return that came before its receipt keeps the number for it.
    LEFT JOIN (
        SELECT DISTINCT receipt_id FROM document WHERE merchant_id = %(merchant)s AND waited
    ) AS a ON a.receipt_id = n.id
    WHERE n.merchant_id = %(merchant)s AND NOT (d.id IS NULL AND a.receipt_id IS NOT NULL)
      AND (d.source, d.period, d.number) IS DISTINCT FROM (n.source, n.period, n.number)
"""

_LINES = """
    SELECT 'line ' || l.position || ' of ' || d.kind || ' ' || d.number, v.what, v.stands, v.should_be
    FROM document_line l JOIN document d ON d.merchant_id = l.merchant_id AND d.id = l.document_id
    CROSS JOIN LATERAL (VALUES
        ('member', coalesce(l.member_id::text, 'none'), coalesce(d.member_id::text, 'none')),
        ('whether it came back', l.is_returned::text,
         CASE d.kind WHEN 'purchase' THEN 'false' WHEN 'exchange' THEN l.is_returned::text
                     WHEN 'cancel_return' THEN 'no line at all' ELSE 'true' END)
    ) AS v (what, stands, should_be)
    WHERE l.merchant_id = %(merchant)s AND v.stands <> v.should_be
      -- Most are lines of purchases, of whom these are.
      AND (d.kind = 'purchase' AND NOT l.is_returned AND l.member_id IS NOT DISTINCT FROM d.member_id) IS NOT TRUE
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
        (e.document_id IS NULL AND e.kind IN ('accrual', 'claim', 'clawback', 'reinstatement', 'reversal'),
         'its document', 'none', 'the one that it is about'),
        (e.document_id IS NOT NULL
         AND e.kind NOT IN ('accrual', 'claim', 'clawback', 'reinstatement', 'reversal'),
         'its document', e.document_id::text, 'none'),
        (e.redeeming_branch_id IS NOT NULL AND NOT (
             e.kind IN ('redemption', 'hold', 'capture', 'cancellation')
             OR e.kind = 'release' AND e.explanation ->> 'reason' = 'released'),
         'redeeming branch', e.redeeming_branch_id::text, 'none'),
        (e.redeeming_branch_id IS NULL AND (
             e.kind IN ('redemption', 'hold', 'capture', 'cancellation')
             OR e.kind = 'release' AND e.explanation ->> 'reason' = 'released'),
         'redeeming branch', 'none', 'the one of the till'),
        (e.posted_at < e.posted_before, 'when it was posted', e.posted_at::text, 'not before ' || e.posted_before)
    ) AS v (broken, what, stands, should_be)
    WHERE v.broken
"""

_LOTS = """
    WITH homes AS (
        SELECT * FROM unnest(%(lot_origins)s::uuid[], %(lot_firsts)s::bigint[], %(lot_lasts)s::bigint[],
                             %(lot_homes)s::uuid[]) AS homes (origin_id, first, last, wallet_id)
    )
    SELECT 'lot ' || l.id || ' of member ' || m.number, v.what, coalesce(v.stands, 'none'),
           coalesce(v.should_be, 'none')
    FROM lot l
    JOIN entry e ON e.merchant_id = l.merchant_id AND e.id = l.entry_id
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    -- What a receipt gives in other units stands beside the entry that credits it.
    LEFT JOIN entry c ON c.merchant_id = e.merchant_id AND c.id = e.of_id AND e.kind = 'grant'
    LEFT JOIN document d ON d.merchant_id = e.merchant_id AND d.id = coalesce(e.document_id, c.document_id)
    LEFT JOIN homes h ON h.origin_id = e.wallet_id AND e.sequence BETWEEN h.first AND h.last
    CROSS JOIN LATERAL (VALUES
        ('wallet that it was opened in', l.origin_id::text, e.wallet_id::text),
        ('wallet', l.wallet_id::text, coalesce(h.wallet_id, e.wallet_id)::text),
        ('sequence', l.sequence::text, e.sequence::text),
        ('receipt', l.document_id::text, coalesce(e.document_id, c.document_id)::text),
        -- Of lots that no receipt gave, other entries tell the branch, or none does.
        ('issuing branch', l.issuing_branch_id::text, CASE WHEN e.kind IN ('adjustment', 'reward', 'transfer_in')
             THEN l.issuing_branch_id::text ELSE d.branch_id::text END),
        ('when it became available', l.available_at::text, CASE
             WHEN e.kind IN ('accrual', 'claim', 'grant', 'transfer_in') THEN l.available_at::text
             ELSE e.posted_at::text END),
        ('kind of the entry that opened it', e.kind, CASE
             WHEN e.kind IN ('accrual', 'claim', 'grant', 'adjustment', 'reward', 'opening', 'transfer_in')
             THEN e.kind
             ELSE 'a credit' END)
    ) AS v (what, stands, should_be)
    WHERE l.merchant_id = %(merchant)s AND v.stands IS DISTINCT FROM v.should_be
"""

_AWARDS = """
    SELECT 'award ' || a.rule || ' of receipt ' || d.number, v.what, coalesce(v.stands, 'none'),
           coalesce(v.should_be, 'none')
    FROM award a
    JOIN document d ON d.merchant_id = a.merchant_id AND d.id = a.document_id
    LEFT JOIN lot l ON l.merchant_id = a.merchant_id AND l.id = a.lot_id
    LEFT JOIN entry e ON e.merchant_id = a.merchant_id AND e.id = a.entry_id
    LEFT JOIN entry c ON c.merchant_id = e.merchant_id AND c.id = e.of_id AND e.kind = 'grant'
    CROSS JOIN LATERAL (VALUES
        ('receipt of its lot', l.document_id::text, a.document_id::text),
        ('entry of its lot', l.entry_id::text, a.entry_id::text),
        ('receipt of its entry', coalesce(e.document_id, c.document_id)::text, a.document_id::text)
    ) AS v (what, stands, should_be)
    WHERE a.merchant_id = %(merchant)s AND v.stands IS DISTINCT FROM v.should_be
"""

_CHECKS = (
    ("members, each with a wallet", "member", _MEMBERS),
    ("numbers, each with its document", "document_number", _NUMBERS),
    ("lines, against their documents", "document_line", _LINES),
    ("entries, against their kinds and the order in which they were posted", "entry", _ENTRIES),
    ("lots, against the entries that opened them", "lot", _LOTS),
    ("awards, against their lots and entries", "award", _AWARDS),
)


def check_kinship(merchant: Merchant, links: Links) -> Iterator[Check]:
    """Each pair compared by one statement."""
    survivors = links.survivors()
    known = {"merged": list(survivors), "survivors": list(survivors.values())}
    return run_statements(merchant, _CHECKS, **known, **homes("lot", links.lots()))
