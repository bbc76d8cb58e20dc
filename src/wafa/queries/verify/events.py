"""Events in the outbox: one an entry, one more where the tier changed, one a member who joined."""

from collections.abc import Iterator

from wafa.queries.verify.findings import Check
from wafa.queries.verify.statements import run_statements
from wafa.store.models import Merchant
from wafa.store.outbox import EVENT_OF_ENTRY

_EVENTS = """
    WITH said AS (
        SELECT wallet_id, wallet_sequence AS sequence, kind, body FROM outbox_event WHERE merchant_id = %(merchant)s
    ), events AS (
        SELECT * FROM unnest(%(kinds)s::text[], %(events)s::text[]) AS events (kind, event)
    ), moved AS (
        SELECT e.*, w.member_id, w.unit,
               CASE WHEN e.kind IN ('accrual', 'claim', 'clawback', 'reinstatement')
                    -- Before its first entry about a receipt a wallet has no tier, and takes the lowest with it.
                    THEN coalesce(nullif(lag(e.tier_after) OVER by_wallet, ''), e.context ->> 'tier', e.tier_after)
                    ELSE coalesce(lag(e.tier_after) OVER by_wallet, '') END AS tier_before
        FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id
        WHERE e.merchant_id = %(merchant)s
        WINDOW by_wallet AS (PARTITION BY e.wallet_id ORDER BY e.sequence)
    ), due AS (
        SELECT m.wallet_id, m.sequence, x.event AS kind,
               jsonb_build_object('entry', id, 'member', member_id, 'document', document_id, 'unit', unit,
                   'points', points,
                   'balance', jsonb_build_object('available', available_after, 'pending', pending_after,
                                                 'held', held_after, 'debt', debt_after)) AS body
        FROM moved m LEFT JOIN events x ON x.kind = m.kind
        UNION ALL
        SELECT wallet_id, sequence, 'TierChanged',
               jsonb_build_object('member', member_id, 'from', tier_before, 'to', tier_after)
        FROM moved WHERE tier_after <> tier_before
        UNION ALL
        SELECT id, 0, 'MemberEnrolled', jsonb_build_object('member', member_id) FROM wallet
        WHERE merchant_id = %(merchant)s AND unit = 'points'
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

_CHECKS = (("events in the outbox, against entries and members", "outbox_event", _EVENTS),)


def check_events(merchant: Merchant) -> Iterator[Check]:
    """One statement compares them all."""
    known = {"kinds": list(EVENT_OF_ENTRY), "events": list(EVENT_OF_ENTRY.values())}
    return run_statements(merchant, _CHECKS, **known)
