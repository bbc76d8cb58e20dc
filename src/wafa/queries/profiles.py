"""Members as programs see them: what is known of each, and what they are known by. One statement, however many."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wafa.store.rows import array, text_array


@dataclass(frozen=True, slots=True)
class Profile:
    """A member. Where `asked_id` is another, that one was merged into them. The `referrer_id` is a survivor's too."""

    asked_id: UUID
    id: UUID
    number: str
    name: str
    phone: str
    email: str
    language: str
    consents: dict[str, Any]
    status: str
    enrolled_at: datetime
    born_on: date | None
    birth_calendar: str
    tags: list[str]
    referrer_id: UUID | None
    has_pin: bool
    has_qr: bool
    cards: list[str]


_PROFILES = """
    WITH asked AS MATERIALIZED (
        SELECT merchant_id, id AS asked_id, coalesce(survivor_id, id) AS id FROM member
        WHERE merchant_id = %s AND {named}
    )
    SELECT asked.asked_id, m.id, m.number, m.name, m.phone, m.email, m.language, m.consents::text, m.status,
           m.enrolled_at, m.born_on, m.birth_calendar, m.tags, coalesce(r.survivor_id, r.id), m.pin_hash <> '',
           shown.has_qr, shown.cards
    FROM asked
    JOIN member m ON m.merchant_id = asked.merchant_id AND m.id = asked.id
    LEFT JOIN member r ON r.merchant_id = m.merchant_id AND r.id = m.referrer_id
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(t.kind = 'qr'), false) AS has_qr,
               coalesce(array_agg(t.value ORDER BY t.created_at, t.id) FILTER (WHERE t.kind = 'card'), '{{}}') AS cards
        FROM (
            SELECT asked.id
            UNION ALL
            SELECT a.id FROM member a WHERE a.merchant_id = asked.merchant_id AND a.survivor_id = asked.id
        ) AS one
        JOIN member_token t ON t.merchant_id = asked.merchant_id AND t.member_id = one.id AND t.ended_at IS NULL
    ) AS shown
    ORDER BY m.number, asked.asked_id <> m.id
"""
_BY_ID = _PROFILES.format(named="id = ANY(%s::uuid[])")
_BY_NUMBER = _PROFILES.format(named="number = ANY(%s::text[])")


def profile_of(merchant_id: UUID, member_id: UUID) -> Profile | None:
    """None: the merchant has no such member."""
    return next(iter(_read(_BY_ID, merchant_id, array([member_id]))), None)


def profiles_by_number(merchant_id: UUID, numbers: Collection[str]) -> list[Profile]:
    """Those that there are; a person with two of the numbers is told once, by their own if it is among them."""
    found: dict[UUID, Profile] = {}
    for profile in _read(_BY_NUMBER, merchant_id, text_array(numbers)):
        found.setdefault(profile.id, profile)
    return list(found.values())


def _read(statement: str, merchant_id: UUID, named: str) -> list[Profile]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [merchant_id, named])
        return [_profile(row) for row in cursor.fetchall()]


def _profile(row: tuple[Any, ...]) -> Profile:
    # Django hands JSON over as text.
    return Profile(*(*row[:7], json.loads(row[7]), *row[8:]))
