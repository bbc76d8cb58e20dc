"""The ledger against its postings: balances, lots, covers, matches and awards, each by one statement."""

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
    ), owed AS (
        -- What is owed for each lot, by the wallet that the lot is in now.
        SELECT l.wallet_id, -sum(p.points) AS debt
        FROM posting p JOIN lot l ON l.merchant_id = p.merchant_id AND l.id = p.for_lot_id
        WHERE p.merchant_id = %(merchant)s AND p.account = 'debt' GROUP BY l.wallet_id
    )
    SELECT 'wallet of member ' || m.number || CASE w.unit WHEN 'points' THEN '' ELSE ' in ' || w.unit END,
           v.what, v.stands::text, v.should_be::text
    FROM wallet w JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN sums s ON s.wallet_id = w.id
    LEFT JOIN owed o ON o.wallet_id = w.id
    CROSS JOIN LATERAL (VALUES
        ('available', w.available, coalesce(s.available, 0)), ('pending', w.pending, coalesce(s.pending, 0)),
        ('held', w.held, coalesce(s.held, 0)), ('debt', w.debt, coalesce(s.debt, 0)),
        ('debt, lot by lot,', coalesce(o.debt, 0), w.debt), ('qualifying', w.qualifying, coalesce(s.qualifying, 0))
    ) AS v (what, stands, should_be)
    WHERE w.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_SEQUENCES = """
    SELECT 'wallet of member ' || m.number || CASE w.unit WHEN 'points' THEN '' ELSE ' in ' || w.unit END,
           v.what, v.stands, v.should_be
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
               sum(points) FILTER (WHERE account IN ('available', 'pending')) AS remaining,
               sum(points) FILTER (WHERE account = 'held') AS held,
               sum(points) FILTER (WHERE account = 'expired') AS expired
        FROM posting WHERE merchant_id = %(merchant)s AND lot_id IS NOT NULL GROUP BY lot_id
    ), opened AS (
        SELECT entry_id, lot_id, -sum(points) AS points FROM posting
        WHERE merchant_id = %(merchant)s AND lot_id IS NOT NULL AND points < 0
          AND account IN ('issued', 'brought', 'adjusted', 'transferred')
        GROUP BY entry_id, lot_id
    ), covers AS (
        SELECT for_lot_id, -sum(points) AS points FROM posting
        WHERE merchant_id = %(merchant)s AND for_lot_id IS NOT NULL
          AND account IN ('available', 'pending', 'debt', 'forgiven', 'withheld')
        GROUP BY for_lot_id
    )
    SELECT 'lot ' || l.id || ' of member ' || m.number, v.what, v.stands::text, v.should_be::text
    FROM lot l
    JOIN wallet w ON w.merchant_id = l.merchant_id AND w.id = l.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN sums s ON s.lot_id = l.id
    LEFT JOIN opened o ON o.lot_id = l.id AND o.entry_id = l.entry_id
    LEFT JOIN covers c ON c.for_lot_id = l.id
    CROSS JOIN LATERAL (VALUES
        ('size', l.points, coalesce(o.points, 0)), ('remaining', l.remaining, coalesce(s.remaining, 0)),
        ('held', l.held, coalesce(s.held, 0)), ('expired', l.expired, coalesce(s.expired, 0)),
        ('covered', l.covered, coalesce(c.points, 0))
    ) AS v (what, stands, should_be)
    WHERE l.merchant_id = %(merchant)s AND v.stands <> v.should_be
"""

_COVERS = """
    WITH given AS (
        -- Debt and what is forgiven stand by themselves, whoever pays them; points stand with the lot that gave them.
        SELECT for_lot_id, CASE WHEN account IN ('available', 'pending') THEN lot_id END AS by_id,
               CASE WHEN account IN ('available', 'pending') THEN 'points' ELSE account END AS what,
               -sum(points) AS points
        FROM posting
        WHERE merchant_id = %(merchant)s AND for_lot_id IS NOT NULL
          AND account IN ('available', 'pending', 'debt', 'forgiven', 'withheld')
        GROUP BY 1, 2, 3
    )
    SELECT 'lot ' || g.for_lot_id, v.what, v.stands, v.should_be
    FROM given g
    JOIN lot l ON l.merchant_id = %(merchant)s AND l.id = g.for_lot_id
    LEFT JOIN lot b ON b.merchant_id = %(merchant)s AND b.id = g.by_id
    CROSS JOIN LATERAL (VALUES
        (g.points < 0, g.what || ' given in its place' || coalesce(' by lot ' || g.by_id, ''), g.points::text,
         '0 or more'),
        (g.points > 0 AND b.wallet_id <> l.wallet_id, 'wallet of the lot ' || g.by_id || ', which covers it,',
         b.wallet_id::text, l.wallet_id::text),
        (g.by_id = g.for_lot_id, 'lot that covers it', 'itself', 'another one')
    ) AS v (broken, what, stands, should_be)
    WHERE v.broken
    UNION ALL
    SELECT DISTINCT 'lot ' || l.id, 'receipt of what is given in its place, by entry ' || p.entry_id,
           coalesce(p.document_id::text, 'none'), coalesce(l.document_id::text, 'none')
    FROM posting p JOIN lot l ON l.merchant_id = p.merchant_id AND l.id = p.for_lot_id
    WHERE p.merchant_id = %(merchant)s AND p.document_id IS DISTINCT FROM l.document_id
"""

_LEGS = """
    WITH sums AS (
        SELECT entry_id, lot_id, for_lot_id, sum(points) AS points,
               bool_or(lot_id IS NULL AND account NOT IN ('debt', 'clawed_back', 'forgiven', 'withheld', 'transferred',
                                                          'qualifying', 'qualified')) AS without_lot,
               bool_or(for_lot_id IS NULL AND account IN ('debt', 'forgiven', 'withheld')) AS for_none,
               bool_or((lot_id IS NOT NULL OR for_lot_id IS NOT NULL) AND account IN ('qualifying', 'qualified'))
                   AS beside
        FROM posting WHERE merchant_id = %(merchant)s GROUP BY entry_id, lot_id, for_lot_id
    )
    SELECT 'entry ' || e.sequence || ' of member ' || m.number, v.what, v.stands, v.should_be
    FROM (SELECT * FROM sums WHERE points <> 0 OR without_lot OR for_none OR beside) AS p
    JOIN entry e ON e.merchant_id = %(merchant)s AND e.id = p.entry_id
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    CROSS JOIN LATERAL (
        SELECT string_agg(DISTINCT l.account, ', ') AS accounts FROM posting l
        WHERE l.merchant_id = %(merchant)s AND l.entry_id = p.entry_id AND l.lot_id IS NOT DISTINCT FROM p.lot_id
          AND l.for_lot_id IS NOT DISTINCT FROM p.for_lot_id
    ) AS legs
    CROSS JOIN LATERAL (VALUES
        (p.points <> 0, 'sum of its postings about lot ' || coalesce(p.lot_id::text, 'none') ||
         coalesce(' for lot ' || p.for_lot_id, ''), p.points::text, '0'),
        (p.without_lot, 'accounts of its postings that name no lot', legs.accounts, 'such as need none'),
        (p.for_none, 'accounts of its postings that say for no lot', legs.accounts, 'such as need none'),
        (p.beside, 'accounts of its postings that name a lot', legs.accounts, 'such as have one')
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
    ("what was given in place of lots", "lot", _COVERS),
    ("postings of each entry, lot by lot", "posting", _LEGS),
    ("returned quantities of lines, against the matches", "document_line", _RETURNED),
    ("awards, against the points that were issued", "award", _AWARDS),
)


def check_ledger(merchant: Merchant) -> Iterator[Check]:
    """What moves with every entry, worked out from the postings."""
    return run_statements(merchant, _CHECKS)
