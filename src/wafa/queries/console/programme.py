"""The rules that names and tiers are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.store.models import Merchant, ProgrammeVersion, VersionState

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Programme:
    """A merchant's versions, newest first, and the body in force at an instant (empty: none is)."""

    versions: list[tuple[UUID, Body]] = field(default_factory=list)
    in_force: Body = field(default_factory=dict)

    def tiers(self) -> list[Body]:
        """The ladder in force, lowest first."""
        tiers: list[Body] = sorted(self.in_force.get("tiers", []), key=lambda tier: int(tier["from"]))
        return tiers


def programme_of(merchant: Merchant, at: datetime) -> Programme:
    """Every version that is or was live: one statement."""
    rows = list(
        ProgrammeVersion.objects.of(merchant)
        .exclude(state=VersionState.DRAFT)
        .order_by("-starts_at")
        .values_list("id", "body", "starts_at")
    )
    in_force: Body = next((body for _, body, starts_at in rows if starts_at <= at), {})
    return Programme([(id, body) for id, body, _ in rows], in_force)
