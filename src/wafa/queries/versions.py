"""The versions of a programme and how each stands: draft, scheduled, live or retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.store.models import Merchant, ProgrammeVersion, VersionState

DRAFT, SCHEDULED, LIVE, RETIRED = "draft", "scheduled", "live", "retired"
"""Not in force; in force from a later instant on; in force now; until a later one took its place."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it stands at an instant. A draft has no start."""

    id: UUID
    number: int
    standing: str
    starts_at: datetime | None
    body: dict[str, Any]


def versions(merchant: Merchant, at: datetime | None = None) -> list[VersionRow]:
    """All of them: drafts first, then the latest to start; as they stand at an instant, now if none is given."""
    at = at or merchant.now()
    rows = list(ProgrammeVersion.objects.of(merchant).order_by("-starts_at"))
    drafts = [row for row in rows if row.state == VersionState.DRAFT]
    published = [row for row in rows if row.state != VersionState.DRAFT]
    in_force = next((row.id for row in published if row.starts_at <= at), None)
    told = [VersionRow(row.id, row.number, DRAFT, None, row.body) for row in drafts]
    for row in published:
        standing = SCHEDULED if row.starts_at > at else LIVE if row.id == in_force else RETIRED
        told.append(VersionRow(row.id, row.number, standing, row.starts_at, row.body))
    return told


def version_before(merchant: Merchant, starts_at: datetime) -> VersionRow | None:
    """The version that one starting then would take the place of."""
    published = [row for row in versions(merchant) if row.starts_at is not None and row.starts_at < starts_at]
    return published[0] if published else None
