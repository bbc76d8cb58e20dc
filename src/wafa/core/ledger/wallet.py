"""Wallets, lots and receipts as the law sees them: loaded under lock, moved in memory, written by the journal."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from wafa.core.values.rounding import half_even_of

MICRO = 10**6
"""Millionths of a minor unit, in which unit prices are exact."""


@dataclass(slots=True, eq=False)
class Lot:
    """Points credited together. `expires_on` is the last day on which they can be spent; None: never expires."""

    id: UUID
    document_id: UUID | None
    number: str
    issuing_branch_id: UUID | None
    sequence: int
    points: int
    remaining: int
    available_at: datetime
    expires_on: date | None
    expired: int = 0
    answered: int = 0

    def has_lapsed(self, today: date) -> bool:
        """Whether its last day has passed, and something of it is left to expire."""
        return self.remaining > 0 and self.expires_on is not None and self.expires_on < today

    def drawing_order(self) -> tuple[date, int, UUID]:
        """Earliest last day first (none: last), then the oldest (law 3)."""
        return (self.expires_on or date.max, self.sequence, self.id)


@dataclass(slots=True, eq=False)
class SoldLine:
    """One sold line of a receipt, and how much of it has come back. Quantities in thousandths of a unit.

    `id` is the store's name for it, empty until it is written.
    """

    id: str
    position: int
    item: str
    quantity_milli: int
    amount_minor: int
    returned_milli: int = 0
    unit_price_micro: int | None = None

    @property
    def left_milli(self) -> int:
        """What the customer still has of it."""
        return self.quantity_milli - self.returned_milli

    @property
    def left_minor(self) -> int:
        """The amount of what is left, half-even: by its unit price where one is known, else its share of the amount."""
        if not self.returned_milli:
            return self.amount_minor
        if self.unit_price_micro is not None:
            return half_even_of(self.left_milli * self.unit_price_micro, 1000 * MICRO)
        return half_even_of(self.amount_minor * self.left_milli, self.quantity_milli)


@dataclass(slots=True, eq=False)
class HeldAward:
    """What one rule gave for a receipt: first, and after the returns so far."""

    id: UUID
    rule: str
    qualifying: bool
    first_points: int
    held_points: int
    lot: Lot | None


@dataclass(slots=True, eq=False)
class Receipt:
    """A counted purchase with everything a return needs: lines, awards, and the context kept with it (law 6)."""

    id: UUID
    number: str
    member_id: UUID | None
    occurred_at: datetime
    sequence: int
    version_id: UUID | None
    context: dict[str, object] | None
    lines: list[SoldLine]
    awards: list[HeldAward]

    def recency(self) -> tuple[datetime, int]:
        """Later receipts sort higher: by when they happened, then by when they were counted."""
        return (self.occurred_at, self.sequence)


@dataclass(slots=True, eq=False)
class Wallet:
    """What a member holds in one unit. `lots` are the ones loaded: see `draws_allowed`."""

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
    lots: list[Lot] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    draws_allowed: bool = True
    """False where only the lapsed lots were loaded: drawing would then miss the others, so it is a bug."""

    def not_before(self, at: datetime) -> datetime:
        """When something asked for at an instant is posted: never before what the wallet has posted already.

        Whoever waited for the wallet's lock chose the instant before waiting.
        """
        return at if self.posted_at is None else max(at, self.posted_at)

    def figures(self) -> dict[str, int]:
        """The four figures that a customer is shown."""
        return {"available": self.available, "pending": self.pending, "held": self.held, "debt": self.debt}
