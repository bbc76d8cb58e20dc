"""The versions of a merchant's programme, read once a process: from going live on they never change."""

import json
from functools import lru_cache
from uuid import UUID

from django.db import connection

from wafa.core.programme import Programme
from wafa.core.snapshot import Version, Versions


def load_versions(merchant_id: UUID) -> Versions:
    """All versions but drafts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, starts_at, body::text FROM programme_version WHERE merchant_id = %s AND state <> 'draft'",
            [merchant_id],
        )
        return Versions([Version(id, starts_at, programme(id, body)) for id, starts_at, body in cursor.fetchall()])


@lru_cache(maxsize=256)
def programme(version_id: UUID, body: str) -> Programme:
    """A version's rules, from its JSON as it is stored."""
    return Programme.read(json.loads(body))
