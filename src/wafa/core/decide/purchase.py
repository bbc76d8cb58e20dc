"""A purchase: evaluated by the rules in force when it happened, credited at once."""

from uuid import UUID

from wafa.core.commands import RecordPurchase
from wafa.core.decide.checks import answer_at_once, credited_member
from wafa.core.decide.touch import expire_due
from wafa.core.earning.reading import Award, Facts
from wafa.core.ledger.entry import ACCRUAL, Entry, expire, issue, open_entry, pay_debt, qualify
from wafa.core.ledger.wallet import HeldAward, Lot, Receipt, SoldLine, Wallet
from wafa.core.outcomes import Accepted, Document, Duplicate, Refused, Slip
from wafa.core.programme import Programme
from wafa.core.snapshot import KnownDocument, Snapshot
from wafa.core.tiers.qualification import after_accrual


def decide_purchase(snapshot: Snapshot, command: RecordPurchase) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it, record it as anonymous, or credit its member."""
    content, answer = answer_at_once(snapshot, command)
    if answer:
        return answer

    # From here on it must succeed.
    member, anonymous_reason = credited_member(snapshot, command)
    receipt = _receipt(snapshot, command, member.id if member else None)
    document = Document(
        id=receipt.id,
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=receipt.member_id,
        anonymous_reason=anonymous_reason,
        receipt=receipt,
    )
    if member is None:
        accepted = Accepted(Slip(receipt.id, anonymous_reason=anonymous_reason), document)
    else:
        wallet = snapshot.wallets[member.id]
        lapsed = expire_due(snapshot, wallet, command.at)
        entry = _accrue(snapshot, wallet, receipt, command, document.branch_id)
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
            SoldLine("", position, line.item, line.quantity_milli, line.amount_minor)
            for position, line in enumerate(command.lines, start=1)
        ],
        awards=[],
    )


def _accrue(snapshot: Snapshot, wallet: Wallet, receipt: Receipt, command: RecordPurchase, branch_id: UUID) -> Entry:
    """The purchase's entry: of 0 points where no programme was in force or no rule gave any."""
    version = snapshot.versions.in_force(command.occurred_at)
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
    if version is None:
        entry.explanation = {"awards": [], "debt_paid": 0, "lapsed": 0, "reason": "no_programme"}
    else:
        receipt.version_id = version.id
        _award(snapshot, entry, receipt, version.programme, branch_id)
    entry.close()
    return entry


def _award(snapshot: Snapshot, entry: Entry, receipt: Receipt, programme: Programme, branch_id: UUID) -> None:
    wallet = entry.wallet
    if not wallet.tier:
        wallet.tier = programme.tiers[0].code
    facts = Facts(snapshot.day(receipt.occurred_at), wallet.tier, wallet.eligible_purchases)
    lines = [(line.item, line.quantity_milli, line.amount_minor) for line in receipt.lines]
    awards = programme.evaluate(facts, lines)
    receipt.context = entry.context = facts.as_json()

    lot = _issue_lot(snapshot, entry, receipt, awards, programme, branch_id)
    receipt.awards = [
        HeldAward(snapshot.new_id(), award.rule, award.qualifying, award.points, award.points, lot) for award in awards
    ]
    debt_paid, lapsed = _settle(snapshot, entry, lot)
    qualify(entry, sum(award.points for award in awards if award.qualifying), receipt.id)
    wallet.tier = after_accrual(programme.tiers, wallet.tier, wallet.qualifying)
    if programme.eligible_minor(lines) > 0:
        wallet.eligible_purchases += 1
    entry.explanation = {
        "awards": [award.as_json() for award in awards],
        "debt_paid": debt_paid,
        "lapsed": lapsed,
        "reason": None,
    }


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
