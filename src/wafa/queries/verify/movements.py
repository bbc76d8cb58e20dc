"""Entries that answer each other: holds and what closed them, redemptions and what cancelled them, pairs of wallets."""

from collections.abc import Iterator
from typing import Any

from wafa.queries.verify.findings import Check
from wafa.queries.verify.links import Links
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant

_ANSWERS = """
    WITH answers (kind, to_kinds) AS (VALUES
        ('capture', ARRAY['hold']), ('release', ARRAY['hold']), ('cancellation', ARRAY['redemption', 'capture']),
        ('grant', ARRAY['accrual', 'claim']), ('revocation', ARRAY['clawback', 'reinstatement', 'reversal']),
        ('transfer_in', ARRAY['transfer_out']), ('merge_in', ARRAY['merge_out']),
        ('unmerge_out', ARRAY['merge_out']), ('unmerge_in', ARRAY['merge_out'])
    )
    SELECT 'entry ' || e.sequence || ' of member ' || m.number, 'kind of the entry that it answers',
           coalesce(o.kind, 'none'), coalesce(array_to_string(a.to_kinds, ' or '), 'none')
    FROM entry e
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    LEFT JOIN answers a ON a.kind = e.kind
    LEFT JOIN entry o ON o.merchant_id = e.merchant_id AND o.id = e.of_id
    WHERE e.merchant_id = %(merchant)s AND (e.of_id IS NOT NULL OR a.kind IS NOT NULL)
      AND NOT coalesce(o.kind = ANY(a.to_kinds), false)
"""

_REQUESTS = """
    SELECT 'entry ' || e.sequence || ' of member ' || m.number, 'key of its request', v.stands, v.should_be
    FROM entry e
    JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
    JOIN member m ON m.merchant_id = w.merchant_id AND m.id = w.member_id
    CROSS JOIN LATERAL (VALUES
        (e.request_key IS NOT NULL AND e.kind IN ('accrual', 'clawback', 'reinstatement', 'expiry', 'transfer_in',
                                                  'merge_in', 'unmerge_in', 'review', 'grant', 'revocation'),
         e.request_key, 'none'),
        (e.request_key IS NULL AND e.kind IN ('redemption', 'hold', 'capture', 'adjustment', 'opening',
                                              'transfer_out'), 'none', 'one'),
        (octet_length(e.request_hash) <> 32, 'a hash of ' || octet_length(e.request_hash) || ' bytes', '32 bytes')
    ) AS v (broken, stands, should_be)
    WHERE e.merchant_id = %(merchant)s AND v.broken
"""

_HOLDS = """
    WITH placed AS (
        SELECT e.id, e.wallet_id, e.sequence, (e.explanation ->> 'expires_at')::timestamptz AS expires_at, (
                   SELECT sum(p.points) FROM posting p
                   WHERE p.merchant_id = e.merchant_id AND p.entry_id = e.id AND p.account = 'held'
               ) AS points, (
                   SELECT count(*) FROM entry a
                   WHERE a.merchant_id = e.merchant_id AND a.of_id = e.id AND a.kind IN ('capture', 'release')
               ) AS answers
        FROM entry e WHERE e.merchant_id = %(merchant)s AND e.kind = 'hold'
    ), homes AS (
        SELECT * FROM unnest(%(hold_origins)s::uuid[], %(hold_firsts)s::bigint[], %(hold_lasts)s::bigint[],
                             %(hold_homes)s::uuid[]) AS homes (origin_id, first, last, wallet_id)
    )
    SELECT 'hold ' || coalesce(h.id, p.id), v.what, v.stands, v.should_be
    FROM placed p
    FULL JOIN (SELECT * FROM hold WHERE merchant_id = %(merchant)s) AS h ON h.id = p.id
    LEFT JOIN homes s ON s.origin_id = p.wallet_id AND p.sequence BETWEEN s.first AND s.last
    CROSS JOIN LATERAL (VALUES
        ('its entry', CASE WHEN p.id IS NULL THEN 'none' ELSE 'there' END, 'there'),
        ('its row', CASE WHEN h.id IS NULL THEN 'none' ELSE 'there' END, 'there'),
        ('points', h.points::text, p.points::text), ('end', h.expires_at::text, p.expires_at::text),
        ('wallet', h.wallet_id::text, coalesce(s.wallet_id, p.wallet_id)::text),
        ('number of answers', p.answers::text, least(p.answers, 1)::text),
        ('whether it is open', h.is_open::text, (p.answers = 0)::text)
    ) AS v (what, stands, should_be)
    WHERE v.stands IS DISTINCT FROM v.should_be
"""

_HELD = """
    WITH legs AS (
        SELECT coalesce(e.of_id, e.id) AS hold_id, p.lot_id, sum(p.points) AS rest
        FROM entry e JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s AND e.kind IN ('hold', 'capture', 'release') AND p.account = 'held'
        GROUP BY 1, 2
    ), closed AS (
        SELECT DISTINCT of_id FROM entry
        WHERE merchant_id = %(merchant)s AND kind IN ('capture', 'release') AND of_id IS NOT NULL
    )
    SELECT 'hold ' || l.hold_id, 'points of lot ' || coalesce(l.lot_id::text, 'none') || ' still held', l.rest::text,
           '0'
    FROM legs l JOIN closed c ON c.of_id = l.hold_id
    WHERE l.rest <> 0
"""

_CANCELLED = """
    WITH legs AS (
        SELECT CASE e.kind WHEN 'cancellation' THEN e.of_id ELSE e.id END AS redemption_id, p.lot_id,
               sum(p.points) FILTER (WHERE e.kind <> 'cancellation') AS spent,
               -sum(p.points) FILTER (WHERE e.kind = 'cancellation') AS restored
        FROM entry e JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s AND e.kind IN ('redemption', 'capture', 'cancellation')
          AND p.account = 'redeemed'
        GROUP BY 1, 2
    ), cancelled AS (
        SELECT DISTINCT of_id FROM entry WHERE merchant_id = %(merchant)s AND kind = 'cancellation'
    )
    SELECT 'redemption ' || l.redemption_id, 'points restored to lot ' || coalesce(l.lot_id::text, 'none'),
           coalesce(l.restored, 0)::text, coalesce(l.spent, 0)::text
    FROM legs l JOIN cancelled c ON c.of_id = l.redemption_id
    WHERE coalesce(l.restored, 0) <> coalesce(l.spent, 0)
"""

_PAIRS = """
    WITH legs AS (
        SELECT CASE WHEN e.kind IN ('transfer_out', 'merge_out') THEN e.id ELSE e.of_id END AS pair_id, w.unit,
               CASE WHEN e.kind IN ('unmerge_out', 'unmerge_in') THEN 'undone merge'
                    WHEN e.kind IN ('merge_out', 'merge_in') THEN 'merge' ELSE 'transfer' END AS what,
               CASE WHEN e.kind LIKE '%%merge%%' THEN p.lot_id END AS lot_id,
               CASE WHEN e.kind LIKE '%%merge%%' THEN p.for_lot_id END AS for_lot_id, sum(p.points) AS rest
        FROM entry e
        JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        JOIN posting p ON p.merchant_id = e.merchant_id AND p.entry_id = e.id
        WHERE e.merchant_id = %(merchant)s AND p.account = 'transferred'
        GROUP BY 1, 2, 3, 4, 5
    ), halves AS (
        SELECT CASE WHEN e.kind IN ('transfer_out', 'merge_out') THEN e.id ELSE e.of_id END AS pair_id, w.unit,
               CASE WHEN e.kind IN ('unmerge_out', 'unmerge_in') THEN 'undone merge'
                    WHEN e.kind IN ('merge_out', 'merge_in') THEN 'merge' ELSE 'transfer' END AS what,
               string_agg(e.kind, ', ' ORDER BY e.kind DESC) AS kinds
        FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        WHERE e.merchant_id = %(merchant)s
          AND e.kind IN ('transfer_out', 'transfer_in', 'merge_out', 'merge_in', 'unmerge_out', 'unmerge_in')
        GROUP BY 1, 2, 3
    )
    SELECT what || ' ' || pair_id, 'points on their way' || coalesce(', lot ' || coalesce(lot_id, for_lot_id), ''),
           rest::text, '0'
    FROM legs WHERE rest <> 0
    UNION ALL
    SELECT what || ' ' || pair_id, 'its entries', kinds, 'one out, one in'
    FROM halves WHERE kinds NOT IN ('transfer_out, transfer_in', 'merge_out, merge_in', 'unmerge_out, unmerge_in')
"""

_PASSED_ON = """
    WITH told AS (
        SELECT e.id, e.kind, coalesce(e.of_id, e.id) AS pair_id, t.place, (t.lot ->> 'lot')::uuid AS lot_id,
               (t.lot ->> 'points')::bigint AS points, t.lot ->> 'expires_on' AS expires_on
        FROM entry e
        CROSS JOIN LATERAL jsonb_array_elements(e.explanation -> 'lots') WITH ORDINALITY AS t (lot, place)
        WHERE e.merchant_id = %(merchant)s AND e.kind IN ('transfer_out', 'transfer_in')
    )
    SELECT 'transfer ' || o.pair_id, v.what || ' of lot ' || o.place, coalesce(v.stands, 'none'),
           coalesce(v.should_be, 'none')
    FROM told o
    LEFT JOIN told i ON i.pair_id = o.pair_id AND i.place = o.place AND i.kind = 'transfer_in'
    LEFT JOIN lot a ON a.merchant_id = %(merchant)s AND a.id = o.lot_id
    LEFT JOIN lot b ON b.merchant_id = %(merchant)s AND b.id = i.lot_id
    CROSS JOIN LATERAL (VALUES
        ('points', i.points::text, o.points::text), ('last day', i.expires_on, o.expires_on),
        ('issuing branch', b.issuing_branch_id::text, a.issuing_branch_id::text),
        ('months without activity', b.idle_months::text, a.idle_months::text),
        ('when it became available', b.available_at::text, a.available_at::text)
    ) AS v (what, stands, should_be)
    WHERE o.kind = 'transfer_out' AND v.stands IS DISTINCT FROM v.should_be
"""

_CHECKS = (
    ("entries, against those that they answer", "entry", _ANSWERS),
    ("entries, against the requests that asked for them", "entry", _REQUESTS),
    ("holds, against their entries and answers", "hold", _HOLDS),
    ("closed holds, lot by lot", "hold", _HELD),
    ("cancelled redemptions, lot by lot", "entry", _CANCELLED),
    ("transfers and merges, against their other half", "entry", _PAIRS),
    ("lots passed on, against those that they came from", "lot", _PASSED_ON),
)


def check_movements(merchant: Merchant, links: Links) -> Iterator[Check]:
    """Each pair of entries compared by one statement."""
    return run_statements(merchant, _CHECKS, **homes("hold", links.holds()))


def homes(name: str, spans: Any) -> dict[str, list[Any]]:
    """Where things are by the wallet and the entries that they came from, as columns for a statement."""
    known = list(spans)
    return {
        f"{name}_origins": [span.origin for span in known],
        f"{name}_firsts": [span.first for span in known],
        f"{name}_lasts": [span.last for span in known],
        f"{name}_homes": [span.home for span in known],
    }
