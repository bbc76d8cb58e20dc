"""What earns nothing: items by code, by pattern and by label, what is discounted, tax, what was paid with points."""

import re
from dataclasses import dataclass
from typing import Self

from wafa.core.earning.facts import LABELS, PAYMENTS, TOTAL_MINOR
from wafa.core.earning.line_filter import TAG, read_labels
from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.values.fields import Fields
from wafa.core.values.rounding import floor_of


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is left out besides items by code and pattern.

    Lines whose item has one of the `labels` (or which have such a tag themselves), `discounted` lines, `tax`: amounts
    count without it, and the part of the receipt that was paid by one of the methods in `payments`.
    """

    labels: frozenset[str] = frozenset()
    discounted: bool = False
    tax: bool = False
    payments: tuple[str, ...] = ()


NOTHING_ELSE = Excluded()


class Exclusions:
    """Which items are left out of every rule, and what of the others does not count.

    Codes and patterns are case-sensitive; `*` stands for anything.
    """

    __slots__ = ("_known", "_pattern", "also")

    def __init__(self, items: tuple[str, ...], patterns: tuple[str, ...], also: Excluded = NOTHING_ELSE) -> None:
        self._known = dict.fromkeys(items, True)
        self._pattern = re.compile("|".join(map(_expression, patterns)), re.DOTALL) if patterns else None
        self.also = also

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"items": ["POST"], "patterns": ["gift_*"], "categories": ["tobacco"], "tax": true, "payments": ["points"]}

        And brands, suppliers, tags, discounted; each may be left out.
        """
        exclusions = cls(
            fields.texts("items"),
            fields.texts("patterns"),
            Excluded(
                read_labels(fields),
                fields.flag("discounted", default=False),
                fields.flag("tax", default=False),
                tuple(dict.fromkeys(fields.texts("payments"))),
            ),
        )
        fields.done()
        return exclusions

    def exclude(self, item: str) -> bool:
        """Whether an item earns nothing, by its code. Patterns are matched once an item, then remembered."""
        if self._pattern is None:
            return item in self._known
        excluded = self._known.get(item)
        if excluded is None:
            excluded = self._pattern.fullmatch(item) is not None
            if len(self._known) < _REMEMBERED:
                self._known[item] = excluded
        return excluded

    def eligible(self, lines: list[ReceiptLine], facts: Facts) -> list[ReceiptLine]:
        """The lines that rules may read."""
        exclude = self.exclude
        left = [line for line in lines if not exclude(line[0])]
        if self.also.discounted:
            left = [line for line in left if not line.discounted]
        if self.also.labels:
            left = [line for line in left if not self._is_labelled(line, facts)]
        return left

    def worth(self, lines: list[ReceiptLine], facts: Facts) -> int:
        """What eligible lines are worth to a rule: without tax and the share that earns nothing (floor), if so said."""
        minor = sum([line[2] for line in lines])
        if self.also.tax:
            minor -= sum(line.tax_minor for line in lines)
        if not self.also.payments:
            return minor
        total, paid = facts.more[TOTAL_MINOR], facts.more[PAYMENTS]
        part = sum(paid.get(method, 0) for method in self.also.payments)
        return floor_of(minor * (total - part), total) if 0 < part < total else 0 if part else minor

    def facts_read(self) -> frozenset[str]:
        """The facts without which it cannot say what is eligible."""
        labels = {LABELS} if self.also.labels else set()
        return frozenset(labels | ({PAYMENTS, TOTAL_MINOR} if self.also.payments else set()))

    def _is_labelled(self, line: ReceiptLine, facts: Facts) -> bool:
        labels = self.also.labels
        if any(label in labels for label in facts.more[LABELS].get(line.item, ())):
            return True
        return any(TAG + tag in labels for tag in line.tags)


_REMEMBERED = 200_000
"""Items remembered at most: the memory of a version stays bounded however many codes a source invents."""


def _expression(pattern: str) -> str:
    return ".*".join(re.escape(part) for part in pattern.split("*"))
