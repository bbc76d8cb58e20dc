"""The tier as it is answered: held, until when, and how far it is to the next one."""

from __future__ import annotations

from typing import Any

from wafa.queries.console.progress import standing_of
from wafa.queries.holdings import Holdings
from wafa.store.models import Merchant
from wafa.wording.told.tiers import last_day_of_grace


def tier_told(merchant: Merchant, found: Holdings) -> dict[str, Any] | None:
    """None where no programme is in force. Before the first entry a member stands on the lowest step."""
    if found.rules is None:
        return None
    ladder, standing = found.rules.ladder, standing_of(merchant, found.points, found.rules)
    grace = ladder.qualification.grace_days
    return {
        "code": found.points.tier or ladder.tiers[0].code,
        "next": {"code": standing.next.code, "missing": standing.missing} if standing.next else None,
        "measure": standing.measure,
        "counted": standing.counted,
        "since": standing.since,
        "kept_until": last_day_of_grace(standing.kept_since, grace) if standing.kept_since else None,
    }
