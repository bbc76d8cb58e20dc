"""Which sold lines a return's lines are about (law 6)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wafa.core.ledger.receipt import Receipt, SoldLine
from wafa.core.outcomes import CameBack, Match


@dataclass(frozen=True, slots=True)
class Matched:
    """What came back of each receipt, in the order of finding; and what matched nothing."""

    by_receipt: dict[Receipt, list[Match]]
    unmatched: list[dict[str, object]]

    def all(self) -> tuple[Match, ...]:
        """Every match, receipt by receipt."""
        return tuple(match for matches in self.by_receipt.values() for match in matches)


def earlier_receipts(receipts: Iterable[Receipt], occurred_at: datetime) -> list[Receipt]:
    """The receipts that a return without one may be about: the earlier ones, latest first."""
    earlier = [receipt for receipt in receipts if receipt.occurred_at <= occurred_at]
    return sorted(earlier, key=Receipt.recency, reverse=True)


def match(receipts: Sequence[Receipt], lines: Iterable[CameBack]) -> Matched:
    """Line by line: the first receipt that still holds the item, inside it the later line first."""
    taken: dict[SoldLine, int] = {}
    matched = Matched({}, [])
    for line in lines:
        wanted = line.quantity_milli
        for receipt, sold in _lines_of(receipts, line.item):
            found = min(wanted, sold.left_milli - taken.get(sold, 0))
            if found:
                taken[sold] = taken.get(sold, 0) + found
                matched.by_receipt.setdefault(receipt, []).append(Match(line.id, sold, found))
                wanted -= found
            if not wanted:
                break
        if wanted:
            matched.unmatched.append({"item": line.item, "quantity_milli": wanted})
    return matched


def more_than_left(receipt: Receipt, lines: Iterable[CameBack]) -> dict[str, object] | None:
    """The first item of which more comes back than the receipt still holds, with both quantities; None: none."""
    left: Counter[str] = Counter()
    for sold in receipt.lines:
        left[sold.item] += sold.left_milli
    wanted: Counter[str] = Counter()
    for line in lines:
        wanted[line.item] += line.quantity_milli
    for item, quantity in wanted.items():
        if quantity > left[item]:
            return {"item": item, "returned_milli": quantity, "left_milli": left[item]}
    return None


def _lines_of(receipts: Iterable[Receipt], item: str) -> Iterable[tuple[Receipt, SoldLine]]:
    for receipt in receipts:
        for sold in reversed(receipt.lines):
            if sold.item == item:
                yield receipt, sold
