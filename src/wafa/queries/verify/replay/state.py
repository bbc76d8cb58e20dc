"""What the replay holds of a wallet, or of wallets that belong together, while it lives through their entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from uuid import UUID

from wafa.core.earning.caps import Allowance
from wafa.core.earning.reading import Facts
from wafa.core.expiry.policy import ExpiryPolicy
from wafa.core.ledger.receipt import HeldAward, Receipt
from wafa.core.ledger.wallet import Progress
from wafa.core.programme import Programme
from wafa.core.snapshot import Versions
from wafa.core.values.calendar import Window
from wafa.core.values.calendars import Calendars, day_at
from wafa.queries.verify.findings import Check
from wafa.queries.verify.replay.reading import DocumentRow, EntryRow, WalletRow

NO_ID = UUID(int=0)
"""Of what has no row here."""


@dataclass(frozen=True)
class World:
    """What holds for all wallets of a merchant."""

    versions: Versions
    zone: tzinfo
    calendars: Calendars

    def day(self, instant: datetime) -> date:
        """The merchant's day, by the time zone that it is in now."""
        return instant.astimezone(self.zone).date()

    def around(self, instant: datetime) -> list[date]:
        """The days before and after it: the merchant's days may have begun at another hour then."""
        today = self.day(instant).toordinal()
        return [day_at(today - 1), day_at(today + 1)]

    def last_day(self, policy: ExpiryPolicy, day: date) -> date | None:
        """The last day of points of a purchase on a day; worked out once a policy and day."""
        known = self._last_days
        if (policy, day) not in known:
            known[policy, day] = policy.last_day(day, self.calendars)
        return known[policy, day]

    @cached_property
    def _last_days(self) -> dict[tuple[ExpiryPolicy, date], date | None]:
        return {}

    @cached_property
    def reads(self) -> dict[int, tuple[tuple[Allowance, ...], frozenset[str], frozenset[str], frozenset[str]]]:
        """Of each version's rules, by their identity: caps, periods whose spend is read, other facts, budgets."""
        return {
            id(rules): (
                rules.allowances(),
                rules.windows_read(),
                rules.facts_read(),
                frozenset(rule.budget_key() for rule in rules.book.rules if rule.budget is not None),
            )
            for rules in self.versions
        }

    def counts(self, rule: str) -> bool:
        """Whether some version caps the rule, or all rules together."""
        return rule in self._capped or None in self._capped

    @cached_property
    def _capped(self) -> frozenset[str | None]:
        return frozenset(each.rule for rules in self.versions for each in rules.allowances())


@dataclass(frozen=True, slots=True)
class Checks:
    """What the replay compares."""

    contexts: Check
    awards: Check
    slips: Check
    tiers: Check
    standing: Check
    balances: Check
    lots: Check
    owners: Check

    @classmethod
    def new(cls) -> "Checks":
        """With nothing found yet."""
        return cls(
            Check("facts kept with receipts, against the history before them"),
            Check("receipts evaluated again, against their awards"),
            Check("slips of entries, against awards, matches and postings"),
            Check("tiers after each entry"),
            Check("tier, qualifying points, counters and days of wallets"),
            Check("entries: balanced, and what the wallet held after each"),
            Check("lots after each entry: in their wallet, drawn in order, until their last day"),
            Check("documents, against the wallets that they were counted in"),
        )


@dataclass(slots=True, eq=False)
class Lot:
    """A lot as the entries so far leave it. `stored` figures are those of its row."""

    id: str
    name: str
    origin: UUID
    sequence: int
    points: int
    pending: bool
    expires_on: date | None
    idle_months: int | None
    stored_expires_on: date | None
    stored_answered: int
    stored_pending: bool
    available_at: str | None
    remaining: int = 0
    held: int = 0
    expired: int = 0
    answered: int = 0
    is_lengthened: bool = False
    """Whether its last day has been moved: by activity, or by grace."""

    def drawing_order(self) -> tuple[date, int, str]:
        """As the law has it: `wafa.core.ledger.lot.Lot.drawing_order`."""
        return (self.expires_on or date.max, self.sequence, self.id)

    def is_past(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < today


@dataclass(slots=True, eq=False)
class Sold:
    """A receipt that is credited to a wallet: its rules, its facts, and the lot of each award."""

    receipt: Receipt
    document: str
    branch: str
    programme: Programme | None
    facts: Facts | None
    wallet: "Wallet"
    lot_of: dict[str, str]
    credited_in: UUID
    grants: list[HeldAward] = field(default_factory=list)
    """Its awards in other units than points."""


@dataclass(frozen=True, slots=True)
class Credited:
    """The awards of one crediting: as worked out, kept up to date; and as their rows have them."""

    subject: str
    programme: Programme | None
    awards: list[HeldAward]
    stored: dict[str, list[object]]


@dataclass(slots=True)
class Counted:
    """A document that some entry is about: whose it is, and the wallet that says so when a merge is undone."""

    document: DocumentRow
    decisive: UUID
    owner: "Wallet | None" = None


@dataclass(slots=True, eq=False)
class Wallet:
    """A wallet as the entries so far leave it."""

    row: WalletRow
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    tier: str = ""
    below_since: date | None = None
    status: str = "open"
    qualifying: int = 0
    purchases: int = 0
    progress: dict[date, Progress] = field(default_factory=dict)
    units: dict[date, int] = field(default_factory=dict)
    """Qualifying units by day: what ladders read."""

    capped: dict[str, dict[date, int]] = field(default_factory=dict)
    """Points that receipts hold of capped rules, by rule and day."""

    lots: dict[str, Lot] = field(default_factory=dict)
    open: dict[str, Lot] = field(default_factory=dict)
    """Those of its lots that have something left to draw."""

    receipts: dict[str, Sold] = field(default_factory=dict)
    by_item: dict[str, dict[str, Sold]] = field(default_factory=dict)
    credited: list[Credited] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As differences speak of it."""
        unit = "" if self.row.unit == "points" else f" in {self.row.unit}"
        return f"member {self.row.number}{unit}"

    def entry(self, entry: EntryRow) -> str:
        """The same of one of its entries."""
        return f"entry {entry.sequence} of {self.name}"

    def count(self, day: date, change: Progress) -> None:
        """Progress of a day: by so much more."""
        if any(change):
            self.progress[day] = self.progress.get(day, Progress()).plus(change)
            self.units[day] = self.units.get(day, 0) + change.qualifying
            self.qualifying += change.qualifying
            self.purchases += change.visits

    def count_capped(self, rule: str, day: date, points: int) -> None:
        """Receipts of a day hold so many points more of a capped rule."""
        by_day = self.capped.setdefault(rule, {})
        by_day[day] = by_day.get(day, 0) + points

    def holds_of(self, programme: Programme, allowance: Allowance, day: date) -> int:
        """Points that receipts hold of what a cap counts, over the days that it counts for a purchase of that day."""
        counted = [by_day for rule, by_day in self.capped.items() if programme.counts_in(allowance, rule)]
        return sum(within(by_day, allowance.window(day)) for by_day in counted)

    def put(self, sold: Sold) -> None:
        """A receipt is the wallet's."""
        sold.wallet = self
        self.receipts[sold.document] = sold
        for line in sold.receipt.lines:
            self.by_item.setdefault(line.item, {})[sold.document] = sold

    def take_out(self, sold: Sold) -> None:
        """A receipt is no longer the wallet's."""
        self.receipts.pop(sold.document, None)
        for line in sold.receipt.lines:
            self.by_item.get(line.item, {}).pop(sold.document, None)

    def put_lot(self, lot: Lot) -> None:
        """A lot is the wallet's."""
        self.lots[lot.id] = lot
        if lot.remaining:
            self.open[lot.id] = lot


@dataclass(slots=True)
class Group:
    """Wallets that are replayed together. `sold` are their receipts; `line_of` finds one by a sold line.

    `parcels` are what a merge has taken out of one wallet and not put into the other yet, by what both entries name.
    """

    wallets: dict[UUID, Wallet]
    documents: dict[str, Counted] = field(default_factory=dict)
    sold: dict[str, Sold] = field(default_factory=dict)
    line_of: dict[str, Sold] = field(default_factory=dict)
    parcels: dict[tuple[str, str], "Parcel"] = field(default_factory=dict)
    merges: dict[tuple[str, str], "Parcel"] = field(default_factory=dict)
    """Merges that were made, by what undoes them."""


@dataclass(slots=True, eq=False)
class Parcel:
    """What passes between two wallets. `undated` are units that no receipt gave."""

    wallet: Wallet
    entry: EntryRow
    tier: str
    below_since: date | None
    tier_of_other: str = ""
    qualifying: int = 0
    undated: int = 0
    progress: dict[date, Progress] = field(default_factory=dict)


def within(by_day: Mapping[date, int], window: Window) -> int:
    """The sum over the days of a bounded window."""
    if window.first is None or window.last is None:
        return sum(points for day, points in by_day.items() if window.holds(day))
    first, last = window.first.toordinal(), window.last.toordinal()
    return sum(by_day.get(date.fromordinal(ordinal), 0) for ordinal in range(first, last + 1))
