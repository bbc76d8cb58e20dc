"""A return: matched to what was sold; then each receipt is evaluated again (law 6)."""

from dataclasses import replace
from uuid import UUID

from wafa.core.commands import DocumentKey, Line, RecordExchange, RecordReturn
from wafa.core.decide.checks import answer_at_once
from wafa.core.decide.granting import settle_grants
from wafa.core.decide.matching import Matched, earlier_receipts, match, more_than_left
from wafa.core.decide.reassessment import bring_back
from wafa.core.decide.settle import settle
from wafa.core.decide.taking_back import not_covered, take_back
from wafa.core.ledger.entry import CLAWBACK, Entry
from wafa.core.ledger.receipt import CountedReturn, Receipt, ReturnedPart
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Accepted, CameBack, Document, Duplicate, Refused, Slip
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot, WaitingReturn


def decide_return(snapshot: Snapshot, command: RecordReturn) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it, let it wait for its receipt, or take back what the returned goods had earned.

    A return that names its receipt is about that receipt, whoever brings it; a blocked member's counts as well.
    """
    content, answer = answer_at_once(snapshot, command)
    answer = answer or fault_in_receipt(snapshot, command)
    if answer:
        return answer
    if command.receipt and command.receipt not in snapshot.receipts:
        return _wait(snapshot, command, content)

    named = snapshot.receipts[command.receipt] if command.receipt else None
    wallet = wallet_about(snapshot, command, named)
    settled: tuple[Entry, ...] = ()
    if wallet:
        command = replace(command, at=wallet.not_before(command.at))
        settled = settle(snapshot, wallet, command.at)
    lines = with_ids(snapshot, command.lines)
    matched = find(command, came_back(lines), named, wallet)
    refused = wallet and not_covered(snapshot, wallet, matched.by_receipt, command.at, command.withheld_minor)
    if refused:
        return replace(refused, entries=settled)

    # From here on it must succeed.
    document = Document(
        id=snapshot.claimed[command.key],
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=wallet.member_id if wallet else None,
        named_id=named.id if named else None,
        came_back=lines,
        matches=matched.all(),
    )
    slip = Slip(document.id)
    entries: tuple[Entry, ...] = ()
    if wallet is None:
        bring_back(document.matches)
    else:
        entry = take_back(
            snapshot,
            wallet,
            CLAWBACK,
            matched,
            document_id=document.id,
            occurred_at=command.occurred_at,
            posted_at=command.at,
        )
        slip = Slip.of(entry, document.id)
        entries = (*settled, entry, *settle_grants(snapshot, entry, matched.by_receipt))
    remember(snapshot, command, document, matched)
    snapshot.documents[command.key] = KnownDocument(content, slip)
    return Accepted(slip, document, entries)


def fault_in_receipt(snapshot: Snapshot, command: RecordReturn | RecordExchange) -> Refused | None:
    """A named receipt that is known must be a receipt, not void, and hold what comes back; else it is refused whole."""
    key = command.receipt
    if key is None:
        return None
    receipt = snapshot.receipts.get(key)
    if receipt is None:
        taken = key in snapshot.documents
        return Refused(Refusal.RECEIPT_UNKNOWN, {"number": key[2]}) if taken else None
    if receipt.is_void:
        return Refused(Refusal.RECEIPT_VOID, {"number": key[2]})
    detail = more_than_left(receipt, [CameBack("", line.item, line.quantity_milli) for line in command.came_back])
    return Refused(Refusal.RETURNED_MORE_THAN_LEFT, detail) if detail else None


def with_ids(snapshot: Snapshot, lines: tuple[Line, ...]) -> dict[str, Line]:
    """Returned lines, each under an id of its own, in their order."""
    return {str(snapshot.new_id()): line for line in lines}


def came_back(lines: dict[str, Line]) -> list[CameBack]:
    """The same, as they are matched."""
    return [CameBack(id, line.item, line.quantity_milli) for id, line in lines.items()]


def wallet_about(snapshot: Snapshot, command: RecordReturn | RecordExchange, named: Receipt | None) -> Wallet | None:
    """Whose points the goods had earned: those of the named receipt's member, else of the member who brings them."""
    member_id: UUID | None = None
    if named:
        member_id = named.member_id
    elif command.member is not None:
        member_id = snapshot.members[command.member].id
    return snapshot.points_wallet(member_id) if member_id else None


def find(
    command: RecordReturn | RecordExchange, lines: list[CameBack], named: Receipt | None, wallet: Wallet | None
) -> Matched:
    """What the returned lines are about: the named receipt, or the member's most recent ones."""
    candidates = [named] if named else earlier_receipts(wallet.receipts, command.occurred_at) if wallet else []
    return match(candidates, lines)


def remember(
    snapshot: Snapshot,
    command: RecordReturn | RecordExchange,
    document: Document,
    matched: Matched,
) -> None:
    """So that a later command of the batch can cancel it."""
    parts = [
        ReturnedPart(receipt, each.sold, each.quantity_milli, each.line_id)
        for receipt, matches in matched.by_receipt.items()
        for each in matches
    ]
    snapshot.returns[command.key] = CountedReturn(document.id, parts)


def _wait(snapshot: Snapshot, command: RecordReturn, content: bytes) -> Accepted:
    """A return that came before its receipt is kept, and applies with it (law 6)."""
    key: DocumentKey = command.receipt or command.key
    lines = with_ids(snapshot, command.lines)
    document = Document(
        id=snapshot.claimed[command.key],
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=None,
        named_id=snapshot.claimed[key],
        came_back=lines,
        waits=True,
    )
    waiting = WaitingReturn(document.id, command.key, command.occurred_at, tuple(came_back(lines)))
    snapshot.waiting.setdefault(key, []).append(waiting)
    snapshot.returns[command.key] = CountedReturn(document.id, [])
    slip = Slip(document.id, explanation={"waits_for": key[2]})
    snapshot.documents[command.key] = KnownDocument(content, slip)
    return Accepted(slip, document)
