"""How much is bought: "from 100.00 on", "three things or more"; of the eligible lines."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Lacking, Leaf
from wafa.core.earning.conditions.bounds import Bounds, read_bounds, read_milli_bounds
from wafa.core.earning.reading import Reading
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True)
class Amount(Leaf):
    """The amount of the eligible lines lies within bounds: as paid, or without tax, or as before discounts."""

    kind: ClassVar[str] = "amount"
    minor: Bounds
    with_tax: bool
    before_discount: bool

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"at_least_minor": 10000, "at_most_minor": 50000, "with_tax": true, "before_discount": false}"""
        return cls(
            read_bounds(fields, "at_least_minor", "at_most_minor"),
            fields.flag("with_tax", default=True),
            fields.flag("before_discount", default=False),
        )

    def holds(self, reading: Reading) -> bool:
        """Both bounds included."""
        return self.minor.hold(self._amount(reading))

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The bounds, the amount, and which amount it is."""
        return {
            "at_least_minor": self.minor.least,
            "at_most_minor": self.minor.most,
            "amount_minor": self._amount(reading),
            "with_tax": self.with_tax,
            "before_discount": self.before_discount,
        }

    def lacks(self, reading: Reading) -> Lacking | None:
        """What is missing up to the lower bound."""
        missing = self.minor.missing(self._amount(reading))
        return Lacking("amount", missing) if missing else None

    def _amount(self, reading: Reading) -> int:
        amount = sum([line.amount_minor for line in reading.lines])
        if not self.with_tax:
            amount -= sum(line.tax_minor for line in reading.lines)
        if self.before_discount:
            amount += sum(line.discount_minor for line in reading.lines)
        return amount


@dataclass(frozen=True, slots=True)
class Quantity(Leaf):
    """The quantities of the eligible lines together lie within bounds."""

    kind: ClassVar[str] = "quantity"
    milli: Bounds

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"at_least": "3", "at_most": "10"}"""
        return cls(read_milli_bounds(fields, "at_least", "at_most"))

    def holds(self, reading: Reading) -> bool:
        """Both bounds included."""
        return self.milli.hold(_quantity(reading))

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The bounds and the quantity."""
        return {
            "at_least_milli": self.milli.least,
            "at_most_milli": self.milli.most,
            "quantity_milli": _quantity(reading),
        }

    def lacks(self, reading: Reading) -> Lacking | None:
        """What is missing up to the lower bound."""
        missing = self.milli.missing(_quantity(reading))
        return Lacking("quantity", missing) if missing else None


def _quantity(reading: Reading) -> int:
    return sum([line.quantity_milli for line in reading.lines])
