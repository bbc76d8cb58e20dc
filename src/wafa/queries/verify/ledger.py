"""The ledger against its postings: balances, lots, entries, matches and awards, each by one statement."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant

_WALLETS = """
    WITH sums AS (
        SELECT e.wallet_id,
               sum(p.points) FILTER (WHERE p.account = 'available') AS available,
               sum(p.points) FILTER (WHERE p.account = 'pending') AS pending,
               sum(p.points) FILTER (WHERE p.account = 'held') AS held,
               -sum(p.points) FILTER (WHERE p.account = 'debt') AS debt,
               sum(p.points) FILTER (WHERE p.account = 'qualifying') AS qualifying
        FROM entry e JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s GROUP BY e.wallet_id
    )
    SELECT 'wallet of member ' || m.number, v.what, v.stands::text, v.should_be::text
    FROM wallet w JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN sums s ON s.wallet_id = w.id
    CROSS JOIN LATERAL (VALUES
        ('available', w.available, coalesce(s.available, 0)), ('pending', w.pending, coalesce(s.pending, 0)),
        ('held', w.held, coalesce(s.held, 0)), ('debt', w.debt, coalesce(s.debt, 0)),
        ('qualifying', w.qualifying, coalesce(s.qualifying, 0))
    ) AS v (what, stands, should_be)
    WHERE w.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_SEQUENCES = """
    SELECT 'wallet of member ' || m.number, v.what, v.stands, v.should_be
    FROM wallet w JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN (
        SELECT wallet_id, count(*) AS entries, max(sequence) AS last, max(posted_at) AS posted_at
        FROM entry WHERE merchant_id = %(merchant)s GROUP BY wallet_id
    ) AS e ON e.wallet_id = w.id
    CROSS JOIN LATERAL (VALUES
        ('sequence', w.sequence::text, coalesce(e.last, 0)::text),
        ('number of entries', coalesce(e.entries, 0)::text, coalesce(e.last, 0)::text),
        ('when it was last posted to', coalesce(w.posted_at::text, 'never'), coalesce(e.posted_at::text, 'never'))
    ) AS v (what, stands, should_be)
    WHERE w.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_LOTS = """
    WITH sums AS (
        SELECT lot_id,
               -sum(points) FILTER (WHERE account = 'issued') AS points,
               sum(points) FILTER (WHERE account IN ('available', 'pending', 'held')) AS remaining,
               sum(points) FILTER (WHERE account = 'expired') AS expired
        FROM posting WHERE merchant_id = %(merchant)s AND lot_id IS NOT NULL GROUP BY lot_id
    )
    SELECT 'lot ' || l.id || ' of member ' || m.number, v.what, v.stands::text, v.should_be::text
    FROM lot l
    JOIN wallet w ON w.merchant_id = l.merchant_id AND w.id = l.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN sums s ON s.lot_id = l.id
    CROSS JOIN LATERAL (VALUES
        ('size', l.points, coalesce(s.points, 0)), ('remaining', l.remaining, coalesce(s.remaining, 0)),
        ('expired', l.expired, coalesce(s.expired, 0))
    ) AS v (what, stands, should_be)
    WHERE l.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_ANSWERED = """
    WITH told AS (
        SELECT (r ->> 'document')::uuid AS document_id, sum((r -> 'taken' ->> 'already_expired')::bigint) AS points
        FROM entry e CROSS JOIN LATERAL jsonb_array_elements(e.explanation -> 'receipts') AS r
        WHERE e.merchant_id = %(merchant)s AND e.kind = 'clawback' GROUP BY 1
    ), answered AS (
        SELECT document_id, sum(answered) AS points FROM lot WHERE merchant_id = %(merchant)s GROUP BY document_id
    )
    SELECT 'lots of receipt ' || d.number, 'expired points that answered for a return', coalesce(a.points, 0)::text,
           coalesce(t.points, 0)::text
    FROM answered a FULL JOIN told t USING (document_id)
    JOIN document d ON d.merchant_id = %(merchant)s AND d.id = document_id
    WHERE coalesce(a.points, 0) <> coalesce(t.points, 0)
"""

_LOT_HISTORY = """
    WITH moved AS (
        SELECT p.lot_id, e.id AS entry_id, e.kind, e.posted_at, e.sequence, p.account, p.points,
               sum(p.points) FILTER (WHERE p.account IN ('available', 'pending', 'held'))
                   OVER (PARTITION BY p.lot_id ORDER BY e.sequence) AS left
        FROM posting p JOIN entry e ON e.merchant_id = p.merchant_id AND e.id = p.entry_id
        WHERE p.merchant_id = %(merchant)s AND p.lot_id IS NOT NULL
    )
    SELECT DISTINCT 'lot ' || l.id, v.what, v.stands, v.should_be
    FROM moved JOIN lot l ON l.merchant_id = %(merchant)s AND l.id = moved.lot_id
    CROSS JOIN LATERAL (VALUES
        (moved.left < 0, 'points left after entry ' || moved.entry_id, moved.left::text, '0 or more'),
        -- The merchant's days may have begun at another hour then: a time zone is at most a day off.
        (moved.account = 'available' AND moved.points < 0 AND moved.kind <> 'expiry' AND moved.entry_id <> l.entry_id
         AND (moved.posted_at AT TIME ZONE 'UTC')::date > l.expires_on + 1,
         'drawn after its last day, by entry ' || moved.entry_id, (-moved.points)::text, '0')
    ) AS v (broken, what, stands, should_be)
    WHERE v.broken
"""

_ENTRIES = """
    WITH sums AS (
        SELECT entry_id, sum(points) AS total,
               sum(points) FILTER (WHERE account = 'available') AS available,
               sum(points) FILTER (WHERE account = 'pending') AS pending,
               sum(points) FILTER (WHERE account = 'held') AS held,
               sum(points) FILTER (WHERE account = 'debt') AS debt
        FROM posting WHERE merchant_id = %(merchant)s GROUP BY entry_id
    ), running AS (
        SELECT e.*, coalesce(s.total, 0) AS total,
               coalesce(s.available, 0) + coalesce(s.pending, 0) + coalesce(s.held, 0) + coalesce(s.debt, 0) AS change,
               coalesce(sum(s.available) OVER so_far, 0) AS available,
               coalesce(sum(s.pending) OVER so_far, 0) AS pending,
               coalesce(sum(s.held) OVER so_far, 0) AS held, -coalesce(sum(s.debt) OVER so_far, 0) AS debt
        FROM entry e LEFT JOIN sums s ON s.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s
        WINDOW so_far AS (PARTITION BY e.wallet_id ORDER BY e.sequence)
    )
    SELECT 'entry ' || r.sequence || ' of member ' || m.number, v.what, v.stands::text, v.should_be::text
    FROM running r
    JOIN wallet w ON w.merchant_id = r.merchant_id AND w.id = r.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    CROSS JOIN LATERAL (VALUES
        ('sum of its postings', r.total, 0), ('points', r.points, r.change),
        ('available afterwards', r.available_after, r.available), ('pending afterwards', r.pending_after, r.pending),
        ('held afterwards', r.held_after, r.held), ('debt afterwards', r.debt_after, r.debt),
        ('debt beside available points', least(r.available_after, r.debt_after), 0)
    ) AS v (what, stands, should_be)
    WHERE v.stands <> v.should_be
"""

_LEGS = """
    SELECT 'entry ' || e.sequence || ' of member ' || m.number, v.what, v.stands, v.should_be
    FROM (
        SELECT entry_id, lot_id, sum(points) AS points,
               bool_or(lot_id IS NULL AND account IN ('available', 'issued', 'expired')) AS without_lot,
               string_agg(DISTINCT account, ', ') AS accounts
        FROM posting WHERE merchant_id = %(merchant)s GROUP BY entry_id, lot_id
    ) AS p
    JOIN entry e ON e.merchant_id = %(merchant)s AND e.id = p.entry_id
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN lot l ON l.merchant_id = %(merchant)s AND l.id = p.lot_id
    CROSS JOIN LATERAL (VALUES
        (p.points <> 0, 'sum of its postings about lot ' || coalesce(p.lot_id::text, 'none'), p.points::text, '0'),
        (p.without_lot, 'accounts of its postings that name no lot', p.accounts, 'such as need none'),
        (l.wallet_id <> e.wallet_id, 'wallet of the lot that it moves', l.wallet_id::text, e.wallet_id::text)
    ) AS v (broken, what, stands, should_be)
    WHERE v.broken
"""

_RETURNED = """
    WITH sums AS (
        SELECT sold_line_id, sum(quantity_milli) AS milli FROM return_match
        WHERE merchant_id = %(merchant)s GROUP BY sold_line_id
    )
    SELECT 'line ' || l.position || ' of receipt ' || d.number, 'returned quantity (thousandths)',
           l.returned_milli::text, coalesce(s.milli, 0)::text
    FROM document_line l
    JOIN document d ON d.merchant_id = l.merchant_id AND d.id = l.document_id
    LEFT JOIN sums s ON s.sold_line_id = l.id
    WHERE l.merchant_id = %(merchant)s AND l.returned_milli <> coalesce(s.milli, 0)
"""

_MATCHES = """
    WITH sums AS (
        SELECT returned_line_id, sum(quantity_milli) AS milli FROM return_match
        WHERE merchant_id = %(merchant)s GROUP BY returned_line_id
    )
    SELECT 'line ' || r.position || ' of return ' || d.number, 'matched quantity (thousandths)', s.milli::text,
           'at most ' || r.quantity_milli
    FROM sums s
    JOIN document_line r ON r.merchant_id = %(merchant)s AND r.id = s.returned_line_id
    JOIN document d ON d.merchant_id = r.merchant_id AND d.id = r.document_id
    WHERE s.milli > r.quantity_milli
    UNION ALL
    SELECT 'line ' || r.position || ' of return ' || d.number, 'item and member that it was matched to',
           s.item || ' of ' || coalesce(s.member_id::text, 'nobody'),
           r.item || ' of ' || coalesce(r.member_id::text, 'nobody')
    FROM return_match x
    JOIN document_line r ON r.merchant_id = x.merchant_id AND r.id = x.returned_line_id
    JOIN document_line s ON s.merchant_id = x.merchant_id AND s.id = x.sold_line_id
    JOIN document d ON d.merchant_id = r.merchant_id AND d.id = r.document_id
    WHERE x.merchant_id = %(merchant)s AND (s.item, s.member_id) IS DISTINCT FROM (r.item, r.member_id)
"""

_AWARDS = """
    WITH issued AS (
        SELECT document_id, -sum(points) AS points FROM posting
        WHERE merchant_id = %(merchant)s AND account = 'issued' GROUP BY document_id
    ), awarded AS (
        SELECT document_id, sum(first_points) AS points FROM award
        WHERE merchant_id = %(merchant)s GROUP BY document_id
    )
    SELECT 'receipt ' || d.number, 'points of its awards', coalesce(a.points, 0)::text, coalesce(i.points, 0)::text
    FROM awarded a FULL JOIN issued i USING (document_id)
    JOIN document d ON d.merchant_id = %(merchant)s AND d.id = document_id
    WHERE coalesce(a.points, 0) <> coalesce(i.points, 0)
"""

_CHECKS = (
    ("balances of wallets, against their postings", "wallet", _WALLETS),
    ("entries without a gap, by wallet", "wallet", _SEQUENCES),
    ("size and rest of lots, against their postings", "lot", _LOTS),
    ("expired points that answered for returns, by lot", "lot", _ANSWERED),
    ("lots never below zero, never drawn after their last day", "lot", _LOT_HISTORY),
    ("entries: balanced, and what the wallet held after each", "entry", _ENTRIES),
    ("postings of each entry, lot by lot", "posting", _LEGS),
    ("returned quantities of lines, against the matches", "document_line", _RETURNED),
    ("matches of returned lines", "return_match", _MATCHES),
    ("awards, against the points that were issued", "award", _AWARDS),
)


def check_ledger(merchant: Merchant) -> Iterator[Check]:
    """What moves with every entry, worked out from the postings."""
    return run_statements(merchant, _CHECKS)
