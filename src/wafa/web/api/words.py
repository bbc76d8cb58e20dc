"""The names of a merchant's rules and tiers, kept in this process: a live version never changes."""

from __future__ import annotations

from threading import Lock
from uuid import UUID

from wafa.store.models import Merchant, ProgrammeVersion, VersionState
from wafa.wording.names import Names

_lock = Lock()
_known: dict[UUID, tuple[frozenset[UUID], Names]] = {}


def names_of(merchant: Merchant, version: UUID | None) -> Names:
    """All versions' names, read anew where the version asked for is not among those known here."""
    with _lock:
        known = _known.get(merchant.id)
    if known is None or (version is not None and version not in known[0]):
        bodies = dict(
            ProgrammeVersion.objects.of(merchant)
            .exclude(state=VersionState.DRAFT)
            .order_by("-number")
            .values_list("id", "body")
        )
        known = (frozenset(bodies), Names(bodies.items()))
        with _lock:
            _known[merchant.id] = known
    return known[1]
