"""A purchase: evaluated by the rules in force when it happened, credited at once."""

from dataclasses import dataclass, replace
from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.decide.checks import answer_at_once, credited_member
from wafa.core.decide.touch import expire_due
from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger.entry import ACCRUAL, Entry, expire, issue, open_entry, pay_debt, qualify
from wafa.core.ledger.wallet import HeldAward, Lot, Receipt, SoldLine, Wallet
from wafa.core.outcomes import Accepted, Document, Duplicate, Refused, Slip
from wafa.core.programme import Programme
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot, Version
from wafa.core.tiers.qualification import after_accrual

LARGEST_POINTS = 10**15
"""No receipt earns more; nine thousand of the largest still fit a 64-bit integer."""


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """What a purchase is worth to its member, before anything is written."""

    wallet: Wallet
    version: Version | None
    facts: Facts | None
    awards: list[Award]
    eligible_minor: int

    @property
    def points(self) -> int:
        """All awards together."""
        return sum(award.points for award in self.awards)


def decide_purchase(snapshot: Snapshot, command: RecordPurchase) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it, record it as anonymous, or credit its member."""
    content, answer = answer_at_once(snapshot, command)
    if answer:
        return answer

    member, anonymous_reason = credited_member(snapshot, command)
    if member:
        command = replace(command, at=snapshot.wallets[member.id].not_before(command.at))
    evaluated = _evaluate(snapshot, snapshot.wallets[member.id], command) if member else None
    if evaluated and evaluated.points > LARGEST_POINTS:
        return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "points"})

    # From here on it must succeed.
    receipt = _receipt(snapshot, command, member.id if member else None)
    document = Document(
        id=receipt.id,
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=receipt.member_id,
        anonymous_reason=anonymous_reason,
        named_member_id=snapshot.members[command.member].id if command.member and anonymous_reason else None,
        receipt=receipt,
    )
    if evaluated is None:
        accepted = Accepted(Slip(receipt.id, anonymous_reason=anonymous_reason), document)
    else:
        wallet = evaluated.wallet
        lapsed = expire_due(snapshot, wallet, command.at)
        entry = _accrue(snapshot, evaluated, receipt, command, document.branch_id)
        slip = Slip(receipt.id, entry.points, entry.explanation, entry.after, entry.tier_after)
        accepted = Accepted(slip, document, (*lapsed, entry))
        wallet.receipts.append(receipt)
    snapshot.documents[command.key] = KnownDocument(content, accepted.slip)
    snapshot.receipts[command.key] = receipt
    return accepted


def _receipt(snapshot: Snapshot, command: RecordPurchase, member_id: UUID | None) -> Receipt:
    return Receipt(
        id=snapshot.claimed[command.key],
        number=command.number,
        member_id=member_id,
        occurred_at=command.occurred_at,
        sequence=0,
        version_id=None,
        context=None,
        lines=[
            SoldLine(
                "", position, line.item, line.quantity_milli, line.amount_minor, unit_price_micro=line.unit_price_micro
            )
            for position, line in enumerate(command.lines, start=1)
        ],
        awards=[],
    )


def _evaluate(snapshot: Snapshot, wallet: Wallet, command: RecordPurchase) -> _Evaluated:
    """By the rules in force when it happened; the tier is the one held, on the ladder in force, when it is counted."""
    version = snapshot.versions.in_force(command.occurred_at)
    if version is None:
        return _Evaluated(wallet, None, None, [], 0)
    tier = wallet.tier or snapshot.versions.ladder(command.at)[0].code
    facts = Facts(snapshot.day(command.occurred_at), tier, wallet.eligible_purchases)
    lines = [(line.item, line.quantity_milli, line.amount_minor) for line in command.lines]
    awards = version.programme.evaluate(facts, lines)
    return _Evaluated(wallet, version, facts, awards, version.programme.eligible_minor(lines))


def _accrue(
    snapshot: Snapshot, evaluated: _Evaluated, receipt: Receipt, command: RecordPurchase, branch_id: UUID
) -> Entry:
    """The purchase's entry: of 0 points where no programme was in force or no rule gave any."""
    wallet, version, facts, awards = evaluated.wallet, evaluated.version, evaluated.facts, evaluated.awards
    entry = open_entry(
        wallet,
        snapshot.new_id(),
        ACCRUAL,
        document_id=receipt.id,
        occurred_at=command.occurred_at,
        posted_at=command.at,
        version_id=version.id if version else None,
    )
    receipt.sequence = entry.sequence
    debt_paid = lapsed = 0
    if version and facts:
        entry.tier_before = wallet.tier = facts.tier
        receipt.version_id, receipt.context = version.id, facts.as_json()
        entry.context = receipt.context
        lot = _issue_lot(snapshot, entry, receipt, awards, version.programme, branch_id)
        receipt.awards = [
            HeldAward(snapshot.new_id(), award.rule, award.qualifying, award.points, award.points, lot)
            for award in awards
        ]
        debt_paid, lapsed = _settle(snapshot, entry, lot)
        qualify(entry, sum(award.points for award in awards if award.qualifying), receipt.id)
        wallet.tier = after_accrual(snapshot.versions.ladder(command.at), wallet.tier, wallet.qualifying)
        wallet.eligible_purchases += evaluated.eligible_minor > 0
    entry.explanation = {
        "awards": [award.as_json() for award in awards],
        "debt_paid": debt_paid,
        "lapsed": lapsed,
        "reason": None if version else "no_programme",
    }
    entry.close()
    return entry


def _settle(snapshot: Snapshot, entry: Entry, lot: Lot | None) -> tuple[int, int]:
    """Points that pay debt, and points of goods bought so long ago that their last day has passed already."""
    if lot is None:
        return 0, 0
    if lot.has_lapsed(snapshot.day(entry.posted_at)):
        return 0, expire(entry, lot)
    return pay_debt(entry, lot), 0


def _issue_lot(
    snapshot: Snapshot,
    entry: Entry,
    receipt: Receipt,
    awards: list[Award],
    programme: Programme,
    branch_id: UUID,
) -> Lot | None:
    """Awards of one receipt with the same dates share a lot (law 3)."""
    points = sum(award.points for award in awards)
    if not points:
        return None
    lot = Lot(
        id=snapshot.new_id(),
        document_id=receipt.id,
        number=receipt.number,
        issuing_branch_id=branch_id,
        sequence=entry.sequence,
        points=points,
        remaining=points,
        available_at=entry.posted_at,
        expires_on=programme.expiry.last_day(snapshot.day(receipt.occurred_at)),
    )
    issue(entry, lot)
    return lot
