"""Leaving: what is left is forfeited, what is owed is forgiven; and what comes back later is forfeited too."""

from dataclasses import replace

from wafa.core.commands import CloseMember
from wafa.core.decide.checks import answer_request, unknown_member
from wafa.core.decide.posting import take_up
from wafa.core.ledger.entry import CLOSURE, Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import forfeit, write_off
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot

CLOSED = "closed"


def decide_close(snapshot: Snapshot, request: CloseMember) -> Posted | Duplicate | Refused:
    """Every wallet is emptied, and the member can take part no more. What a till holds must be settled first."""
    content, answer = answer_request(snapshot, request)
    answer = answer or unknown_member(snapshot, request.member)
    if answer is None and snapshot.members[request.member].status == CLOSED:
        answer = Refused(Refusal.MEMBER_NOT_ACTIVE, {"member": request.member, "status": CLOSED})
    if answer:
        return answer
    member = snapshot.members[request.member]
    wallets = list(snapshot.wallets_of(member.id).values())
    desk = take_up(snapshot, request, content, *wallets)
    if any(wallet.held for wallet in wallets):
        return Refused(Refusal.HOLD_OPEN, {"member": request.member}, tuple(desk.settled))

    for wallet in wallets:
        entry = desk.open(wallet, CLOSURE)
        desk.close((entry, {"forfeited": _forfeit_all(entry), "forgiven": write_off(entry)}))
        wallet.is_closed = True
    for number, known in snapshot.members.items():
        if known.id == member.id:
            snapshot.members[number] = replace(known, status=CLOSED)
    snapshot.moved.closed.append(member.id)
    return desk.posted()


def leave_nothing(entry: Entry) -> dict[str, int]:
    """In a wallet whose member has left, forfeit what an entry has brought back; answers the explanation's part.

    So what is undone after a member has left leaves what would be there had it been undone before.
    """
    forfeited = _forfeit_all(entry) if entry.wallet.is_closed else 0
    return {"forfeited": forfeited} if forfeited else {}


def _forfeit_all(entry: Entry) -> int:
    return sum(forfeit(entry, lot) for lot in sorted(entry.wallet.lots, key=Lot.drawing_order))
