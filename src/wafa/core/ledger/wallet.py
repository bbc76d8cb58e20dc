"""Wallets as the law sees them: loaded under lock, moved in memory, written by the journal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.receipt import Receipt

POINTS = "points"
"""The unit that every member has a wallet in."""


class Progress(NamedTuple):
    """What counts of one day, dated by the receipts it came from: qualifying units, eligible amount, visits."""

    qualifying: int = 0
    spend_minor: int = 0
    visits: int = 0

    def plus(self, other: "Progress") -> "Progress":
        """Both together."""
        return Progress(
            self.qualifying + other.qualifying, self.spend_minor + other.spend_minor, self.visits + other.visits
        )

    def less(self, other: "Progress") -> "Progress":
        """What this one has more than the other; below zero where it has less."""
        return Progress(
            self.qualifying - other.qualifying, self.spend_minor - other.spend_minor, self.visits - other.visits
        )


@dataclass(slots=True, eq=False)
class Hold:
    """Points reserved at a till until `expires_at`; its id is its entry's. `draws` are the lots, in drawing order."""

    id: UUID
    points: int
    expires_at: datetime
    draws: list[tuple[Lot, int]]
    is_open: bool = True


@dataclass(slots=True, eq=False)
class Wallet:
    """What a member holds in one unit. `lots`, `covers` and `progress` are what was loaded: see `draws_allowed`."""

    id: UUID
    member_id: UUID
    available: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    qualifying: int = 0
    eligible_purchases: int = 0
    tier: str = ""
    sequence: int = 0
    posted_at: datetime | None = None
    unit: str = POINTS
    below_since: date | None = None
    lots: list[Lot] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    progress: dict[date, Progress] = field(default_factory=dict)
    capped: dict[tuple[str, date], int] = field(default_factory=dict)
    """Points that receipts of a day hold of a capped rule, of the days that were loaded."""
    at_branch: dict[UUID, int] = field(default_factory=dict)
    """Purchases of which the member still has something, by branch, where that was loaded."""
    sent: dict[date, int] = field(default_factory=dict)
    """Points passed on, by the first day of the month, of the months that were loaded."""

    draws_allowed: bool = True
    """False where only the lots that are due were loaded: drawing would then miss the others, so it is a bug."""

    moved: dict[UUID, Lot] = field(default_factory=dict)
    """Lots that have changed."""
    progressed: dict[date, Progress] = field(default_factory=dict)
    """By how much each day's progress has changed."""
    is_closed: bool = False
    """Whether its member has left: whatever comes back then is forfeited at once."""

    def not_before(self, at: datetime) -> datetime:
        """When something asked for at an instant is posted: never before what the wallet has posted already.

        Whoever waited for the wallet's lock chose the instant before waiting.
        """
        return at if self.posted_at is None else max(at, self.posted_at)

    def figures(self) -> dict[str, int]:
        """The four figures that a customer is shown."""
        return {"available": self.available, "pending": self.pending, "held": self.held, "debt": self.debt}

    def count(self, day: date, change: Progress) -> None:
        """Progress of a day, by so much more (or, below zero, less)."""
        if any(change):
            self.progress[day] = self.progress.get(day, Progress()).plus(change)
            self.progressed[day] = self.progressed.get(day, Progress()).plus(change)
            self.eligible_purchases += change.visits

    def count_capped(self, rule: str, day: date, points: int) -> None:
        """Receipts of a day hold so many points more of a rule (or, below zero, less)."""
        self.capped[rule, day] = self.capped.get((rule, day), 0) + points

    def count_at_branch(self, branch_id: UUID | None, purchases: int) -> None:
        """So many purchases more at a branch (or, below zero, fewer)."""
        if branch_id and purchases:
            self.at_branch[branch_id] = self.at_branch.get(branch_id, 0) + purchases

    def drawable(self, today: date) -> int:
        """Points that can be spent today, of the lots that were loaded."""
        return sum(lot.remaining for lot in self.lots if lot.can_be_drawn(today))

    def in_drawing_order(self, may_give: Callable[[Lot], bool]) -> list[Lot]:
        """Those of its lots that may give something, the first to draw from first."""
        if not self.draws_allowed:
            raise AssertionError("points are drawn from a wallet whose lots were not all loaded")
        return sorted(filter(may_give, self.lots), key=Lot.drawing_order)
