"""Adjusting by hand, and opening balances: points that no receipt gave."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from wafa.core.commands import Adjust, OpenBalance
from wafa.core.decide.checks import answer_request, inactive_member, unknown_branch, unknown_unit
from wafa.core.decide.posting import take_up
from wafa.core.decide.redemption import insufficient
from wafa.core.decide.settle import told
from wafa.core.decide.standing import after_credit_in
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import ADJUSTMENT, OPENING, Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import draw, expire, issue, pay_debt, qualify
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.snapshot import Snapshot


def decide_adjust(snapshot: Snapshot, request: Adjust) -> Posted | Duplicate | Refused:
    """Give points (a new lot), or take some (drawn as a redemption draws them; never into debt)."""
    content, answer = answer_request(snapshot, request)
    answer = (
        answer
        or (unknown_branch(snapshot, request.branch) if request.branch else None)
        or unknown_unit(snapshot, request.unit, request)
        or inactive_member(snapshot, request.member)
    )
    if answer:
        return answer
    wallet = snapshot.wallets[snapshot.members[request.member].id, request.unit]
    desk = take_up(snapshot, request, content, wallet)
    today = snapshot.day(desk.at)
    refused = insufficient(-request.points, wallet.drawable(today)) if request.points < 0 else None
    if refused:
        return replace(refused, entries=tuple(desk.settled))

    entry = desk.open(wallet, ADJUSTMENT)
    debt_paid = lapsed = 0
    if request.points < 0:
        lots = draw(entry, -request.points, accounts.ADJUSTED, today)
    else:
        policy = snapshot.rules(desk.at).expiry_of(request.unit)
        last_day = policy.last_day(today, snapshot.calendars) if policy else None
        lot = new_lot(snapshot, entry, request.points, request.expires_on or last_day)
        lot.issuing_branch_id = snapshot.branches[request.branch] if request.branch else None
        if policy and request.expires_on is None:
            lot.idle_months = policy.idle_months
        debt_paid, lapsed = bring(entry, lot, accounts.ADJUSTED, today)
        lots = [(lot, request.points)]
    said = {"reason": request.reason, "note": request.note, "debt_paid": debt_paid, "lapsed": lapsed}
    desk.close((entry, {**said, "lots": [told(lot, points) for lot, points in lots]}))
    return desk.posted()


def decide_opening(snapshot: Snapshot, request: OpenBalance) -> Posted | Duplicate | Refused:
    """What an old programme owed becomes lots with the last days that they had there."""
    content, answer = answer_request(snapshot, request)
    answer = answer or unknown_unit(snapshot, request.unit, request) or inactive_member(snapshot, request.member)
    if answer:
        return answer
    wallet = snapshot.wallets[snapshot.members[request.member].id, request.unit]
    desk = take_up(snapshot, request, content, wallet)
    today = snapshot.day(desk.at)
    entry = desk.open(wallet, OPENING)
    debt_paid = lapsed = 0
    lots = [new_lot(snapshot, entry, each.points, each.expires_on) for each in request.lots]
    for lot in sorted(lots, key=Lot.drawing_order):
        paid, gone = bring(entry, lot, accounts.BROUGHT, today)
        debt_paid, lapsed = debt_paid + paid, lapsed + gone
    qualify(entry, request.qualifying, None)
    after_credit_in(snapshot, wallet, desk.at)
    said = {"debt_paid": debt_paid, "lapsed": lapsed, "qualifying": request.qualifying}
    desk.close((entry, {**said, "lots": [told(lot, lot.points) for lot in entry.opened]}))
    return desk.posted()


def new_lot(snapshot: Snapshot, entry: Entry, points: int, expires_on: date | None) -> Lot:
    """A lot that no receipt gave, available at once."""
    id: UUID = snapshot.new_id()
    return Lot(id, None, "", None, entry.sequence, points, 0, entry.posted_at, expires_on)


def bring(entry: Entry, lot: Lot, out_of: str, today: date) -> tuple[int, int]:
    """A new lot comes in; answers how much of it paid debt, and how much had lapsed already."""
    issue(entry, lot, out_of)
    return (0, expire(entry, lot)) if lot.is_past(today) else (pay_debt(entry, lot), 0)
