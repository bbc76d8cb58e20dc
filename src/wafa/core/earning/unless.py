"""What on a receipt keeps a rule from giving anything: "double points, unless something is discounted"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from wafa.core.earning.reading import ReceiptLine
from wafa.core.values.fields import Fields


@dataclass(frozen=True, slots=True)
class Unless:
    """Some items, or any line with a discount. Excluded items count too: they are on the receipt.

    So a rule may give more once something has come back; what a receipt holds never rises above its first award.
    """

    items: frozenset[str]
    discounted: bool

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"items": ["SALE1"], "discounted": true}, either of them or both."""
        discounted = fields.flag("discounted", default=False)
        unless = cls(frozenset(fields.texts("items", least=0 if discounted else 1)), discounted)
        fields.done()
        return unless

    def is_met_by(self, lines: Iterable[ReceiptLine]) -> bool:
        """Whether one of the lines is such."""
        return bool(self.met_by(lines))

    def met_by(self, lines: Iterable[ReceiptLine]) -> list[ReceiptLine]:
        """The lines that are such."""
        return [line for line in lines if line[0] in self.items or (self.discounted and line[3])]
