"""Passing points on: lots keep their last day, so that it launders none."""

from dataclasses import replace

from wafa.core.commands import Transfer
from wafa.core.decide.checks import answer_request, inactive_member, unknown_unit
from wafa.core.decide.posting import take_up
from wafa.core.decide.redemption import insufficient
from wafa.core.decide.settle import told
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import TRANSFER_IN, TRANSFER_OUT
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import draw, issue, pay_debt
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.redemption.policies import TransferPolicy
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot


def decide_transfer(snapshot: Snapshot, request: Transfer) -> Posted | Duplicate | Refused:
    """Draw from one member, with the fee on top; what was drawn comes to the other, lot by lot."""
    content, answer = answer_request(snapshot, request)
    answer = (
        answer or unknown_unit(snapshot, request.unit, request) or inactive_member(snapshot, request.member, request.to)
    )
    if answer is None and snapshot.members[request.member].id == snapshot.members[request.to].id:
        answer = Refused(Refusal.MEMBER_THE_SAME, {"member": request.to})
    policy = snapshot.rules(request.at).transfers
    if answer is None and policy is None:
        answer = Refused(Refusal.TRANSFERS_NOT_ALLOWED)
    if answer or policy is None:
        return answer  # type: ignore[return-value]
    sender = snapshot.wallets[snapshot.members[request.member].id, request.unit]
    receiver = snapshot.wallets[snapshot.members[request.to].id, request.unit]
    month = snapshot.day(request.at).replace(day=1)
    answer = _beyond_limits(policy, request.points, sender.sent.get(month, 0))
    if answer:
        return answer
    desk = take_up(snapshot, request, content, sender, receiver)
    today = snapshot.day(desk.at)
    fee = policy.fee(request.points)
    refused = insufficient(request.points + fee, sender.drawable(today))
    if refused:
        return replace(refused, entries=tuple(desk.settled))

    out = desk.open(sender, TRANSFER_OUT)
    draws = draw(out, request.points, accounts.TRANSFERRED, today)
    if fee:
        draw(out, fee, accounts.CHARGED, today)
    sender.sent[month] = sender.sent.get(month, 0) + request.points
    into = desk.open(receiver, TRANSFER_IN, of_id=out.id)
    for lot, points in draws:
        issue(into, _passed_on(snapshot, lot, points, into.sequence), accounts.TRANSFERRED)
    debt_paid = sum(pay_debt(into, lot) for lot in into.opened)
    lots = [told(lot, points) for lot, points in draws]
    desk.close(
        (out, {"to": request.to, "points": request.points, "fee": fee, "lots": lots}),
        (
            into,
            {"from": request.member, "debt_paid": debt_paid, "lots": [told(lot, lot.points) for lot in into.opened]},
        ),
    )
    return desk.posted()


def _beyond_limits(policy: TransferPolicy, points: int, sent_this_month: int) -> Refused | None:
    if points < policy.least:
        return Refused(Refusal.FEWER_POINTS_THAN_THE_LEAST, {"points": points, "least": policy.least})
    limits = {"most": policy.most, "most_a_month": policy.most_a_month}
    sums = {"most": points, "most_a_month": points + sent_this_month}
    for name, limit in limits.items():
        if limit is not None and sums[name] > limit:
            return Refused(Refusal.TRANSFER_LIMIT_EXCEEDED, {"points": sums[name], "limit": name, "most": limit})
    return None


def _passed_on(snapshot: Snapshot, lot: Lot, points: int, sequence: int) -> Lot:
    """The receiver's lot: as old as the sender's in all but its place in line."""
    return Lot(
        snapshot.new_id(),
        None,
        "",
        lot.issuing_branch_id,
        sequence,
        points,
        0,
        lot.available_at,
        lot.expires_on,
        idle_months=lot.idle_months,
    )
