"""The little world that a batch touches: loaded and locked before deciding, moved forward by it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any
from uuid import UUID

from wafa.core.commands import DocumentKey
from wafa.core.earning.reading import Award
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import CountedReturn, Receipt
from wafa.core.ledger.wallet import POINTS, Hold, Wallet
from wafa.core.outcomes import CameBack, Slip
from wafa.core.programme import WITHOUT_RULES, Programme
from wafa.core.tiers.ladder import Ladder
from wafa.core.values.calendars import ARITHMETIC, Calendars


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

    def rules(self, instant: datetime) -> Programme:
        """What holds for what is done at an instant; before the programme began, what it begins with."""
        version = self.in_force(instant) or next(iter(self._in_order), None)
        return version.programme if version else WITHOUT_RULES

    def ladder(self, instant: datetime) -> Ladder:
        """The tiers that hold at an instant; without any step where the merchant has no programme."""
        return self.rules(instant).ladder

    def each(self) -> Sequence[Version]:
        """All of them, in the order of their time."""
        return self._in_order

    def __iter__(self) -> Iterator[Programme]:
        """The rules of all of them, in the order of their time."""
        return (version.programme for version in self._in_order)

    @property
    def give_units(self) -> bool:
        """Whether rules of some version give anything else than points."""
        return any(programme.units_given() for programme in self)

    def by_id(self, id: UUID) -> Programme:
        """The rules kept with an entry."""
        return self._by_id[id].programme

    def find(self, id: UUID | None) -> Programme | None:
        """The same, where the entry may name none, or one that is not there."""
        version = self._by_id.get(id) if id else None
        return version.programme if version else None


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member that a command names by a number. Only an `active` one is credited.

    Where that member was merged into another, `id` is the other's, and `own_id` the one the number was given to.
    """

    id: UUID
    status: str
    own_id: UUID | None = None
    absorbed: tuple[UUID, ...] = ()
    """Members who were merged into this one; looked up for a merge alone."""

    @property
    def was_merged(self) -> bool:
        """Whether the number's own member was merged into another."""
        return self.own_id is not None and self.own_id != self.id


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a member that rules may read. The birthday comes round in `birth_calendar`."""

    enrolled_at: datetime
    born_on: date | None = None
    birth_calendar: str = "gregorian"
    tags: tuple[str, ...] = ()
    is_referred: bool = False


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A number that is taken: the hash of its content, and what was answered."""

    content_hash: bytes
    slip: Slip


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """A return that came before its receipt: it applies when that does."""

    id: UUID
    key: DocumentKey
    occurred_at: datetime
    lines: tuple[CameBack, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Members who are one from now on, or, `undone`, no longer: everything of `members` is `into`'s.

    `wallets` are pairs of the absorbed wallet and the one that takes over; `origins` are the wallets in which the lots
    that move were opened.
    """

    member_id: UUID
    into_id: UUID
    members: tuple[UUID, ...]
    wallets: tuple[tuple[UUID, UUID], ...]
    origins: tuple[UUID, ...]
    undone: bool = False


@dataclass(slots=True)
class Moved:
    """What has changed that neither entries nor wallets tell, to be written with the outcomes."""

    holds: dict[UUID, Hold] = field(default_factory=dict)
    """Holds that are no longer open."""
    owners: dict[UUID, UUID] = field(default_factory=dict)
    """Documents that belong to another member than before."""
    closed: list[UUID] = field(default_factory=list)
    """Members who have left."""
    merged: list[Merged] = field(default_factory=list)


@dataclass(slots=True)
class Movement:
    """An earlier entry that a command names: what it was, whose, and whether something has answered it since.

    `draws` are the lots that a redemption or hold drew on, in drawing order. Of a merge, `receipts` are those that it
    brought along, and `is_moved_on` says that the survivor was merged into another since.
    """

    id: UUID
    kind: str
    wallet: Wallet
    posted_at: datetime
    explanation: dict[str, Any]
    draws: list[tuple[Lot, int]]
    is_answered: bool = False
    receipts: list[Receipt] = field(default_factory=list)
    is_moved_on: bool = False


@dataclass(slots=True)
class Snapshot:
    """Everything a decision reads. What a key should find and does not is unknown; nothing else is asked.

    `members` by number, `branches` by code, `wallets` by member and unit. `receipts` are those that commands name,
    and `returns` the returns; `waiting` are returns that came before the receipt that they name. `movements` by the
    id of their entry. `claimed` holds the id that each number of the batch was claimed under; `new_id` gives fresh
    identifiers.
    """

    currency: str
    zone: tzinfo
    versions: Versions
    new_id: Callable[[], UUID]
    calendars: Calendars = ARITHMETIC
    members: dict[str, KnownMember] = field(default_factory=dict)
    branches: dict[str, UUID] = field(default_factory=dict)
    wallets: dict[tuple[UUID, str], Wallet] = field(default_factory=dict)
    documents: dict[DocumentKey, KnownDocument] = field(default_factory=dict)
    requests: dict[str, KnownDocument] = field(default_factory=dict)
    profiles: dict[UUID, Profile] = field(default_factory=dict)
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What items are, by their codes: "brand:x", "category:dairy" with those above it."""
    branch_groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hijri_shift: int = 0
    """By how many days the merchant's Hijri day runs ahead of Umm al-Qura."""
    activities: set[tuple[UUID, str, str]] = field(default_factory=set)
    """Activities that have counted: member, code, period."""
    budgets: dict[str, int] = field(default_factory=dict)
    """Points that may be given of each rule with a budget: as much as the batch can need, or all that is left."""
    slices: dict[str, dict[UUID, int]] = field(default_factory=dict)
    """The parts of budgets that are locked, by rule and id, with what was left of each before the batch."""
    claimed: dict[DocumentKey, UUID] = field(default_factory=dict)
    receipts: dict[DocumentKey, Receipt] = field(default_factory=dict)
    returns: dict[DocumentKey, CountedReturn] = field(default_factory=dict)
    waiting: dict[DocumentKey, list[WaitingReturn]] = field(default_factory=dict)
    movements: dict[UUID, Movement] = field(default_factory=dict)
    moved: Moved = field(default_factory=Moved)

    def day(self, instant: datetime) -> date:
        """The merchant's day at an instant."""
        return instant.astimezone(self.zone).date()

    def spend_budgets(self, programme: Programme, awards: Iterable[Award]) -> None:
        """So much of the programme's budgets has been given."""
        budgets = programme.budgets()
        for award in awards:
            if award.rule in budgets:
                self.budgets[award.rule] -= award.points

    def first_instant(self, day: date) -> datetime:
        """When a day of the merchant's begins."""
        return _begins(day, self.zone)

    def rules(self, instant: datetime) -> Programme:
        """What the programme allows at an instant; before it began, what it begins with."""
        return self.versions.rules(instant)

    def wallets_of(self, member_id: UUID) -> dict[str, Wallet]:
        """A member's wallets by unit, points first."""
        units = sorted((unit for owner, unit in self.wallets if owner == member_id), key=lambda unit: unit != POINTS)
        return {unit: self.wallets[member_id, unit] for unit in units}

    def held(self, movement: Movement) -> tuple[Wallet, Hold | None]:
        """A hold that has not been closed, with the wallet that it is in now; else the wallet that it was placed on."""
        for wallet in self.wallets.values():
            for hold in wallet.holds:
                if hold.id == movement.id:
                    return wallet, hold
        return movement.wallet, None

    def wallet_of(self, lot: Lot) -> Wallet:
        """The wallet that a lot is in now."""
        return next(wallet for wallet in self.wallets.values() if lot in wallet.lots)

    def points_wallet(self, member_id: UUID) -> Wallet:
        """The wallet that every member has."""
        return self.wallets[member_id, POINTS]


@lru_cache(maxsize=4096)
def _begins(day: date, zone: tzinfo) -> datetime:
    """Worked out once: of many lots the last day is the same."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
