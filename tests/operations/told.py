"""All that a merchant's books say, told without ids: two merchants to whom the same happened tell the same."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.db import query
from tests.world import World
from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused, Reviewed, Settled

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# A lot by where it was opened, and its place among those of its entry.
_LOTS = """
    WITH named AS (
        SELECT l.*, m.number AS owner, e.sequence AS opened, o.unit,
               concat_ws(' ', m.number, o.unit, e.sequence, rank() OVER (PARTITION BY e.id ORDER BY l.id)) AS name
        FROM lot l JOIN entry e ON e.id = l.entry_id JOIN wallet o ON o.id = l.origin_id
        JOIN member m ON m.id = o.member_id WHERE l.merchant_id = %s
    )
"""
_QUESTIONS = {
    "wallets": """
        SELECT m.number, w.unit, available, pending, held, debt, qualifying, eligible_purchases, tier, sequence,
               below_since, posted_at, w.status, m.status, (SELECT number FROM member s WHERE s.id = m.survivor_id)
        FROM wallet w JOIN member m ON m.id = w.member_id WHERE w.merchant_id = %s ORDER BY 1, 2
    """,
    "lots": f"""{_LOTS}
        SELECT n.name, m.number, n.points, remaining, n.held, expired, answered, covered, n.pending, available_at,
               expires_on, idle_months, (SELECT number FROM document d WHERE d.id = n.document_id)
        FROM named n JOIN wallet w ON w.id = n.wallet_id JOIN member m ON m.id = w.member_id ORDER BY 1
    """,
    "holds": """
        SELECT m.number, w.unit, h.points, h.expires_at, h.is_open, e.sequence
        FROM hold h JOIN entry e ON e.id = h.id JOIN wallet w ON w.id = h.wallet_id JOIN member m ON m.id = w.member_id
        WHERE h.merchant_id = %s ORDER BY 1, 2, 6, 4
    """,
    "awards": """
        SELECT d.number, e.turn, rule, a.qualifying, first_points, held_points, lot_id IS NULL
        FROM award a JOIN document d ON d.id = a.document_id JOIN entry e ON e.id = a.entry_id
        WHERE a.merchant_id = %s ORDER BY 1, 2, 3
    """,
    "progress": """
        SELECT m.number, day, p.qualifying, spend_minor, visits
        FROM progress p JOIN wallet w ON w.id = p.wallet_id JOIN member m ON m.id = w.member_id
        WHERE p.merchant_id = %s AND (p.qualifying, spend_minor, visits) <> (0, 0, 0) ORDER BY 1, 2
    """,
    "lines": """
        SELECT d.number, position, item, l.quantity_milli, l.amount_minor, is_returned, returned_milli, m.number
        FROM document_line l JOIN document d ON d.id = l.document_id LEFT JOIN member m ON m.id = l.member_id
        WHERE l.merchant_id = %s ORDER BY 1, 2
    """,
    "documents": """
        SELECT d.number, kind, m.number, anonymous_reason, posted_at, amount_minor, waited,
               (SELECT n.number FROM document_number n WHERE n.id = d.receipt_id)
        FROM document d LEFT JOIN member m ON m.id = d.member_id WHERE d.merchant_id = %s ORDER BY 1
    """,
    "numbers": "SELECT number FROM document_number WHERE merchant_id = %s ORDER BY 1",
    "matches": """
        SELECT b.number, r.position, d.number, s.position, x.quantity_milli
        FROM return_match x JOIN document_line r ON r.id = x.returned_line_id JOIN document b ON b.id = r.document_id
        JOIN document_line s ON s.id = x.sold_line_id JOIN document d ON d.id = s.document_id
        WHERE x.merchant_id = %s ORDER BY x.id
    """,
    "entries": """
        SELECT m.number, w.unit, e.sequence, e.kind, d.number, turn, e.occurred_at, e.posted_at, points,
               available_after, pending_after, held_after, debt_after, tier_after, explanation, context, request_key
        FROM entry e JOIN wallet w ON w.id = e.wallet_id JOIN member m ON m.id = w.member_id
        LEFT JOIN document d ON d.id = e.document_id WHERE e.merchant_id = %s ORDER BY 1, 2, 3
    """,
    "postings": f"""{_LOTS}
        SELECT m.number, w.unit, e.sequence, p.account, p.points, n.name, f.name, d.number
        FROM posting p JOIN entry e ON e.id = p.entry_id JOIN wallet w ON w.id = e.wallet_id
        JOIN member m ON m.id = w.member_id
        LEFT JOIN named n ON n.id = p.lot_id LEFT JOIN named f ON f.id = p.for_lot_id
        LEFT JOIN document d ON d.id = p.document_id WHERE p.merchant_id = %s ORDER BY 1, 2, 3, p.id
    """,
    "events": """
        SELECT m.number, w.unit, o.wallet_sequence, o.kind, o.body
        FROM outbox_event o JOIN wallet w ON w.id = o.wallet_id JOIN member m ON m.id = w.member_id
        WHERE o.merchant_id = %s ORDER BY 1, 2, 3, o.id
    """,
}


def told(world: World) -> dict[str, list[str]]:
    """A line for each row, by what it is about."""
    return {
        about: [
            without_ids(" | ".join(_plain(value) for value in row)) for row in query(sql, *[world.id] * sql.count("%s"))
        ]
        for about, sql in _QUESTIONS.items()
    }


def outcome_told(outcome: Outcome) -> str:
    """What was answered."""
    match outcome:
        case Accepted(slip=slip) | Posted(slip=slip) | Duplicate(first=slip):
            said: Any = (slip.points, slip.explanation, slip.after, slip.tier, slip.anonymous_reason)
        case Refused(refusal=refusal, detail=detail):
            said = (str(refusal), detail)
        case Settled(expired=expired):
            said = expired
        case Reviewed(entries=entries):
            said = len(entries)
    return without_ids(f"{type(outcome).__name__} {json.dumps(said, sort_keys=True)}")


def without_ids(text: str) -> str:
    """The same, with each id made the same."""
    return _ID.sub("id", text)


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)
