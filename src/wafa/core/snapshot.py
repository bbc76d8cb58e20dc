"""The little world that a batch touches: loaded and locked before deciding, moved forward by it."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from uuid import UUID

from wafa.core.commands import DocumentKey
from wafa.core.ledger.wallet import Receipt, Wallet
from wafa.core.outcomes import Slip
from wafa.core.programme import Programme
from wafa.core.tiers.qualification import Tier


@dataclass(frozen=True, slots=True)
class Version:
    """A programme version: in force from `starts_at` until the next one starts."""

    id: UUID
    starts_at: datetime
    programme: Programme


class Versions:
    """All versions that have been or will be in force, by time and by id."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._in_order = sorted(versions, key=lambda version: version.starts_at)
        self._starts = [version.starts_at for version in self._in_order]
        self._by_id = {version.id: version for version in versions}

    def in_force(self, instant: datetime) -> Version | None:
        """The version for what happens at that instant; None before the programme began."""
        place = bisect_right(self._starts, instant)
        return self._in_order[place - 1] if place else None

    def ladder(self, instant: datetime) -> tuple[Tier, ...]:
        """The tiers in force at an instant; before the programme began, those that it begins with."""
        version = self.in_force(instant) or next(iter(self._in_order), None)
        return version.programme.tiers if version else ()

    def by_id(self, id: UUID) -> Programme:
        """The rules kept with an entry."""
        return self._by_id[id].programme

    def find(self, id: UUID | None) -> Programme | None:
        """The same, where the entry may name none, or one that is not there."""
        version = self._by_id.get(id) if id else None
        return version.programme if version else None


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member that a command names. Only an `active` one is credited."""

    id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A number that is taken: the hash of its content, and what was answered."""

    content_hash: bytes
    slip: Slip


@dataclass(slots=True)
class Snapshot:
    """Everything a decision reads. What a key should find and does not is unknown; nothing else is asked.

    `members` by number, `branches` by code, `wallets` by member, `receipts` those that returns name.
    `claimed` holds the id that each number of the batch was claimed under; `new_id` gives fresh identifiers.
    """

    currency: str
    zone: tzinfo
    versions: Versions
    new_id: Callable[[], UUID]
    members: dict[str, KnownMember] = field(default_factory=dict)
    branches: dict[str, UUID] = field(default_factory=dict)
    wallets: dict[UUID, Wallet] = field(default_factory=dict)
    documents: dict[DocumentKey, KnownDocument] = field(default_factory=dict)
    claimed: dict[DocumentKey, UUID] = field(default_factory=dict)
    receipts: dict[DocumentKey, Receipt] = field(default_factory=dict)

    def day(self, instant: datetime) -> date:
        """The merchant's day at an instant."""
        return instant.astimezone(self.zone).date()
