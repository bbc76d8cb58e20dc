"""Which sold lines a return's lines are about (law 6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wafa.core.commands import RecordReturn
from wafa.core.ledger.wallet import Receipt, SoldLine
from wafa.core.outcomes import Match


@dataclass(frozen=True, slots=True)
class Matched:
    """What came back of each receipt, in the order of finding; and what matched nothing."""

    by_receipt: dict[Receipt, list[Match]]
    unmatched: list[dict[str, object]]

    def all(self) -> tuple[Match, ...]:
        """Every match, receipt by receipt."""
        return tuple(match for matches in self.by_receipt.values() for match in matches)


def earlier_receipts(receipts: Iterable[Receipt], command: RecordReturn) -> list[Receipt]:
    """The receipts that a return without one may be about: the earlier ones, latest first."""
    earlier = [receipt for receipt in receipts if receipt.occurred_at <= command.occurred_at]
    return sorted(earlier, key=Receipt.recency, reverse=True)


def match(receipts: Sequence[Receipt], command: RecordReturn) -> Matched:
    """Line by line: the first receipt that still holds the item, inside it the later line first."""
    taken: dict[SoldLine, int] = {}
    matched = Matched({}, [])
    for position, line in enumerate(command.lines, start=1):
        wanted = line.quantity_milli
        for receipt, sold in _lines_of(receipts, line.item):
            found = min(wanted, sold.left_milli - taken.get(sold, 0))
            if found:
                taken[sold] = taken.get(sold, 0) + found
                matched.by_receipt.setdefault(receipt, []).append(Match(position, sold, found))
                wanted -= found
            if not wanted:
                break
        if wanted:
            matched.unmatched.append({"item": line.item, "quantity_milli": wanted})
    return matched


def _lines_of(receipts: Iterable[Receipt], item: str) -> Iterable[tuple[Receipt, SoldLine]]:
    for receipt in receipts:
        for sold in reversed(receipt.lines):
            if sold.item == item:
                yield receipt, sold
