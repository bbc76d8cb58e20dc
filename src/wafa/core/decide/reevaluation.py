"""What a receipt holds after a return: evaluated again, in its kept context, on what is left of it (law 6)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from wafa.core.earning.reading import Facts, ReceiptLine
from wafa.core.ledger.clawback import Taken, claw_back
from wafa.core.ledger.entry import Entry, qualify
from wafa.core.ledger.wallet import HeldAward, Lot, Receipt
from wafa.core.outcomes import Match
from wafa.core.programme import Programme


def points_still_earned(programme: Programme, receipt: Receipt) -> dict[str, int]:
    """Points by rule for what is left; a receipt with nothing left evaluates to nothing."""
    left = lines_left(receipt)
    if not left or receipt.context is None:
        return {}
    awards = programme.evaluate(Facts.from_json(receipt.context), left)
    return {award.rule: award.points for award in awards}


def lines_left(receipt: Receipt) -> list[ReceiptLine]:
    """The receipt as though the returned goods had never been sold."""
    return [(line.item, line.left_milli, line.left_minor) for line in receipt.lines if line.left_milli]


def take_back(
    entry: Entry, receipt: Receipt, matches: Iterable[Match], programme: Programme, today: date
) -> dict[str, Any]:
    """Note what came back, let each award fall to what is still earned, and claw the difference back.

    Answers the receipt's part of the explanation.
    """
    was_eligible = programme.eligible_minor(lines_left(receipt)) > 0
    for match in matches:
        match.sold.returned_milli += match.quantity_milli
    if was_eligible and programme.eligible_minor(lines_left(receipt)) <= 0:
        entry.wallet.eligible_purchases -= 1

    earned = points_still_earned(programme, receipt)
    changes = []
    by_lot: dict[Lot, int] = {}
    for award in receipt.awards:
        holds = min(award.first_points, earned.get(award.rule, 0))
        lost = award.held_points - holds
        if lost:
            changes.append(_change(programme, award, holds))
            award.held_points = holds
            if award.lot is not None:
                by_lot[award.lot] = by_lot.get(award.lot, 0) + lost
            if award.qualifying:
                qualify(entry, -lost, receipt.id)
    taken = Taken()
    for lot, points in by_lot.items():
        taken += claw_back(entry, lot, points, receipt.id, today)
    return {"document": str(receipt.id), "number": receipt.number, "awards": changes, "taken": asdict(taken)}


def _change(programme: Programme, award: HeldAward, holds: int) -> dict[str, Any]:
    return {
        "rule": award.rule,
        "kind": programme.kind_of(award.rule),
        "first": award.first_points,
        "before": award.held_points,
        "after": holds,
        "points": holds - award.held_points,
    }
