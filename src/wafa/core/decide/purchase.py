"""A purchase: credited to its member at once, with the returns that had waited for it."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from wafa.core.commands import DocumentCommand, RecordPurchase
from wafa.core.decide.checks import answer_at_once, credited_member
from wafa.core.decide.crediting import Evaluated, credit, evaluate
from wafa.core.decide.granting import grant
from wafa.core.decide.late_returns import apply_waiting
from wafa.core.decide.settle import settle
from wafa.core.ledger.entry import ACCRUAL, Entry, open_entry
from wafa.core.ledger.receipt import Receipt, Sale, SoldLine, share_out
from wafa.core.outcomes import Accepted, Document, Duplicate, Refused, Slip
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot

D = TypeVar("D", bound=DocumentCommand)


def decide_purchase(snapshot: Snapshot, command: RecordPurchase) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it, record it as anonymous, or credit its member."""
    content, answer = answer_at_once(snapshot, command)
    if answer:
        return answer

    member, anonymous_reason = credited_member(snapshot, command)
    settled: tuple[Entry, ...] = ()
    evaluated = None
    receipt = sold_receipt(snapshot, command)
    if member:
        wallet = snapshot.points_wallet(member.id)
        command = posted_at(command, wallet.not_before(command.at))
        settled = settle(snapshot, wallet, command.at)
        evaluated = evaluate(snapshot, wallet, receipt, command.at)
        if evaluated.is_too_much:
            return Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "points"}, settled)

    # From here on it must succeed.
    document = Document(
        id=receipt.id,
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=member.id if member else None,
        anonymous_reason=anonymous_reason,
        named_member_id=snapshot.members[command.member].id if command.member and anonymous_reason else None,
        receipt=receipt,
    )
    slip = Slip(receipt.id, anonymous_reason=anonymous_reason)
    entries: tuple[Entry, ...] = ()
    if evaluated:
        entry = accrue(snapshot, evaluated, receipt, command)
        slip = Slip.of(entry, receipt.id)
        entries = (*settled, entry, *grant(snapshot, entry, evaluated, receipt))
    late, matches = apply_waiting(snapshot, receipt, command)
    snapshot.documents[command.key] = KnownDocument(content, slip)
    snapshot.receipts[command.key] = receipt
    return Accepted(slip, document, (*entries, *late), matches)


def posted_at(command: D, at: datetime) -> D:
    """The same command, counted at an instant: almost always the one that it asked for."""
    return command if command.at == at else replace(command, at=at)


def sold_receipt(snapshot: Snapshot, command: DocumentCommand) -> Receipt:
    """What a document sells, as returns will know it."""
    receipt = Receipt(
        id=snapshot.claimed[command.key],
        number=command.number,
        member_id=None,
        occurred_at=command.occurred_at,
        sequence=0,
        version_id=None,
        context=None,
        lines=[
            SoldLine(
                "",
                position,
                line.item,
                line.quantity_milli,
                line.amount_minor,
                unit_price_micro=line.unit_price_micro,
                discounted=bool(line.discount_minor),
                tax_minor=line.tax_minor or 0,
                discount_minor=line.discount_minor or 0,
                tags=line.tags,
            )
            for position, line in enumerate(command.lines, start=1)
        ],
        awards=[],
        branch_id=snapshot.branches[command.branch],
        sale=Sale(
            command.branch,
            command.channel,
            command.tags,
            tuple((payment.method, payment.amount_minor) for payment in command.payments),
        ),
    )
    if command.tax_minor or command.discount_minor:
        share_out(receipt.lines, command.tax_minor or 0, command.discount_minor or 0)
    return receipt


def accrue(
    snapshot: Snapshot, evaluated: Evaluated, receipt: Receipt, command: DocumentCommand, turn: int = 0
) -> Entry:
    """The purchase's entry: of 0 points where no programme was in force or no rule gave any."""
    entry = open_entry(
        evaluated.wallet,
        snapshot.new_id(),
        ACCRUAL,
        document_id=receipt.id,
        turn=turn,
        occurred_at=command.occurred_at,
        posted_at=command.at,
    )
    credit(snapshot, entry, evaluated, receipt)
    entry.close()
    receipt.turn = turn + 1
    evaluated.wallet.receipts.append(receipt)
    return entry
