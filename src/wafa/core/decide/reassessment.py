"""What a receipt holds after goods came back: evaluated again, in its kept context, on what is left of it (law 6)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wafa.core.decide.standing import counting
from wafa.core.earning.reading import Facts
from wafa.core.ledger import accounts
from wafa.core.ledger.clawback import Taken, claw_back, give_back
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import count_progress
from wafa.core.ledger.receipt import HeldAward, Receipt
from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.outcomes import Match
from wafa.core.programme import Programme


def points_still_earned(
    programme: Programme, receipt: Receipt, held: Iterable[HeldAward] | None = None
) -> dict[str, int]:
    """Points by rule for what is left; a receipt with nothing left evaluates to nothing. `held`: those or grants."""
    left = receipt.lines_left()
    if not left or receipt.context is None:
        return {}
    gave = {award.rule for award in (receipt.awards if held is None else held)}
    awards = programme.evaluate(Facts.from_json(receipt.context), left, gave)
    return {award.rule: award.points for award in awards}


def bring_back(matches: Iterable[Match]) -> None:
    """Note that so much came back (or, below zero, did not after all)."""
    for match in matches:
        match.sold.returned_milli += match.quantity_milli


def reassess(
    entry: Entry,
    receipt: Receipt,
    matches: Iterable[Match],
    programme: Programme,
    today: date,
    missing_into: str = accounts.DEBT,
) -> dict[str, Any]:
    """Note what came back, and let each award stand at what is still earned, within what was first awarded.

    The difference is clawed back from the awards' lots, or given back to them where an award rises again. Answers the
    receipt's part of the explanation.
    """
    before = counting(programme, receipt)
    bring_back(matches)
    earned = points_still_earned(programme, receipt)
    holds = {award.rule: min(award.first_points, earned.get(award.rule, 0)) for award in receipt.awards}
    told = hold(entry, entry.wallet, receipt, receipt.awards, holds, programme, today, missing_into)
    _count(entry, receipt, counting(programme, receipt).less(before))
    return told


def reverse(
    entry: Entry, receipt: Receipt, programme: Programme, today: date, missing_into: str = accounts.DEBT
) -> dict[str, Any]:
    """Take back all that a receipt holds, as though it had never been this member's."""
    before = counting(programme, receipt)
    nothing = {award.rule: 0 for award in receipt.awards}
    told = hold(entry, entry.wallet, receipt, receipt.awards, nothing, programme, today, missing_into)
    _count(entry, receipt, Progress().less(before))
    return told


def hold(
    entry: Entry,
    capped: Wallet,
    receipt: Receipt,
    awards: Iterable[HeldAward],
    holds: dict[str, int],
    programme: Programme,
    today: date,
    missing_into: str,
) -> dict[str, Any]:
    """Let each award hold so many points, by its rule; what a lot loses and gains by it is settled at once.

    `capped` is the wallet that caps count on: the member's in points.
    """
    changes = []
    by_lot: dict[Lot, int] = {}
    for award in awards:
        change = holds[award.rule] - award.held_points
        if change:
            changes.append(_change(programme, award, holds[award.rule]))
            award.held_points += change
            entry.reawarded.append(award)
            capped.count_capped(award.rule, _day_of(receipt), change)
            if award.lot is not None:
                by_lot[award.lot] = by_lot.get(award.lot, 0) + change
    taken = Taken()
    for lot, change in by_lot.items():
        if change < 0:
            taken += claw_back(entry, lot, -change, receipt.id, today, missing_into)
        elif change > 0:
            taken += give_back(entry, lot, change, receipt.id, today)
    return {"document": str(receipt.id), "number": receipt.number, "awards": changes, "taken": taken.as_json()}


def _count(entry: Entry, receipt: Receipt, change: Progress) -> None:
    if any(change):
        count_progress(entry, _day_of(receipt), change, receipt.id)


def _day_of(receipt: Receipt) -> date:
    """The merchant's day on which it happened, as it was kept."""
    if receipt.context is None:
        raise AssertionError("only a receipt that was evaluated has awards, and counts")
    return Facts.from_json(receipt.context).occurred_on


def _change(programme: Programme, award: HeldAward, holds: int) -> dict[str, Any]:
    return {
        "rule": award.rule,
        "kind": programme.kind_of(award.rule),
        "first": award.first_points,
        "before": award.held_points,
        "after": holds,
        "points": holds - award.held_points,
    }
