"""Documents against the entries that counted them: as often as they should, for whom, when, and as what."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.links import Links
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant

_COUNTED = """
    WITH by_document AS (
        SELECT e.document_id, count(*) AS entries, min(e.turn) AS first_turn, max(e.turn) AS last_turn,
               count(*) FILTER (WHERE e.kind = 'accrual') AS accruals,
               count(*) FILTER (WHERE e.kind = 'claim') AS claims,
               count(*) FILTER (WHERE e.kind = 'reversal') AS reversals,
               count(*) FILTER (WHERE e.kind = 'clawback') AS clawbacks,
               count(*) FILTER (WHERE e.kind = 'reinstatement') AS reinstatements,
               min(e.occurred_at) AS occurred_first, max(e.occurred_at) AS occurred_last,
               min(e.posted_at) FILTER (WHERE e.kind IN ('accrual', 'clawback', 'reinstatement')) AS posted_first,
               max(e.posted_at) FILTER (WHERE e.kind IN ('accrual', 'clawback', 'reinstatement')) AS posted_last
        FROM entry e WHERE e.merchant_id = %(merchant)s AND e.document_id IS NOT NULL GROUP BY e.document_id
    ), noticed AS MATERIALIZED (
        SELECT d.*, coalesce(e.entries, 0) AS entries, coalesce(e.accruals, 0) AS accruals,
               coalesce(e.claims, 0) AS claims, coalesce(e.reversals, 0) AS reversals,
               coalesce(e.clawbacks, 0) AS clawbacks, coalesce(e.reinstatements, 0) AS reinstatements,
               e.first_turn, e.last_turn, e.occurred_first, e.occurred_last, e.posted_first, e.posted_last
        FROM document d
        LEFT JOIN by_document e ON e.document_id = d.id
        WHERE d.merchant_id = %(merchant)s
          -- Most are purchases that gave their one entry: all that follows holds for these, seen at a glance.
          AND (d.kind = 'purchase' AND d.receipt_id IS NULL AND NOT d.waited AND d.anonymous_reason = ''
               AND d.named_member_id IS NULL AND d.member_id IS NOT NULL AND e.entries = 1 AND e.accruals = 1
               AND e.first_turn = 0 AND e.occurred_first = d.occurred_at AND e.posted_first = d.posted_at
              ) IS NOT TRUE
    ), named AS (
        SELECT r.id, r.kind, r.posted_at,
               count(*) FILTER (WHERE e.kind = 'accrual') AS accruals,
               count(*) FILTER (WHERE e.kind = 'claim') AS claims,
               count(*) FILTER (WHERE e.kind = 'clawback') AS clawbacks
        FROM document r LEFT JOIN entry e ON e.merchant_id = r.merchant_id AND e.document_id = r.id
        WHERE r.merchant_id = %(merchant)s AND r.id IN (SELECT receipt_id FROM noticed)
        GROUP BY r.id, r.kind, r.posted_at
    ), annulled AS (
        SELECT receipt_id, id FROM document
        WHERE merchant_id = %(merchant)s AND kind = 'cancel_return' AND receipt_id IS NOT NULL
    ), seen AS (
        SELECT d.*, n.id IS NOT NULL AS names_one, n.posted_at AS named_posted_at, n.kind AS named_kind,
               coalesce(n.accruals, 0) AS named_accruals, coalesce(n.claims, 0) AS named_claims,
               coalesce(n.clawbacks, 0) AS named_clawbacks, a.id IS NOT NULL AS is_cancelled
        FROM noticed d
        LEFT JOIN named n ON n.id = d.receipt_id
        LEFT JOIN annulled a ON a.receipt_id = d.id
    )
    SELECT d.kind || ' ' || d.number || coalesce(' of member ' || m.number, ''), v.what, v.stands::text,
           v.should_be::text
    FROM seen d
    LEFT JOIN member m ON m.merchant_id = d.merchant_id AND m.id = d.member_id
    CROSS JOIN LATERAL (VALUES
        ('number of entries that credit it', d.accruals + d.claims - d.reversals,
         CASE WHEN d.kind IN ('purchase', 'exchange') THEN (d.member_id IS NOT NULL)::int ELSE 0 END),
        ('number of entries of its counting', d.accruals, least(d.accruals, 1)),
        ('number of entries that take back', d.clawbacks, CASE
            WHEN d.kind IN ('purchase', 'cancel_return') THEN 0
            WHEN d.kind <> 'void' AND d.receipt_id IS NULL THEN (d.member_number <> '')::int
            WHEN NOT d.names_one OR d.named_accruals + d.named_claims = 0 THEN 0
            -- Cancelled while it waited; or about a receipt that was claimed, be it before or after.
            WHEN (d.waited AND d.is_cancelled) OR d.named_accruals = 0 THEN least(d.clawbacks, 1) ELSE 1 END),
        ('number of entries that give back', d.reinstatements, CASE
            WHEN d.kind <> 'cancel_return' THEN 0
            WHEN d.named_clawbacks = 0 THEN least(d.reinstatements, 1)
            WHEN (
                SELECT sum((SELECT count(*) FROM return_match x
                            WHERE x.merchant_id = l.merchant_id AND x.returned_line_id = l.id))
                FROM document_line l WHERE l.merchant_id = d.merchant_id AND l.document_id = d.receipt_id
            ) > 0 THEN greatest(d.reinstatements, 1) ELSE 0 END),
        ('number of entries of other kinds',
         d.entries - d.accruals - d.claims - d.reversals - d.clawbacks - d.reinstatements, 0),
        ('latest of the numbers of its entries', coalesce(d.last_turn, -1), d.entries - 1),
        ('first of the numbers of its entries', coalesce(d.first_turn, 0), 0)
    ) AS v (what, stands, should_be)
    WHERE v.stands <> v.should_be
    UNION ALL
    SELECT d.kind || ' ' || d.number || coalesce(' of member ' || m.number, ''), v.what, v.stands, v.should_be
    FROM seen d
    LEFT JOIN member m ON m.merchant_id = d.merchant_id AND m.id = d.member_id
    LEFT JOIN member g ON g.merchant_id = d.merchant_id AND g.id = d.named_member_id
    CROSS JOIN LATERAL (VALUES
        ('whether it has a member', (d.member_id IS NOT NULL)::text, CASE
            WHEN d.kind IN ('purchase', 'exchange') THEN (d.member_id IS NOT NULL)
            ELSE d.clawbacks + d.reinstatements > 0 END::text),
        ('when its entries say that it happened', coalesce(d.occurred_first, d.occurred_at)::text, d.occurred_at::text),
        ('when its entries say that it happened', coalesce(d.occurred_last, d.occurred_at)::text, d.occurred_at::text),
        ('when its entries say that it was counted', coalesce(d.posted_first, d.posted_at)::text,
         CASE WHEN d.waited AND d.posted_first IS NOT NULL THEN d.named_posted_at ELSE d.posted_at END::text),
        ('when its entries say that it was counted', coalesce(d.posted_last, d.posted_at)::text,
         CASE WHEN d.waited AND d.posted_last IS NOT NULL THEN d.named_posted_at ELSE d.posted_at END::text),
        ('reason to be anonymous', d.anonymous_reason,
         CASE WHEN d.named_member_id IS NULL THEN ''
              WHEN d.anonymous_reason = '' THEN 'one' ELSE d.anonymous_reason END),
        ('member whom it named', coalesce(g.number, 'none'),
         CASE WHEN d.anonymous_reason = '' THEN 'none' WHEN d.named_member_id = ANY(%(merged)s::uuid[])
              THEN coalesce(g.number, 'none') ELSE d.member_number END),
        ('kind of the document that it names', d.named_kind, CASE
            WHEN d.kind = 'cancel_return' AND d.named_kind IN ('return', 'exchange') THEN d.named_kind
            WHEN d.kind = 'cancel_return' THEN 'return'
            WHEN d.waited OR d.named_kind IN ('purchase', 'exchange') THEN d.named_kind ELSE 'purchase' END),
        ('document that it names', 'none', CASE WHEN d.names_one OR d.receipt_id IS NULL OR d.kind = 'return'
            THEN 'none' ELSE 'one that is there' END),
        ('whether it waited', d.waited::text, CASE
            WHEN d.kind <> 'return' OR d.receipt_id IS NULL OR d.named_posted_at < d.posted_at THEN false
            WHEN d.named_posted_at = d.posted_at THEN d.waited ELSE true END::text)
    ) AS v (what, stands, should_be)
    WHERE v.stands <> v.should_be
"""

_CREDITED = """
    SELECT d.kind || ' ' || d.number || ' of member ' || m.number, 'member whom its source named',
           d.member_number, m.number
    FROM entry e
    JOIN document d ON d.merchant_id = e.merchant_id AND d.id = e.document_id
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    WHERE e.merchant_id = %(merchant)s AND d.member_number <> m.number
      AND (e.kind = 'accrual' OR e.kind = 'clawback' AND d.receipt_id IS NULL)
      AND NOT w.member_id = ANY(%(merged)s::uuid[])
"""

_MATCHES = """
    WITH sums AS (
        SELECT returned_line_id, sold_line_id, sum(quantity_milli) AS milli,
               sum(quantity_milli) FILTER (WHERE quantity_milli > 0) AS back,
               -sum(quantity_milli) FILTER (WHERE quantity_milli < 0) AS undone
        FROM return_match WHERE merchant_id = %(merchant)s GROUP BY returned_line_id, sold_line_id
    ), annulled AS (
        SELECT DISTINCT receipt_id FROM document
        WHERE merchant_id = %(merchant)s AND kind = 'cancel_return' AND receipt_id IS NOT NULL
    ), lines AS (
        SELECT returned_line_id, sum(back) AS back FROM sums GROUP BY returned_line_id
    )
    SELECT 'line ' || r.position || ' of ' || d.kind || ' ' || d.number, 'matched quantity (thousandths)',
           s.back::text, CASE d.kind WHEN 'void' THEN '' ELSE 'at most ' END || r.quantity_milli
    FROM lines s
    JOIN document_line r ON r.merchant_id = %(merchant)s AND r.id = s.returned_line_id
    JOIN document d ON d.merchant_id = r.merchant_id AND d.id = r.document_id
    WHERE s.back > r.quantity_milli OR (d.kind = 'void' AND s.back <> r.quantity_milli)
    UNION ALL
    SELECT 'line ' || r.position || ' of ' || d.kind || ' ' || d.number, v.what, v.stands, v.should_be
    FROM sums x
    JOIN document_line r ON r.merchant_id = %(merchant)s AND r.id = x.returned_line_id
    JOIN document_line s ON s.merchant_id = %(merchant)s AND s.id = x.sold_line_id
    JOIN document d ON d.merchant_id = r.merchant_id AND d.id = r.document_id
    LEFT JOIN annulled a ON a.receipt_id = d.id
    CROSS JOIN LATERAL (VALUES
        ('item that it was matched to', s.item, r.item),
        ('line that it was matched to', CASE WHEN s.is_returned THEN 'one that came back' ELSE 'one that was sold' END,
         'one that was sold'),
        ('receipt that it was matched to', s.document_id::text,
         CASE WHEN d.receipt_id IS NULL THEN s.document_id ELSE d.receipt_id END::text),
        ('quantity taken back by a cancellation', coalesce(x.undone, 0)::text,
         CASE WHEN a.receipt_id IS NULL THEN 0 ELSE x.back END::text)
    ) AS v (what, stands, should_be)
    WHERE v.stands <> v.should_be
"""

_VOIDS = """
    SELECT 'line ' || l.position || ' of receipt ' || d.number, 'quantity left (thousandths) of a void receipt',
           (l.quantity_milli - l.returned_milli)::text, '0'
    FROM document v
    JOIN document d ON d.merchant_id = v.merchant_id AND d.id = v.receipt_id
    JOIN document_line l ON l.merchant_id = d.merchant_id AND l.document_id = d.id
    WHERE v.merchant_id = %(merchant)s AND v.kind = 'void' AND NOT l.is_returned
      AND l.returned_milli <> l.quantity_milli
"""

_CHECKS = (
    ("documents, each of a member with its entries", "document", _COUNTED),
    ("documents, against whom their source named", "document", _CREDITED),
    ("matches of returned lines", "return_match", _MATCHES),
    ("void receipts, of which nothing is left", "document", _VOIDS),
)


def check_counted(merchant: Merchant, links: Links) -> Iterator[Check]:
    """Each document by its kind."""
    return run_statements(merchant, _CHECKS, merged=list(links.members))
