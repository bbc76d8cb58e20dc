"""Matching, lived through again: which receipts a return was about (law 6)."""

from collections import Counter

from wafa.core.decide.matching import earlier_receipts, match
from wafa.core.ledger import entry as kinds
from wafa.core.ledger.receipt import Receipt
from wafa.core.outcomes import CameBack
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.state import Checks, Group, Wallet

RETURNS = ("return", "exchange")


def check_matches(checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A return is about the receipt that it names, or the member's most recent ones that still hold the item.

    Called before what came back is taken off the lines.
    """
    document = entry.document
    if entry.kind != kinds.CLAWBACK or document is None or document.kind not in RETURNS:
        return
    if document.names:
        named = group.sold.get(document.names)
        candidates = [named.receipt] if named and named.wallet is wallet else []
    else:
        items = {item for _, item, _, _ in entry.returned}
        holding = {document: sold for item in items for document, sold in wallet.by_item.get(item, {}).items()}
        candidates = earlier_receipts((sold.receipt for sold in holding.values()), entry.occurred_at)
        if _is_ambiguous(candidates):
            return
    lines = [CameBack(line_id, item, quantity) for line_id, item, quantity, _ in entry.returned]
    expected = Counter({(each.line_id, each.sold.id): each.quantity_milli for each in match(candidates, lines).all()})
    stands: Counter[tuple[str, str]] = Counter()
    for line_id, _, _, matches in entry.returned:
        for sold_id, quantity in matches or ():
            stands[line_id, sold_id] += quantity
    if stands != expected:
        told = ({sold: quantity for (_, sold), quantity in each.items()} for each in (stands, expected))
        checks.slips.expect(wallet.entry(entry), "lines that came back", *told)


def _is_ambiguous(receipts: list[Receipt]) -> bool:
    """Receipts of wallets that were merged may be equally recent; then either may come first."""
    return len({receipt.recency() for receipt in receipts}) < len(receipts)
