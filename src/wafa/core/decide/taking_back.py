"""Taking back what goods that came back had earned: one entry of the wallet, whatever receipts they are of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wafa.core.decide.matching import Matched
from wafa.core.decide.membership import leave_nothing
from wafa.core.decide.reassessment import bring_back, points_still_earned, reassess
from wafa.core.decide.standing import after_return_in, supported_at
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import Entry, open_entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Match, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot

MISSING_INTO = {"debt": accounts.DEBT, "forgive": accounts.FORGIVEN, "refuse": accounts.WITHHELD}
"""What stands for points that are nowhere to be found, by the programme's debt policy."""


def take_back(
    snapshot: Snapshot,
    wallet: Wallet,
    kind: str,
    matched: Matched,
    *,
    document_id: UUID,
    occurred_at: datetime,
    posted_at: datetime,
    turn: int = 0,
    settles_tier: bool = True,
    may_withhold: bool = True,
) -> Entry:
    """The entry of what came back: of 0 points where nothing matched, or what matched had earned nothing.

    Where nobody is there to withhold money from, what a programme would not do without is owed.
    """
    in_force = snapshot.versions.in_force(posted_at)
    entry = open_entry(
        wallet,
        snapshot.new_id(),
        kind,
        document_id=document_id,
        occurred_at=occurred_at,
        posted_at=posted_at,
        version_id=in_force.id if in_force else None,
        turn=turn,
    )
    ladder = snapshot.versions.ladder(posted_at)
    if ladder.tiers:
        entry.tier_before = wallet.tier = wallet.tier or ladder.tiers[0].code
    before = supported_at(snapshot, wallet, posted_at)
    missing_into = MISSING_INTO[snapshot.rules(posted_at).debt]
    if missing_into == accounts.WITHHELD and not may_withhold:
        missing_into = accounts.DEBT
    parts = [
        part
        for receipt, matches in matched.by_receipt.items()
        if (part := take_back_of(snapshot, entry, receipt, matches, missing_into))
    ]
    if settles_tier:
        after_return_in(snapshot, wallet, posted_at, before)
    entry.explanation = {"receipts": parts, "unmatched": matched.unmatched, **leave_nothing(entry)}
    entry.close()
    return entry


def take_back_of(
    snapshot: Snapshot, entry: Entry, receipt: Receipt, matches: Sequence[Match], missing_into: str
) -> dict[str, Any] | None:
    """One receipt's part; none where no programme was in force when it was bought."""
    had_goods, told = receipt.has_goods_left(), None
    if receipt.version_id is None:
        bring_back(matches)
    else:
        programme = snapshot.versions.by_id(receipt.version_id)
        told = reassess(entry, receipt, matches, programme, snapshot.day(entry.posted_at), missing_into)
    entry.wallet.count_at_branch(receipt.branch_id, receipt.has_goods_left() - had_goods)
    return told


def not_covered(
    snapshot: Snapshot, wallet: Wallet, matched: Mapping[Receipt, Sequence[Match]], at: datetime, withheld_minor: int
) -> Refused | None:
    """Where the programme refuses what points do not cover: how much money to withhold for them (law 6)."""
    rules = snapshot.rules(at)
    worth = rules.redemption.worth
    if rules.debt != "refuse" or worth is None:
        return None
    missing = _missing(snapshot, wallet, matched, at)
    to_withhold = worth.at_least(missing)
    if missing == 0 or withheld_minor >= to_withhold:
        return None
    return Refused(Refusal.RETURN_NOT_COVERED, {"points": missing, "withhold_minor": to_withhold})


def _missing(snapshot: Snapshot, wallet: Wallet, matched: Mapping[Receipt, Sequence[Match]], at: datetime) -> int:
    """Points that would be clawed back and are nowhere to be found.

    What one lot covers for another it no longer has for itself, so only the sums matter, not the order.
    """
    today = snapshot.day(at)
    lost: dict[Lot, int] = {}
    for receipt, matches in matched.items():
        for lot, points in _losses(snapshot, receipt, matches).items():
            lost[lot] = lost.get(lot, 0) + points
    own = {lot: min(points, lot.remaining) for lot, points in lost.items()}
    elsewhere = sum(
        max(0, points - own[lot] - (lot.expired - lot.answered)) for lot, points in lost.items() if points > 0
    )
    there = sum(lot.remaining for lot in wallet.lots if not lot.is_past(today)) - sum(
        taken for lot, taken in own.items() if not lot.is_past(today)
    )
    return max(0, elsewhere - max(0, there))


def _losses(snapshot: Snapshot, receipt: Receipt, matches: Sequence[Match]) -> dict[Lot, int]:
    """What each lot of a receipt would lose: worked out on the receipt as it would be, which is then put back."""
    if receipt.version_id is None or receipt.context is None:
        return {}
    programme = snapshot.versions.by_id(receipt.version_id)
    bring_back(matches)
    earned = points_still_earned(programme, receipt)
    bring_back([_undone(match) for match in matches])
    lost: dict[Lot, int] = {}
    for award in receipt.awards:
        if award.lot is not None:
            change = award.held_points - min(award.first_points, earned.get(award.rule, 0))
            lost[award.lot] = lost.get(award.lot, 0) + change
    return lost


def _undone(match: Match) -> Match:
    return Match(match.line_id, match.sold, -match.quantity_milli)
