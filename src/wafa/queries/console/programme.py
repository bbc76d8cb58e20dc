"""The rules that names and tiers are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.core.programme import Programme as Rules
from wafa.store.models import Merchant, ProgrammeVersion, VersionState

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Programme:
    """A merchant's versions, newest first, and the body in force at an instant (empty: none is)."""

    versions: list[tuple[UUID, Body]] = field(default_factory=list)
    in_force: Body = field(default_factory=dict)

    def rules(self) -> Rules | None:
        """The version in force, as the ledger reads it."""
        return Rules.read(self.in_force) if self.in_force else None

    def units(self) -> list[Body]:
        """The units besides points, as the newest version that knows each describes it."""
        units = {unit["code"]: unit for _, body in reversed(self.versions) for unit in body.get("units", [])}
        return list(units.values())

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
