"""An exchange: goods come back and others are sold on one slip (law 11).

What comes back is taken back first, so that caps have room and counters have stepped back; but the tier is the one
held before either, and moves once, by both together.
"""

from dataclasses import replace

from wafa.core.commands import RecordExchange
from wafa.core.decide.checks import answer_at_once, credited_member
from wafa.core.decide.crediting import evaluate
from wafa.core.decide.granting import grant, settle_grants
from wafa.core.decide.late_returns import apply_waiting
from wafa.core.decide.purchase import accrue, sold_receipt
from wafa.core.decide.reassessment import bring_back
from wafa.core.decide.returns import came_back, fault_in_receipt, find, remember, wallet_about, with_ids
from wafa.core.decide.settle import settle
from wafa.core.decide.standing import after_return_in, supported_at
from wafa.core.decide.taking_back import not_covered, take_back
from wafa.core.ledger.entry import CLAWBACK, Entry
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Accepted, Document, Duplicate, Refused, Slip
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownDocument, Snapshot


def decide_exchange(snapshot: Snapshot, command: RecordExchange) -> Accepted | Duplicate | Refused:
    """Recognise it, refuse it whole, or take back and credit."""
    content, answer = answer_at_once(snapshot, command)
    answer = answer or fault_in_receipt(snapshot, command)
    if not answer and command.receipt and command.receipt not in snapshot.receipts:
        answer = Refused(Refusal.RECEIPT_UNKNOWN, {"number": command.receipt[2]})
    if answer:
        return answer

    named = snapshot.receipts[command.receipt] if command.receipt else None
    member, anonymous_reason = credited_member(snapshot, command)
    losing = wallet_about(snapshot, command, named)
    gaining = snapshot.points_wallet(member.id) if member else None
    wallets: list[Wallet] = list(dict.fromkeys(wallet for wallet in (losing, gaining) if wallet))
    command = replace(command, at=max([command.at, *(wallet.not_before(command.at) for wallet in wallets)]))
    settled = tuple(entry for wallet in wallets for entry in settle(snapshot, wallet, command.at))
    lines = with_ids(snapshot, command.returned)
    matched = find(command, came_back(lines), named, losing)
    refused = losing and not_covered(snapshot, losing, matched.by_receipt, command.at, command.withheld_minor)
    receipt = sold_receipt(snapshot, command)
    if gaining and evaluate(snapshot, gaining, receipt, command.at).is_too_much:
        refused = Refused(Refusal.FIGURE_OUT_OF_RANGE, {"field": "points"})
    if refused:
        return replace(refused, entries=settled)

    # From here on it must succeed.
    document = Document(
        id=receipt.id,
        command=command,
        content_hash=content,
        branch_id=snapshot.branches[command.branch],
        member_id=gaining.member_id if gaining else None,
        anonymous_reason=anonymous_reason,
        named_member_id=snapshot.members[command.member].id if command.member and anonymous_reason else None,
        receipt=receipt,
        named_id=named.id if named else None,
        came_back=lines,
        matches=matched.all(),
    )
    held = gaining.tier or None if gaining else None
    before = supported_at(snapshot, gaining, command.at) if gaining else None
    entries: list[Entry] = []
    grants: list[Entry] = []
    if losing:
        entries.append(
            take_back(
                snapshot,
                losing,
                CLAWBACK,
                matched,
                document_id=document.id,
                occurred_at=command.occurred_at,
                posted_at=command.at,
                settles_tier=losing is not gaining,
            )
        )
        grants += settle_grants(snapshot, entries[-1], matched.by_receipt)
    else:
        bring_back(document.matches)
    remember(snapshot, command, document, matched)
    if gaining:
        evaluated = evaluate(snapshot, gaining, receipt, command.at, held)
        entry = accrue(snapshot, evaluated, receipt, command, turn=len(entries))
        if losing is gaining:
            after_return_in(snapshot, gaining, command.at, before)
            entry.tier_after = gaining.tier
        entries.append(entry)
        grants += grant(snapshot, entry, evaluated, receipt)
    receipt.turn = len(entries)
    late, late_matches = apply_waiting(snapshot, receipt, command)
    slip = _slip(document, entries, anonymous_reason)
    snapshot.documents[command.key] = KnownDocument(content, slip)
    snapshot.receipts[command.key] = receipt
    return Accepted(slip, document, (*settled, *entries, *grants, *late), late_matches)


def _slip(document: Document, entries: list[Entry], anonymous_reason: str) -> Slip:
    """Both parts on one slip."""
    if not entries:
        return Slip(document.id, anonymous_reason=anonymous_reason)
    explanation = {name: value for entry in entries for name, value in entry.explanation.items()}
    last = entries[-1]
    return Slip(
        document.id,
        sum(entry.points for entry in entries),
        explanation,
        last.after,
        last.tier_after,
        anonymous_reason,
        entries[0].version_id,
    )
