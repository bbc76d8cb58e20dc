"""What happens to a receipt later: the event that its points waited for, another member, a late claim (law 11)."""

from datetime import timedelta
from typing import Any

from wafa.core.commands import ActivateReceipt, ClaimReceipt, MoveReceipt
from wafa.core.decide.checks import answer_request, inactive_member
from wafa.core.decide.crediting import credit, evaluate
from wafa.core.decide.granting import grant, revoke
from wafa.core.decide.posting import Desk, take_up
from wafa.core.decide.reassessment import reverse
from wafa.core.decide.settle import told
from wafa.core.decide.standing import after_return_in, supported_at
from wafa.core.decide.taking_back import MISSING_INTO
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import ACTIVATION, CLAIM, REVERSAL, Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import activate
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import Wallet
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot


def decide_activate(snapshot: Snapshot, request: ActivateReceipt) -> Posted | Duplicate | Refused:
    """All of the receipt's pending points become available."""
    content, answer = answer_request(snapshot, request)
    receipt = snapshot.receipts.get(request.receipt)
    answer = answer or _unusable(request.receipt[2], receipt)
    if answer is None and receipt and receipt.member_id is None:
        answer = Refused(Refusal.RECEIPT_HAS_NO_MEMBER, {"number": request.receipt[2]})
    if answer or receipt is None or receipt.member_id is None:
        return answer  # type: ignore[return-value]
    wallet = snapshot.points_wallet(receipt.member_id)
    desk = take_up(snapshot, request, content, wallet)
    entry = desk.open(wallet, ACTIVATION)
    owed = wallet.debt
    lots = sorted((lot for lot in wallet.lots if lot.document_id == receipt.id and lot.pending), key=Lot.drawing_order)
    said: dict[str, Any] = {"receipt": receipt.number, "lots": [told(lot, activate(entry, lot)) for lot in lots]}
    desk.close((entry, {**said, "debt_paid": owed - wallet.debt}))
    return desk.posted()


def decide_claim(snapshot: Snapshot, request: ClaimReceipt) -> Posted | Duplicate | Refused:
    """What is left of a receipt without a member is credited to one, within the programme's days."""
    content, answer = answer_request(snapshot, request)
    number = request.receipt[2]
    receipt = snapshot.receipts.get(request.receipt)
    answer = answer or inactive_member(snapshot, request.member) or _unusable(number, receipt)
    if answer is None and receipt and receipt.member_id:
        answer = Refused(Refusal.RECEIPT_HAS_A_MEMBER, {"number": number})
    if answer is None and receipt:
        days = snapshot.rules(request.at).claim_days
        if request.at > receipt.occurred_at + timedelta(days=days):
            answer = Refused(Refusal.RECEIPT_TOO_OLD, {"number": number, "days": days})
    if answer or receipt is None:
        return answer  # type: ignore[return-value]
    wallet = snapshot.points_wallet(snapshot.members[request.member].id)
    desk = take_up(snapshot, request, content, wallet)
    _credit(desk, wallet, receipt, {"number": number, "from": None})
    return desk.posted()


def decide_move(snapshot: Snapshot, request: MoveReceipt) -> Posted | Duplicate | Refused:
    """Reversed where it was, and evaluated again where it belongs."""
    content, answer = answer_request(snapshot, request)
    number = request.receipt[2]
    receipt = snapshot.receipts.get(request.receipt)
    answer = answer or inactive_member(snapshot, request.to)
    if answer is None and receipt and receipt.member_id == snapshot.members[request.to].id:
        answer = Refused(Refusal.MEMBER_THE_SAME, {"member": request.to})
    answer = answer or _unusable(number, receipt)
    if answer is None and receipt and receipt.member_id is None:
        answer = Refused(Refusal.RECEIPT_HAS_NO_MEMBER, {"number": number})
    if answer or receipt is None or receipt.member_id is None:
        return answer  # type: ignore[return-value]
    wrong = snapshot.points_wallet(receipt.member_id)
    right = snapshot.points_wallet(snapshot.members[request.to].id)
    desk = take_up(snapshot, request, content, wrong, right)
    _reverse(desk, wrong, receipt, {"number": number, "to": request.to})
    _credit(desk, right, receipt, {"number": number})
    return desk.posted()


def _unusable(number: str, receipt: Receipt | None) -> Refused | None:
    if receipt is None:
        return Refused(Refusal.RECEIPT_UNKNOWN, {"number": number})
    return Refused(Refusal.RECEIPT_VOID, {"number": number}) if receipt.is_void else None


def _reverse(desk: Desk, wallet: Wallet, receipt: Receipt, said: dict[str, Any]) -> None:
    """What points no longer cover is owed, or forgiven; there is no till to withhold anything."""
    snapshot = desk.snapshot
    entry = _about(desk, wallet, REVERSAL, receipt)
    before = supported_at(snapshot, wallet, desk.at)
    wallet.count_at_branch(receipt.branch_id, -receipt.has_goods_left())
    told_of = {"document": str(receipt.id), "number": receipt.number, "awards": [], "taken": {}}
    if receipt.version_id:
        missing_into = MISSING_INTO[snapshot.rules(desk.at).debt]
        missing_into = accounts.DEBT if missing_into == accounts.WITHHELD else missing_into
        programme = snapshot.versions.by_id(receipt.version_id)
        told_of = reverse(entry, receipt, programme, snapshot.day(desk.at), missing_into)
        after_return_in(snapshot, wallet, desk.at, before)
    if receipt in wallet.receipts:
        wallet.receipts.remove(receipt)
    desk.close((entry, {**said, "receipts": [told_of]}))
    desk.entries += revoke(snapshot, entry, receipt)


def _credit(desk: Desk, wallet: Wallet, receipt: Receipt, said: dict[str, Any]) -> None:
    evaluated = evaluate(desk.snapshot, wallet, receipt, desk.at)
    entry = _about(desk, wallet, CLAIM, receipt)
    credit(desk.snapshot, entry, evaluated, receipt)
    wallet.receipts.append(receipt)
    for movement in desk.snapshot.movements.values():
        if receipt in movement.receipts:
            movement.receipts.remove(receipt)
    desk.snapshot.moved.owners[receipt.id] = wallet.member_id
    desk.close((entry, {**said, **entry.explanation}))
    desk.entries += grant(desk.snapshot, entry, evaluated, receipt)


def _about(desk: Desk, wallet: Wallet, kind: str, receipt: Receipt) -> Entry:
    """The next entry about a receipt."""
    entry = desk.open(wallet, kind, document_id=receipt.id)
    entry.occurred_at, entry.turn = receipt.occurred_at, receipt.turn
    receipt.turn += 1
    return entry
