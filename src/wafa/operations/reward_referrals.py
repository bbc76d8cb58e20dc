"""Rewarding referrals: both sides, once the friend has bought something over the programme's amount."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from wafa.core.commands import RecordActivity
from wafa.core.earning.activities import REFERRALS, Activity
from wafa.core.outcomes import Posted
from wafa.operations.record_activities import record_activities
from wafa.store.actor import Actor
from wafa.store.models import Merchant
from wafa.store.programmes import load_versions

FRIENDS_A_BATCH = 500

_FRIENDS = """
    SELECT f.id, f.number, r.id, r.number
    FROM member f
    JOIN member r ON r.merchant_id = f.merchant_id AND r.id = f.referrer_id AND r.status = 'active'
    JOIN wallet w ON w.merchant_id = f.merchant_id AND w.member_id = f.id AND w.unit = 'points'
    WHERE f.merchant_id = %s AND f.id > %s AND f.referrer_id IS NOT NULL AND f.status = 'active'
      AND f.survivor_id IS NULL
      AND EXISTS (SELECT FROM progress p WHERE p.merchant_id = f.merchant_id AND p.wallet_id = w.id
                  AND p.visits > 0 AND p.spend_minor >= %s)
      AND NOT EXISTS (SELECT FROM entry e WHERE e.merchant_id = f.merchant_id
                      AND e.request_key = %s || '/' || f.id)
    ORDER BY f.id LIMIT %s
"""


def reward_referrals(merchant: Merchant, actor: Actor | None = None) -> int:
    """Reward what has not been rewarded; answers how many entries came of it.

    What is given stays, also where the friend brings everything back later. Of a referrer who has had the `most`
    friends, only the friend gets points.
    """
    actor = actor or Actor("job", "reward_referrals")
    at = merchant.now()
    version = load_versions(merchant.id).in_force(at)
    activities = version.programme.activities.values() if version else ()
    rewarded = 0
    for activity in activities:
        if activity.kind in REFERRALS and activity.during.holds(at.astimezone(merchant.zone).date()):
            last: UUID | None = UUID(int=0)
            while last is not None:
                count, last = _reward(merchant, activity, last, at, actor)
                rewarded += count
    return rewarded


def _reward(merchant: Merchant, activity: Activity, after: UUID, at: datetime, actor: Actor) -> tuple[int, UUID | None]:
    """A batch of friends; alone, since the friends of a referrer are counted. Answers the last of them too."""
    prefix = f"{activity.kind}/{activity.code}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"referrals {merchant.id}"])
            cursor.execute(_FRIENDS, [merchant.id, after, activity.from_minor, prefix, FRIENDS_A_BATCH])
            rows = cursor.fetchall()
        if not rows:
            return 0, None
        last = rows[-1][0]
        if activity.kind == "referral" and activity.most is not None:
            rows = _within(rows, _had(merchant.id, activity.code, {row[2] for row in rows}), activity.most)
        requests = [
            RecordActivity(
                at=at,
                key=f"{prefix}/{friend_id}",
                member=referrer if activity.kind == "referral" else friend,
                activity=activity.code,
                occurred_at=at,
                subject=friend if activity.kind == "referral" else "",
            )
            for friend_id, friend, _, referrer in rows
        ]
        outcomes = record_activities(merchant.id, requests, actor)
        return sum(isinstance(each, Posted) for each in outcomes), last


def _had(merchant_id: UUID, code: str, referrers: Iterable[UUID]) -> dict[UUID, int]:
    """For how many friends each has been rewarded."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.member_id, count(*)
            FROM (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS id) AS asked
            JOIN wallet w ON w.merchant_id = asked.merchant_id AND w.member_id = asked.id AND w.unit = 'points'
            JOIN entry e ON e.merchant_id = w.merchant_id AND e.wallet_id = w.id AND e.kind = 'reward'
                        AND e.explanation ->> 'activity' = %s
            GROUP BY 1
            """,
            [merchant_id, list(referrers), code],
        )
        return dict(cursor.fetchall())


Row = tuple[UUID, str, UUID, str]


def _within(rows: Iterable[Row], had: dict[UUID, int], most: int) -> list[Row]:
    """Those that leave each referrer within the most."""
    kept = []
    for row in rows:
        if had.get(row[2], 0) < most:
            had[row[2]] = had.get(row[2], 0) + 1
            kept.append(row)
    return kept
