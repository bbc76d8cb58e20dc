"""Entries as they are answered: with the slip in the reader's language, and what each rule gave."""

from __future__ import annotations

from typing import Any

from wafa.queries.console.programme import programme_of
from wafa.queries.statement import StatementLine
from wafa.store.models import Entry, Merchant
from wafa.wording.measures import Measures
from wafa.wording.names import Names
from wafa.wording.slip import award_line, entry_slip


class Teller:
    """Tells the entries of one merchant in one unit."""

    def __init__(self, merchant: Merchant, unit: str) -> None:
        programme = programme_of(merchant, merchant.now())
        self._merchant, self._unit = merchant, unit
        self._names = Names(programme.versions)
        self._measure = Measures(programme.units(), merchant.currency).of(unit)

    def __call__(self, line: StatementLine) -> dict[str, Any]:
        """As the shape `Entry` says."""
        entry, currency = line.entry, self._merchant.currency
        slip = entry_slip(entry, entry.of, self._names, currency, self._measure, self._merchant.zone)
        return {
            "id": str(entry.id),
            "kind": entry.kind,
            "external_id": line.card,
            "unit": self._unit,
            "points": entry.points,
            "occurred_at": entry.occurred_at.isoformat(),
            "posted_at": entry.posted_at.isoformat(),
            "document": _document(entry),
            "awards": [
                {
                    "rule": award["rule"],
                    "points": award["points"],
                    "text": str(award_line(award, self._names, entry.programme_version_id, currency)),
                }
                for award in entry.explanation.get("awards") or ()
            ],
            "text": str(slip),
            "balance": {
                "available": entry.available_after,
                "pending": entry.pending_after,
                "held": entry.held_after,
                "debt": entry.debt_after,
            },
        }


def _document(entry: Entry) -> dict[str, Any] | None:
    document = entry.document
    if document is None:
        return None
    return {
        "id": str(document.id),
        "source": document.source,
        "period": document.period,
        "number": document.number,
    }
