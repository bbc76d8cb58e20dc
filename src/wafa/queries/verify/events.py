"""Events in the outbox: one an entry, one more where the tier changed, one a member who joined."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant
from wafa.store.outbox import BLOCKED, EVENT_OF_ENTRY, UNBLOCKED

_EVENTS = """
    WITH events AS (
        SELECT * FROM unnest(%(kinds)s::text[], %(events)s::text[]) AS events (kind, event)
    ), moved AS (
        SELECT e.wallet_id, e.sequence, e.kind, e.id, e.document_id, e.points, e.available_after, e.pending_after,
               e.held_after, e.debt_after, e.tier_after, w.member_id, w.unit,
               CASE WHEN e.kind IN ('accrual', 'claim', 'clawback', 'reinstatement')
                    -- Before its first entry about a receipt a wallet has no tier, and takes the lowest with it.
                    THEN coalesce(nullif(lag(e.tier_after) OVER by_wallet, ''), e.context ->> 'tier', e.tier_after)
                    ELSE coalesce(lag(e.tier_after) OVER by_wallet, '') END AS tier_before
        FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        WHERE e.merchant_id = %(merchant)s
        WINDOW by_wallet AS (PARTITION BY e.wallet_id ORDER BY e.sequence)
    ), both_sides AS (
        SELECT m.wallet_id, m.sequence, v.kind, v.body, 1 AS due
        FROM moved m
        LEFT JOIN events x ON x.kind = m.kind
        CROSS JOIN LATERAL (
            SELECT x.event AS kind, jsonb_build_object('entry', m.id, 'member', m.member_id, 'document', m.document_id,
                       'unit', m.unit, 'points', m.points,
                       'balance', jsonb_build_object('available', m.available_after, 'pending', m.pending_after,
                                                     'held', m.held_after, 'debt', m.debt_after)) AS body
            UNION ALL
            SELECT 'TierChanged', jsonb_build_object('member', m.member_id, 'from', m.tier_before, 'to', m.tier_after)
            WHERE m.tier_after <> m.tier_before
        ) AS v
        UNION ALL
        SELECT id, 0, 'MemberEnrolled', jsonb_build_object('member', member_id), 1 FROM wallet
        WHERE merchant_id = %(merchant)s AND unit = 'points'
        UNION ALL
        SELECT wallet_id, wallet_sequence, kind, body, -1 FROM outbox_event
        WHERE merchant_id = %(merchant)s AND kind <> ALL(%(of_no_entry)s::text[])
    ), differing AS (
        SELECT wallet_id, sequence, kind, CASE WHEN sum(due) > 0 THEN 'missing' ELSE 'there' END AS stands,
               CASE WHEN sum(due) > 0 THEN 'there' ELSE 'as the entry says' END AS should_be, abs(sum(due)) AS times
        FROM both_sides GROUP BY wallet_id, sequence, kind, body HAVING sum(due) <> 0
    )
    SELECT 'entry ' || x.sequence || ' of member ' || coalesce(m.number, x.wallet_id::text), 'event ' || x.kind,
           x.stands, x.should_be
    FROM differing x
    CROSS JOIN generate_series(1, x.times)
    LEFT JOIN wallet w ON w.merchant_id = %(merchant)s AND w.id = x.wallet_id
    LEFT JOIN member m ON m.merchant_id = %(merchant)s AND m.id = w.member_id
"""

_CHECKS = (("events in the outbox, against entries and members", "outbox_event", _EVENTS),)


def check_events(merchant: Merchant) -> Iterator[Check]:
    """One statement compares them all."""
    known = {
        "kinds": list(EVENT_OF_ENTRY),
        "events": list(EVENT_OF_ENTRY.values()),
        "of_no_entry": [BLOCKED, UNBLOCKED],
    }
    return run_statements(merchant, _CHECKS, **known)
