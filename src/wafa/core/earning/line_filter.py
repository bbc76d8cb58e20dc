"""Which lines of a receipt are meant: by item, by what the item is labelled with, by tag, by discount."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from wafa.core.earning.reading import Reading, ReceiptLine
from wafa.core.values.fields import Fields

LABELS = {"categories": "category:", "brands": "brand:", "suppliers": "supplier:", "tags": "tag:"}
"""What may be named besides items, each with what its labels begin with."""
TAG = LABELS["tags"]
DEPTH_MOST = 8
"""How deep filters and conditions may lie inside one another: nobody can follow more."""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """A line passes with one of the items or labels (where none is named: any line), and is discounted or not as said,
    and does not pass `but`.

    A category's label stands with every item below it. A tag is one of the item or one of the line.
    """

    items: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    discounted: bool | None = None
    but: "LineFilter | None" = None

    @classmethod
    def read(cls, fields: Fields, depth: int = 1) -> Self:
        """{"items": [], "categories": [], "brands": [], "suppliers": [], "tags": [], "discounted": true, "not": {}}"""
        items = frozenset(fields.texts("items"))
        labels = read_labels(fields)
        discounted = fields.flag("discounted", default=False) if fields.has("discounted") else None
        but = None
        if fields.has("not") and depth >= DEPTH_MOST:
            fields.inner("not")
            fields.problem("not", "too_deep")
            but = cls()
        elif fields.has("not"):
            but = cls.read(fields.inner("not"), depth + 1)
            if but == cls():
                fields.problem("not", "never_holds")
        fields.done()
        return cls(items, labels, discounted, but)

    @property
    def names_any(self) -> bool:
        """Whether some goods are named; otherwise it is about all of them."""
        return bool(self.items or self.labels)

    def passes(self, line: ReceiptLine, reading: Reading) -> bool:
        """Whether the line is meant."""
        if self.discounted is not None and line.discounted != self.discounted:
            return False
        if self.names_any and not self._is_named(line, reading):
            return False
        return self.but is None or not self.but.passes(line, reading)

    def of(self, lines: Iterable[ReceiptLine], reading: Reading) -> list[ReceiptLine]:
        """The lines that are meant."""
        return [line for line in lines if self.passes(line, reading)]

    def labels_read(self) -> frozenset[str]:
        """The labels that it names."""
        return self.labels | (self.but.labels_read() if self.but else frozenset())

    def needs(self) -> frozenset[str] | None:
        """One of these keys (see `RuleIndex`) is on every receipt that has such a line; None: it may be any receipt."""
        return frozenset(f"item:{item}" for item in self.items) | self.labels if self.names_any else None

    def _is_named(self, line: ReceiptLine, reading: Reading) -> bool:
        if line.item in self.items:
            return True
        if not self.labels:
            return False
        if any(label in self.labels for label in reading.labels_of(line)):
            return True
        return any(TAG + tag in self.labels for tag in line.tags)


def read_labels(fields: Fields) -> frozenset[str]:
    """The labels of the categories, brands, suppliers and tags that are named."""
    return frozenset(prefix + code for name, prefix in LABELS.items() for code in fields.texts(name))
