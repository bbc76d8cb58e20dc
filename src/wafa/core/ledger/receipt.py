"""Receipts as returns need them: what was sold, what each rule gave, and the context kept with it (law 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
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
    tax_minor: int = 0
    discount_minor: int = 0
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Sequence[Any]) -> "SoldLine":
        """From all of its fields, as JSON has them."""
        return cls(*(*fields[:-1], tuple(fields[-1])))

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

    def left(self) -> tuple[Any, ...]:
        """What the customer still has of it, as rules read it (`wafa.core.earning.reading.ReceiptLine`)."""
        plain = (self.item, self.left_milli, self.left_minor, self.discounted)
        if not (self.tax_minor or self.discount_minor or self.tags):
            return plain
        return (*plain, self._share(self.tax_minor), self._share(self.discount_minor), self.tags)

    def _share(self, minor: int) -> int:
        return minor * self.left_milli // self.quantity_milli


def share_out(lines: Sequence[SoldLine], tax_minor: int, discount_minor: int) -> None:
    """Tax and discount that a receipt states as a whole belong to its lines by their amounts.

    Unless lines state their own. By largest remainder, the earlier line first: so the sum stays what was stated.
    """
    if tax_minor and not any(line.tax_minor for line in lines):
        for line, share in zip(lines, _shares(tax_minor, lines), strict=True):
            line.tax_minor = share
    if discount_minor and not any(line.discount_minor for line in lines):
        for line, share in zip(lines, _shares(discount_minor, lines), strict=True):
            line.discount_minor = share


def _shares(minor: int, lines: Sequence[SoldLine]) -> list[int]:
    total = sum(line.amount_minor for line in lines)
    if not total:
        return [minor, *([0] * (len(lines) - 1))]
    shares = [minor * line.amount_minor // total for line in lines]
    by_remainder = sorted(range(len(lines)), key=lambda place: -(minor * lines[place].amount_minor % total))
    for place in by_remainder[: minor - sum(shares)]:
        shares[place] += 1
    return shares


@dataclass(frozen=True, slots=True)
class Sale:
    """How a receipt was sold, as its source said: the branch's code, the channel, tags, payments by method."""

    branch: str = ""
    channel: str = ""
    tags: tuple[str, ...] = ()
    payments: tuple[tuple[str, int], ...] = ()


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

    `grants` are its awards in other units than points, by unit; `credited_by` is the entry that they answer.
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
    sale: Sale = Sale()
    grants: dict[str, list[HeldAward]] = field(default_factory=dict)
    credited_by: UUID | None = None

    def lines_left(self) -> list[Any]:
        """As though the returned goods had never been sold: each line as `SoldLine.left` has it."""
        return [line.left() for line in self.lines if line.left_milli]

    def has_goods_left(self) -> bool:
        """Whether the customer still has something that was paid for."""
        return any(line.left_milli and line.amount_minor > 0 for line in self.lines)

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
