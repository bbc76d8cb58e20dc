"""Which version a page is about."""

from __future__ import annotations

from django.http import Http404

from wafa.queries.versions import DRAFT, LIVE, VersionRow, versions
from wafa.store.models import Merchant


def find_version(merchant: Merchant, number: int) -> tuple[VersionRow, list[VersionRow]]:
    """The version, and all of them; raises Http404."""
    rows = versions(merchant)
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise Http404
    return found, rows


def find_draft(merchant: Merchant, number: int) -> VersionRow:
    """A version that can still be changed; raises Http404."""
    row, _rows = find_version(merchant, number)
    if row.standing != DRAFT:
        raise Http404
    return row


def live_one(rows: list[VersionRow]) -> VersionRow | None:
    """The one in force."""
    return next((row for row in rows if row.standing == LIVE), None)
