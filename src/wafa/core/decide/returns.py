"""A return: matched to what was sold; then each receipt is evaluated again (law 6)."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

from wafa.core.commands import RecordReturn
from wafa.core.decide.checks import answer_at_once
from wafa.core.decide.matching import Matched, earlier_receipts, match
from wafa.core.decide.reevaluation import take_back
from wafa.core.decide.touch import expire_due
from wafa.core.ledger.entry import CLAWBACK, Entry, open_entry
from wafa.core.ledger.wallet import Receipt, Wallet
from wafa.core.outcomes import Accepted, Document, Duplicate, Refused, Slip
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot
from wafa.core.tiers.qualification import after_clawback


def decide_return(snapshot: Snapshot, command: RecordReturn) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it, or take back what the returned goods had earned.

    A return that names its receipt is about that receipt, whoever brings it; a blocked member's counts as well.
    """
    content, answer = answer_at_once(snapshot, command)
    answer = answer or _fault_in_receipt(snapshot, command)
    if answer:
        return answer

    # From here on it must succeed.
    named = snapshot.receipts[command.receipt] if command.receipt else None
    wallet = _wallet(snapshot, command, named)
    if wallet:
        command = replace(command, at=wallet.not_before(command.at))
    candidates = [named] if named else earlier_receipts(wallet.receipts, command) if wallet else []
    matched = match(candidates, command)
    document = Document(
        id=snapshot.claimed[command.key],
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=wallet.member_id if wallet else None,
        anonymous_reason="",
        named_id=named.id if named else None,
        matches=matched.all(),
        returned_to=tuple(matched.by_receipt),
    )
    if wallet is None:
        for returned in document.matches:
            returned.sold.returned_milli += returned.quantity_milli
        accepted = Accepted(Slip(document.id), document)
    else:
        lapsed = expire_due(snapshot, wallet, command.at)
        entry = _claw_back(snapshot, wallet, command, matched)
        slip = Slip(document.id, entry.points, entry.explanation, entry.after, entry.tier_after)
        accepted = Accepted(slip, document, (*lapsed, entry))
    snapshot.documents[command.key] = KnownDocument(content, accepted.slip)
    return accepted


def _fault_in_receipt(snapshot: Snapshot, command: RecordReturn) -> Refused | None:
    """A named receipt must be known and still hold what comes back; else the return is refused whole."""
    if command.receipt is None:
        return None
    receipt = snapshot.receipts.get(command.receipt)
    if receipt is None:
        return Refused(Refusal.RECEIPT_UNKNOWN, {"number": command.receipt[2]})
    left: Counter[str] = Counter()
    for sold in receipt.lines:
        left[sold.item] += sold.left_milli
    wanted: Counter[str] = Counter()
    for line in command.lines:
        wanted[line.item] += line.quantity_milli
    for item, quantity in wanted.items():
        if quantity > left[item]:
            detail = {"item": item, "returned_milli": quantity, "left_milli": left[item]}
            return Refused(Refusal.RETURNED_MORE_THAN_LEFT, detail)
    return None


def _wallet(snapshot: Snapshot, command: RecordReturn, named: Receipt | None) -> Wallet | None:
    member_id: UUID | None = None
    if named:
        member_id = named.member_id
    elif command.member is not None:
        member_id = snapshot.members[command.member].id
    return snapshot.wallets[member_id] if member_id else None


def _claw_back(snapshot: Snapshot, wallet: Wallet, command: RecordReturn, matched: Matched) -> Entry:
    """The return's entry: of 0 points where nothing matched, or what matched had earned nothing."""
    in_force = snapshot.versions.in_force(command.at)
    entry = open_entry(
        wallet,
        snapshot.new_id(),
        CLAWBACK,
        document_id=snapshot.claimed[command.key],
        occurred_at=command.occurred_at,
        posted_at=command.at,
        version_id=in_force.id if in_force else None,
    )
    qualifying_before = wallet.qualifying
    receipts = []
    for receipt, matches in matched.by_receipt.items():
        if receipt.version_id is None:
            for returned in matches:
                returned.sold.returned_milli += returned.quantity_milli
            continue
        programme = snapshot.versions.by_id(receipt.version_id)
        receipts.append(take_back(entry, receipt, matches, programme, snapshot.day(command.at)))
    tiers = snapshot.versions.ladder(command.at)
    if tiers:
        entry.tier_before = wallet.tier = wallet.tier or tiers[0].code
        wallet.tier = after_clawback(tiers, wallet.tier, qualifying_before, wallet.qualifying)
    entry.explanation = {"receipts": receipts, "unmatched": matched.unmatched}
    entry.close()
    return entry
