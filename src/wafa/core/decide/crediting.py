"""Crediting a receipt to a member: evaluated by the rules in force when it happened, posted at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from wafa.core.decide.activity import note_activity
from wafa.core.decide.facts import facts_of
from wafa.core.decide.standing import after_credit_in, ahead, counting
from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import count_progress, expire, issue, pay_debt
from wafa.core.ledger.receipt import HeldAward, Receipt
from wafa.core.ledger.wallet import POINTS, Wallet
from wafa.core.programme import Programme, Terms
from wafa.core.snapshot import Snapshot, Version
from wafa.core.values.availability import AFTER_DAYS, ON_EVENT
from wafa.core.values.money import LARGEST_POINTS


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a receipt is worth to a member, before anything is written: points, and `grants` in other units."""

    wallet: Wallet
    version: Version | None
    facts: Facts | None
    awards: list[Award]
    grants: list[Award] = field(default_factory=list)

    @property
    def points(self) -> int:
        """All awards together."""
        return sum(award.points for award in self.awards)

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than can be true, of points or of anything else."""
        return self.points > LARGEST_POINTS or any(award.points > LARGEST_POINTS for award in self.grants)


def evaluate(snapshot: Snapshot, wallet: Wallet, receipt: Receipt, at: datetime, tier: str | None = None) -> Evaluated:
    """By the rules in force when it happened; the tier is the one held, on the ladder in force, when it is counted."""
    version = snapshot.versions.in_force(receipt.occurred_at)
    if version is None:
        return Evaluated(wallet, None, None, [])
    facts = facts_of(
        snapshot,
        wallet,
        receipt,
        version.programme,
        tier or wallet.tier or snapshot.versions.ladder(at).tiers[0].code,
    )
    lines = receipt.lines_left()
    awards = version.programme.evaluate(facts, lines) if lines else []
    if not version.programme.units_given():
        return Evaluated(wallet, version, facts, awards)
    grants = [award for award in awards if award.unit != POINTS]
    return Evaluated(wallet, version, facts, [award for award in awards if award.unit == POINTS], grants)


def credit(snapshot: Snapshot, entry: Entry, evaluated: Evaluated, receipt: Receipt) -> None:
    """Write what was evaluated: lots, awards, what counts for the tier; 0 points where nothing was earned."""
    wallet, version, facts, awards = evaluated.wallet, evaluated.version, evaluated.facts, evaluated.awards
    receipt.sequence, receipt.member_id, receipt.awards = entry.sequence, wallet.member_id, []
    entry.version_id = receipt.version_id = receipt.context = None
    if version and facts:
        entry.version_id = receipt.version_id = version.id
        receipt.context = entry.context = facts.as_json()
        entry.tier_before = wallet.tier = wallet.tier or facts.tier
        receipt.awards = award_lots(snapshot, entry, receipt, awards, version.programme)
        entry.awarded += receipt.awards
        snapshot.spend_budgets(version.programme, (*awards, *evaluated.grants))
        progress = counting(version.programme, receipt, facts)
        count_progress(entry, facts.occurred_on, progress, receipt.id)
        for award in receipt.awards:
            wallet.count_capped(award.rule, facts.occurred_on, award.held_points)
        after_credit_in(snapshot, wallet, entry.posted_at)
    wallet.count_at_branch(receipt.branch_id, int(receipt.has_goods_left()))
    note_activity(wallet, snapshot.day(receipt.occurred_at))
    receipt.credited_by, receipt.grants = entry.id, {}
    debt_paid, lapsed = settle_opened(snapshot, entry)
    entry.explanation = {
        "awards": [award.as_json() for award in awards],
        "debt_paid": debt_paid,
        "lapsed": lapsed,
        "reason": None if version else "no_programme",
        "ahead": ahead(snapshot, wallet, entry.posted_at) if version else None,
    }


def settle_opened(snapshot: Snapshot, entry: Entry) -> tuple[int, int]:
    """Points that pay debt, and points of goods bought so long ago that their last day has passed already."""
    today = snapshot.day(entry.posted_at)
    debt_paid = lapsed = 0
    for lot in sorted(entry.opened, key=Lot.drawing_order):
        if lot.is_past(today):
            lapsed += expire(entry, lot)
        elif not lot.pending:
            debt_paid += pay_debt(entry, lot)
    return debt_paid, lapsed


def award_lots(
    snapshot: Snapshot, entry: Entry, receipt: Receipt, awards: list[Award], programme: Programme
) -> list[HeldAward]:
    """Awards of one receipt with the same dates share a lot (law 3)."""
    lots: dict[Terms, Lot] = {}
    by_terms: dict[Terms, int] = {}
    for award in awards:
        terms = programme.terms_of(award.rule)
        by_terms[terms] = by_terms.get(terms, 0) + award.points
    for terms, points in by_terms.items():
        lots[terms] = open_lot(snapshot, entry, receipt, points, terms, snapshot.new_id)
    return [
        HeldAward(
            snapshot.new_id(),
            award.rule,
            award.qualifying,
            award.points,
            award.points,
            lots[programme.terms_of(award.rule)],
        )
        for award in awards
    ]


def open_lot(
    snapshot: Snapshot, entry: Entry, receipt: Receipt, points: int, terms: Terms, new_id: Callable[[], UUID]
) -> Lot:
    """A lot of a receipt's points, pending until its terms say."""
    occurred_on = snapshot.day(receipt.occurred_at)
    available_at: datetime | None = entry.posted_at
    if terms.available.kind == AFTER_DAYS:
        available_at = snapshot.first_instant(occurred_on + timedelta(days=terms.available.days))
    elif terms.available.kind == ON_EVENT:
        available_at = None
    lot = Lot(
        id=new_id(),
        document_id=receipt.id,
        number=receipt.number,
        issuing_branch_id=receipt.branch_id,
        sequence=entry.sequence,
        points=points,
        remaining=0,
        available_at=available_at,
        expires_on=terms.expiry.last_day(occurred_on, snapshot.calendars),
        pending=available_at is None or available_at > entry.posted_at,
        idle_months=terms.expiry.idle_months,
    )
    issue(entry, lot)
    return lot
