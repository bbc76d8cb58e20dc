"""What a merchant calls its rules, tiers and units, kept in this process: a live version never changes."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from wafa.queries.console.programme import programme_of
from wafa.store.models import Merchant
from wafa.wording.measures import Measures
from wafa.wording.names import Names


@dataclass(frozen=True, slots=True)
class Words:
    """The names in all `versions`, and how amounts of each unit are told."""

    versions: frozenset[UUID]
    names: Names
    measures: Measures


_lock = Lock()
_known: dict[UUID, Words] = {}


def words_of(merchant: Merchant, version: UUID | None) -> Words:
    """Read anew where the version asked for is not among those known here."""
    with _lock:
        known = _known.get(merchant.id)
    if known is None or (version is not None and version not in known.versions):
        programme = programme_of(merchant, merchant.now())
        ids = frozenset(id for id, _ in programme.versions)
        known = Words(ids, Names(programme.versions), Measures(programme.units(), merchant.currency))
        with _lock:
            _known[merchant.id] = known
    return known
