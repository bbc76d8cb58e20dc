"""What a rule reads of a receipt, and what it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from wafa.core.ledger.wallet import POINTS

if TYPE_CHECKING:
    from wafa.core.earning.exclusions import Exclusions


class ReceiptLine(NamedTuple):
    """A line of what the customer still has. `quantity_milli` in thousandths, amounts in minor units.

    `amount_minor` is after discounts, tax included; `tax_minor` and `discount_minor` are its shares (floor).
    """

    item: str
    quantity_milli: int
    amount_minor: int
    discounted: bool
    tax_minor: int = 0
    discount_minor: int = 0
    tags: tuple[str, ...] = ()


PlainLine = tuple[str, int, int, bool] | tuple[str, int, int, bool, int, int, tuple[str, ...]]
"""A line without names: its first four fields, or all of them."""


def receipt_lines(lines: Iterable[PlainLine]) -> list[ReceiptLine]:
    """The same lines with the names of their fields."""
    return [line if isinstance(line, ReceiptLine) else ReceiptLine(*line) for line in lines]


@dataclass(frozen=True, slots=True)
class Facts:
    """The context of a receipt: all that its rules read besides its lines, kept with it for ever (law 6).

    `headroom`: points that each allowance (a cap, a limit, a budget), by its key, may still give for this receipt.
    `spent`: eligible amount in minor units of the member's earlier receipts, by period (day, week, month, year).
    `more`: every other fact, by its name in `wafa.core.earning.facts`, as JSON has it.
    All three name what the programme's rules read, and nothing else.
    """

    occurred_on: date
    tier: str
    earlier_purchases: int
    headroom: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """For keeping with the entry; what is empty is left out."""
        kept: dict[str, object] = {
            "occurred_on": self.occurred_on.isoformat(),
            "tier": self.tier,
            "earlier_purchases": self.earlier_purchases,
        }
        if self.headroom:
            kept["headroom"] = dict(self.headroom)
        if self.spent:
            kept["spent"] = dict(self.spent)
        if self.more:
            kept["more"] = dict(self.more)
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Facts":
        """The facts as they were kept."""
        return cls(
            date.fromisoformat(kept["occurred_on"]),
            kept["tier"],
            kept["earlier_purchases"],
            kept.get("headroom", {}),
            kept.get("spent", {}),
            kept.get("more", {}),
        )


NO_FACTS = Facts(date.min, "", 0)
"""Where nothing is read but lines."""


class Award(NamedTuple):
    """A line of the slip: what one rule gave, with the figures it came from. `points` are of its `unit`."""

    rule: str
    kind: str
    points: int
    qualifying: bool
    figures: dict[str, Any]
    unit: str = POINTS

    def as_json(self) -> dict[str, Any]:
        """For the entry's explanation; the unit is told where it is not points."""
        told = {"rule": self.rule, "kind": self.kind, "points": self.points, "figures": self.figures}
        return told if self.unit == POINTS else told | {"unit": self.unit}


@dataclass(slots=True)
class Reading:
    """A receipt under evaluation: its facts, its lines, and the points of the rules evaluated so far.

    `lines` are the eligible ones, `all_lines` the excluded ones too; both with the amounts of the receipt.
    `eligible_minor` is what the eligible ones are worth to a rule, by the exclusions. `points_of` holds points before
    caps.
    """

    facts: Facts
    all_lines: Sequence[ReceiptLine]
    lines: list[ReceiptLine]
    eligible_minor: int
    points_of: dict[str, int]
    exclusions: "Exclusions | None" = None

    def of(self, lines: list[ReceiptLine]) -> "Reading":
        """The same receipt as though only these of its eligible lines could earn."""
        worth = self.exclusions.worth(lines, self.facts) if self.exclusions else sum(line[2] for line in lines)
        return Reading(self.facts, self.all_lines, lines, worth, self.points_of, self.exclusions)

    def more_by(self, minor: int) -> "Reading":
        """The same receipt as though so much more of it could earn: for what would come next."""
        more = self.eligible_minor + minor
        return Reading(self.facts, self.all_lines, self.lines, more, self.points_of, self.exclusions)

    def labels_of(self, line: ReceiptLine) -> Sequence[str]:
        """Of the line's item, the labels that some rule names: "category:dairy" for a cheese too."""
        found: Sequence[str] = self.facts.more["labels"].get(line.item, ())
        return found
