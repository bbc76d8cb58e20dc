"""What came of attempts, written down."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from wafa.integrations.webhooks.plan import Answer, Outcome, next_attempt, outcome_of
from wafa.jobs.webhooks.claiming import Claimed
from wafa.store.net import across_merchants
from wafa.store.rows import array, text_array

# Whoever took over a void claim may have been faster: what has been delivered stays so.
_RECORD = """
    UPDATE webhook_delivery d
    SET state = made.state, attempts = made.attempts, next_at = made.next_at, last_status = made.status,
        last_error = made.error, delivered_at = CASE made.state WHEN 'delivered' THEN %s::timestamptz END
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::int[], %s::timestamptz[], %s::smallint[], %s::text[])
        AS made (merchant_id, id, state, attempts, next_at, status, error)
    WHERE d.merchant_id = made.merchant_id AND d.id = made.id AND d.state = 'waiting'
"""

_OFF = """
    UPDATE webhook_endpoint e SET is_active = false, off_because = 'gone'
    FROM unnest(%s::uuid[], %s::uuid[]) AS gone (merchant_id, id)
    WHERE e.merchant_id = gone.merchant_id AND e.id = gone.id AND e.is_active
"""

_CHANCE = random.SystemRandom()

Row = tuple[UUID, UUID, str, int, datetime, int | None, str]


def record(made: Sequence[tuple[Claimed, Answer]], now: datetime) -> None:
    """Two statements, however many attempts were made."""
    if not made:
        return
    columns = list(zip(*(_row(claimed, answer, now) for claimed, answer in made), strict=True))
    gone = sorted(
        {(claimed.merchant.id, claimed.endpoint.id) for claimed, answer in made if outcome_of(answer) is Outcome.GONE}
    )
    merchants, ids, states, attempts, next_at, statuses, errors = columns
    with across_merchants(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                now,
                *(array(column) for column in (merchants, ids, states, attempts, next_at, statuses)),
                text_array(map(str, errors)),
            ],
        )
        if gone:
            cursor.execute(_OFF, [array(column) for column in zip(*gone, strict=True)])


def _row(claimed: Claimed, answer: Answer, now: datetime) -> Row:
    attempts = claimed.attempts + 1
    state, again = "delivered", None
    if outcome_of(answer) is not Outcome.DELIVERED:
        again = next_attempt(attempts, answer, now, _CHANCE)
        state = "waiting" if again else "given_up"
    return claimed.merchant.id, claimed.id, state, attempts, again or now, answer.status, answer.error
