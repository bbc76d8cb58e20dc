"""What every condition answers."""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from wafa.core.earning.reading import Reading
from wafa.core.values.fields import Fields


class Lacking(NamedTuple):
    """How little is missing for a condition to hold: minor units, thousandths, or a number of purchases, by `code`."""

    code: str
    missing: int


class Condition:
    """Whether a rule holds for a receipt; a leaf, or several of them together."""

    __slots__ = ()

    def holds(self, reading: Reading) -> bool:
        """Whether it does."""
        raise NotImplementedError

    def would_hold(self, reading: Reading, assumed: "Leaf") -> bool:
        """The same if one leaf did."""
        raise NotImplementedError

    def culprit(self, reading: Reading, *, wanted: bool) -> tuple["Leaf", bool]:
        """The first leaf by which it is not as wanted, and whether that leaf should have held."""
        raise NotImplementedError

    def leaves(self) -> tuple["Leaf", ...]:
        """All leaves, in the order in which they are written."""
        raise NotImplementedError

    def needs(self) -> frozenset[str] | None:
        """It holds only for receipts with one of these keys (see `RuleIndex`); None: that cannot be said."""
        return None


@dataclass(frozen=True, slots=True)
class Leaf(Condition):
    """A condition of one kind, in a form that is read, told and written by its fields."""

    kind: ClassVar[str]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The condition as written in a programme's JSON; problems are noted in `fields`."""
        raise NotImplementedError

    def miss(self, reading: Reading) -> dict[str, Any]:
        """What it wants, and what there is: the figures behind a refusal."""
        raise NotImplementedError

    def facts_read(self) -> frozenset[str]:
        """The names of the facts that it reads in `Facts.more`."""
        return frozenset()

    def labels_read(self) -> frozenset[str]:
        """The labels of items that it names."""
        return frozenset()

    def tiers_named(self) -> frozenset[str]:
        """The codes of tiers that it names."""
        return frozenset()

    def windows_read(self) -> frozenset[str]:
        """Periods whose spend it reads in `Facts.spent`."""
        return frozenset()

    def lacks(self, reading: Reading) -> Lacking | None:
        """How little more would make it hold; None: it holds, or no more of anything would."""
        return None

    def would_hold(self, reading: Reading, assumed: "Leaf") -> bool:
        """See `Condition`."""
        return self is assumed or self.holds(reading)

    def culprit(self, reading: Reading, *, wanted: bool) -> tuple["Leaf", bool]:
        """Itself."""
        return self, wanted

    def leaves(self) -> tuple["Leaf", ...]:
        """Itself."""
        return (self,)
