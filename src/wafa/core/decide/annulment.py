"""Voiding a receipt and cancelling a return: both are reversals by a document of their own (law 11)."""

from dataclasses import replace
from uuid import UUID

from wafa.core.commands import Annulment, CancelReturn, Line, VoidReceipt
from wafa.core.decide.checks import answer_at_once
from wafa.core.decide.granting import settle_grants
from wafa.core.decide.matching import Matched
from wafa.core.decide.reassessment import bring_back
from wafa.core.decide.settle import settle
from wafa.core.decide.taking_back import not_covered, take_back
from wafa.core.ledger.entry import CLAWBACK, REINSTATEMENT, Entry
from wafa.core.ledger.receipt import CountedReturn, Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Accepted, Document, Duplicate, Match, Refused, Slip
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot


def decide_void(snapshot: Snapshot, command: VoidReceipt) -> Accepted | Duplicate | Refused:
    """Take back all that is left of a receipt; nothing can be returned to it any more."""
    content, answer = answer_at_once(snapshot, command)
    receipt = snapshot.receipts.get(command.annulled)
    if answer is None and receipt is None:
        answer = Refused(Refusal.RECEIPT_UNKNOWN, {"number": command.annulled[2]})
    elif answer is None and receipt and receipt.is_void:
        answer = Refused(Refusal.RECEIPT_VOID, {"number": command.annulled[2]})
    if answer or receipt is None:
        return answer  # type: ignore[return-value]

    left = [line for line in receipt.lines if line.left_milli]
    ids = [str(snapshot.new_id()) for _ in left]
    lines = {id: Line(line.item, line.left_milli, line.left_minor) for id, line in zip(ids, left, strict=True)}
    matched = Matched({receipt: [Match(id, line, line.left_milli) for id, line in zip(ids, left, strict=True)]}, [])
    wallet = snapshot.points_wallet(receipt.member_id) if receipt.member_id else None
    settled: tuple[Entry, ...] = ()
    if wallet:
        command = replace(command, at=wallet.not_before(command.at))
        settled = settle(snapshot, wallet, command.at)
        refused = not_covered(snapshot, wallet, matched.by_receipt, command.at, command.withheld_minor)
        if refused:
            return replace(refused, entries=settled)
    receipt.is_void = True
    return _annul(snapshot, command, content, receipt.id, CLAWBACK, [(wallet, matched)], lines, settled)


def decide_cancel_return(snapshot: Snapshot, command: CancelReturn) -> Accepted | Duplicate | Refused:
    """What came back is with the customer again, and what it had earned is theirs again."""
    content, answer = answer_at_once(snapshot, command)
    counted = snapshot.returns.get(command.annulled)
    answer = answer or _fault_in_return(command, counted)
    if answer or counted is None:
        return answer  # type: ignore[return-value]

    owed: dict[UUID | None, dict[Receipt, list[Match]]] = {}
    for part in counted.matches:
        of_member = owed.setdefault(part.receipt.member_id, {})
        of_member.setdefault(part.receipt, []).append(Match(part.line_id, part.sold, -part.quantity_milli))
    wallets = [snapshot.points_wallet(member_id) for member_id in owed if member_id]
    command = replace(command, at=max([command.at, *(wallet.not_before(command.at) for wallet in wallets)]))
    settled = tuple(entry for wallet in wallets for entry in settle(snapshot, wallet, command.at))
    counted.is_cancelled = True
    for key, waiting in snapshot.waiting.items():
        snapshot.waiting[key] = [each for each in waiting if each.id != counted.id]
    groups = [
        (snapshot.points_wallet(member_id) if member_id else None, Matched(of_member, []))
        for member_id, of_member in owed.items()
    ]
    return _annul(snapshot, command, content, counted.id, REINSTATEMENT, groups, {}, settled)


def _fault_in_return(command: CancelReturn, counted: CountedReturn | None) -> Refused | None:
    detail = {"number": command.annulled[2]}
    if counted is None:
        return Refused(Refusal.RETURN_UNKNOWN, detail)
    if any(part.receipt.is_void for part in counted.matches):
        return Refused(Refusal.RECEIPT_VOID, {"number": counted.matches[0].receipt.number})
    return Refused(Refusal.RETURN_CANCELLED_ALREADY, detail) if counted.is_cancelled else None


def _annul(
    snapshot: Snapshot,
    command: Annulment,
    content: bytes,
    annulled: UUID,
    kind: str,
    groups: list[tuple[Wallet | None, Matched]],
    lines: dict[str, Line],
    settled: tuple[Entry, ...],
) -> Accepted:
    """Write the document, with an entry for each wallet that it concerns: almost always one."""
    entries: list[Entry] = []
    grants: list[Entry] = []
    document = Document(
        id=snapshot.claimed[command.key],
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=next((wallet.member_id for wallet, _ in groups if wallet), None),
        named_id=annulled,
        came_back=lines,
        matches=tuple(match for _, matched in groups for match in matched.all()),
    )
    for wallet, matched in groups:
        if wallet is None:
            bring_back(matched.all())
            continue
        entries.append(
            take_back(
                snapshot,
                wallet,
                kind,
                matched,
                document_id=document.id,
                occurred_at=command.occurred_at,
                posted_at=command.at,
                turn=len(entries),
                may_withhold=kind == CLAWBACK,
            )
        )
        grants += settle_grants(snapshot, entries[-1], matched.by_receipt)
    slip = Slip.of(entries[0], document.id) if entries else Slip(document.id)
    snapshot.documents[command.key] = KnownDocument(content, slip)
    return Accepted(slip, document, (*settled, *entries, *grants))
