"""Conditions together: all of them, any of them, not this one."""

from dataclasses import dataclass

from wafa.core.earning.conditions.base import Condition, Leaf
from wafa.core.earning.reading import Reading

GOODS = ("item:", "category:", "brand:", "supplier:", "tag:")
"""What the keys of goods begin with."""


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """Every one of them holds."""

    of: tuple[Condition, ...]

    def holds(self, reading: Reading) -> bool:
        """In the order in which they are written, until one does not."""
        return all(each.holds(reading) for each in self.of)

    def would_hold(self, reading: Reading, assumed: Leaf) -> bool:
        """See `Condition`."""
        return all(each.would_hold(reading, assumed) for each in self.of)

    def culprit(self, reading: Reading, *, wanted: bool) -> tuple[Leaf, bool]:
        """The first that does not hold; of all that hold and should not, the first."""
        failing = (each for each in self.of if wanted and not each.holds(reading))
        return next(failing, self.of[0]).culprit(reading, wanted=wanted)

    def leaves(self) -> tuple[Leaf, ...]:
        """Of all of them."""
        return tuple(leaf for each in self.of for leaf in each.leaves())

    def needs(self) -> frozenset[str] | None:
        """What one of them needs: the one that needs the least common."""
        known = [needs for each in self.of if (needs := each.needs()) is not None]
        return min(known, key=rarity) if known else None


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one of them holds."""

    of: tuple[Condition, ...]

    def holds(self, reading: Reading) -> bool:
        """In the order in which they are written, until one does."""
        return any(each.holds(reading) for each in self.of)

    def would_hold(self, reading: Reading, assumed: Leaf) -> bool:
        """See `Condition`."""
        return any(each.would_hold(reading, assumed) for each in self.of)

    def culprit(self, reading: Reading, *, wanted: bool) -> tuple[Leaf, bool]:
        """The first of those of which none holds; the first that holds and should not."""
        holding = (each for each in self.of if not wanted and each.holds(reading))
        return next(holding, self.of[0]).culprit(reading, wanted=wanted)

    def leaves(self) -> tuple[Leaf, ...]:
        """Of all of them."""
        return tuple(leaf for each in self.of for leaf in each.leaves())

    def needs(self) -> frozenset[str] | None:
        """What any of them needs, where each needs something."""
        known = [needs for each in self.of if (needs := each.needs()) is not None]
        return frozenset().union(*known) if len(known) == len(self.of) else None


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The other does not hold."""

    of: Condition

    def holds(self, reading: Reading) -> bool:
        """The contrary."""
        return not self.of.holds(reading)

    def would_hold(self, reading: Reading, assumed: Leaf) -> bool:
        """See `Condition`."""
        return not self.of.would_hold(reading, assumed)

    def culprit(self, reading: Reading, *, wanted: bool) -> tuple[Leaf, bool]:
        """The other's, of the contrary."""
        return self.of.culprit(reading, wanted=not wanted)

    def leaves(self) -> tuple[Leaf, ...]:
        """The other's."""
        return self.of.leaves()


def rarity(needs: frozenset[str]) -> tuple[bool, int, list[str]]:
    """Goods are rarer than channels and days; then the fewer the better, and always the same."""
    return not all(key.startswith(GOODS) for key in needs), len(needs), sorted(needs)
