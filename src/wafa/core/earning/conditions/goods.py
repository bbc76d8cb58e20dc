"""What is on the receipt: "for coffee", "for coffee and cake together". Excluded items are on it too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Lacking, Leaf
from wafa.core.earning.conditions.bounds import read_milli
from wafa.core.earning.facts import LABELS
from wafa.core.earning.line_filter import LineFilter
from wafa.core.earning.lists import each_of
from wafa.core.earning.reading import Reading, ReceiptLine
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of

PARTS_MOST = 10
"""Parts of a bundle: more cannot be told in a sentence."""


@dataclass(frozen=True, slots=True)
class Items(Leaf):
    """Lines that the filter passes are on it, together at least so many and worth at least so much."""

    kind: ClassVar[str] = "items"
    lines: LineFilter
    quantity_milli: int | None
    amount_minor: int | None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"lines": {"categories": ["dairy"]}, "quantity": "2", "amount_minor": 500}"""
        return cls(
            LineFilter.read(fields.inner("lines")),
            read_milli(fields, "quantity") if fields.has("quantity") else None,
            fields.whole("amount_minor", least=1) if fields.has("amount_minor") else None,
        )

    def holds(self, reading: Reading) -> bool:
        """Something of it, and enough."""
        if self.quantity_milli is None and self.amount_minor is None:
            passes = self.lines.passes
            return any(passes(line, reading) for line in reading.all_lines)
        found = self._found(reading)
        missing = self._missing(found)
        return bool(found) and not any(missing)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """What is named, how much is wanted, and how much there is of it."""
        found = self._found(reading)
        return _named(self.lines) | {
            "quantity_milli": self.quantity_milli,
            "amount_minor": self.amount_minor,
            "has_milli": _quantity(found),
            "has_minor": _amount(found),
        }

    def lacks(self, reading: Reading) -> Lacking | None:
        """More of it, where there is some and either the quantity or the amount alone is too small."""
        found = self._found(reading)
        milli, minor = self._missing(found)
        if not found or bool(milli) == bool(minor):
            return None
        return Lacking("quantity", milli) if milli else Lacking("amount", minor)

    def facts_read(self) -> frozenset[str]:
        """The labels, where it names any."""
        return frozenset({LABELS} if self.labels_read() else ())

    def labels_read(self) -> frozenset[str]:
        """The filter's."""
        return self.lines.labels_read()

    def needs(self) -> frozenset[str] | None:
        """The filter's goods."""
        return self.lines.needs()

    def _found(self, reading: Reading) -> list[ReceiptLine]:
        return self.lines.of(reading.all_lines, reading)

    def _missing(self, found: Sequence[ReceiptLine]) -> tuple[int, int]:
        """Thousandths and minor units up to what is wanted."""
        milli = (self.quantity_milli or 0) - _quantity(found)
        return max(0, milli), max(0, (self.amount_minor or 0) - _amount(found))


@dataclass(frozen=True, slots=True)
class Bundle(Leaf):
    """One of each is on it: on different lines, or different units of one line."""

    kind: ClassVar[str] = "bundle"
    of: tuple[LineFilter, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": [{"items": ["COFFEE"]}, {"categories": ["cakes"]}]}"""
        of = tuple(each_of(fields, "of", LineFilter.read))
        if not 2 <= len(of) <= PARTS_MOST:
            fields.problem("of", "out_of_bounds")
        return cls(of)

    def holds(self, reading: Reading) -> bool:
        """Every part has a unit of its own."""
        return self._served(reading) == len(self.of)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The parts, and how many of them are on the receipt."""
        return {"of": [_named(part) for part in self.of], "has_parts": self._served(reading)}

    def facts_read(self) -> frozenset[str]:
        """The labels, where it names any."""
        return frozenset({LABELS} if self.labels_read() else ())

    def labels_read(self) -> frozenset[str]:
        """The parts'."""
        return frozenset().union(*(part.labels_read() for part in self.of))

    def needs(self) -> frozenset[str] | None:
        """The goods of one part: the one that names the fewest."""
        known = [needs for part in self.of if (needs := part.needs()) is not None]
        return min(known, key=lambda needs: (len(needs), sorted(needs))) if known else None

    def _served(self, reading: Reading) -> int:
        """How many parts can have a unit of their own at once: a part moves to another line to make room."""
        lines = reading.all_lines
        meant = [[place for place, line in enumerate(lines) if part.passes(line, reading)] for part in self.of]
        room = [max(1, floor_of(line.quantity_milli, 1000)) for line in lines]
        parts_on: list[list[int]] = [[] for _ in lines]

        def serve(part: int, tried: set[int]) -> bool:
            for place in meant[part]:
                if place in tried:
                    continue
                tried.add(place)
                if len(parts_on[place]) < room[place]:
                    parts_on[place].append(part)
                    return True
                moved = next((other for other in parts_on[place] if serve(other, tried)), None)
                if moved is not None:
                    parts_on[place].remove(moved)
                    parts_on[place].append(part)
                    return True
            return False

        return sum(serve(part, set()) for part in range(len(self.of)))


def _named(lines: LineFilter) -> dict[str, Any]:
    return {"items": sorted(lines.items), "labels": sorted(lines.labels)}


def _quantity(lines: Iterable[ReceiptLine]) -> int:
    return sum(line.quantity_milli for line in lines)


def _amount(lines: Iterable[ReceiptLine]) -> int:
    return sum(line.amount_minor for line in lines)
