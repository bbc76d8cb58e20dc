"""Receipts as returns need them: what was sold, what each rule gave, and the context kept with it (law 6)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wafa.core.ledger.lot import Lot
from wafa.core.values.rounding import half_even_of

MICRO = 10**6
"""Millionths of a minor unit, in which unit prices are exact."""


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
    discounted: bool = False

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
    """A counted purchase: lines, awards, and the context kept with it.

    `sequence` is that of the entry that credited it, `turn` counts the entries about it so far. `is_void` once it has
    been voided.
    """

    id: UUID
    number: str
    member_id: UUID | None
    occurred_at: datetime
    sequence: int
    version_id: UUID | None
    context: dict[str, object] | None
    lines: list[SoldLine]
    awards: list[HeldAward]
    branch_id: UUID | None = None
    turn: int = 0
    is_void: bool = False

    def lines_left(self) -> list[tuple[str, int, int, bool]]:
        """As though the returned goods had never been sold: item, thousandths, amount, whether it was discounted."""
        return [
            (line.item, line.left_milli, line.left_minor, line.discounted) for line in self.lines if line.left_milli
        ]

    def recency(self) -> tuple[datetime, int]:
        """Later receipts sort higher: by when they happened, then by when they were counted."""
        return (self.occurred_at, self.sequence)


@dataclass(slots=True, eq=False)
class CountedReturn:
    """A return that was counted: what came back of which receipt."""

    id: UUID
    matches: list["ReturnedPart"]
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedPart:
    """So much of a sold line came back. `line_id` is the returned line's name in the store."""

    receipt: Receipt
    sold: SoldLine
    quantity_milli: int
    line_id: str
