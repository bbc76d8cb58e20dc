"""What a document gave or took back in other units than points, told the same now and whenever it is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wafa.core.ledger.entry import GRANT, REVOCATION
from wafa.core.outcomes import Accepted
from wafa.store.models import Entry


@dataclass(frozen=True, slots=True)
class Granted:
    """One entry in one unit: by how much the wallet changed, what could be spent then, and why."""

    unit: str
    kind: str
    points: int
    available: int
    version_id: UUID | None
    explanation: Mapping[str, Any]


def granted_by(outcome: Accepted) -> list[Granted]:
    """Of what is being counted now: the entries that answer the document's own."""
    own = {entry.id for entry in outcome.entries if entry.document_id == outcome.document.id}
    return [
        Granted(
            entry.wallet.unit, entry.kind, entry.points, entry.after["available"], entry.version_id, entry.explanation
        )
        for entry in outcome.entries
        if entry.kind in (GRANT, REVOCATION) and entry.of_id in own
    ]


def granted_then(merchant_id: UUID, document_id: UUID) -> list[Granted]:
    """Of what was counted before, by the same rule."""
    own = Entry.objects.of(merchant_id).filter(document_id=document_id).values_list("id", flat=True)
    rows = Entry.objects.of(merchant_id).filter(of_id__in=list(own), kind__in=(GRANT, REVOCATION))
    return [
        Granted(row.wallet.unit, row.kind, row.points, row.available_after, row.programme_version_id, row.explanation)
        for row in rows.select_related("wallet").order_by("posted_at", "id")
    ]
