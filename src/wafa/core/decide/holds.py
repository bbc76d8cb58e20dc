"""Holds: points are drawn when they are reserved, and spent or restored later (law 8)."""

from dataclasses import replace
from typing import Any

from wafa.core.commands import CaptureHold, PlaceHold, ReleaseHold
from wafa.core.decide.activity import note_activity
from wafa.core.decide.checks import answer_request, inactive_member, unknown_branch, unknown_unit
from wafa.core.decide.posting import Desk, take_up
from wafa.core.decide.redemption import insufficient, proof_needed, worth_of
from wafa.core.decide.settle import give_back_held, told
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import CAPTURE, HOLD, RELEASE
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import capture, draw
from wafa.core.ledger.wallet import Hold
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Movement, Snapshot


def decide_hold(snapshot: Snapshot, request: PlaceHold) -> Posted | Duplicate | Refused:
    """Reserve points for a limited time."""
    content, answer = answer_request(snapshot, request)
    answer = (
        answer
        or unknown_branch(snapshot, request.branch)
        or unknown_unit(snapshot, request.unit, request)
        or inactive_member(snapshot, request.member)
    )
    policy = snapshot.rules(request.at).holds
    if answer is None and request.minutes is not None and not policy.allows(request.minutes):
        detail = {"minutes": request.minutes, "least": policy.least, "most": policy.most}
        answer = Refused(Refusal.HOLD_TIME_OUT_OF_BOUNDS, detail)
    answer = answer or proof_needed(snapshot, request)
    if answer:
        return answer
    wallet = snapshot.wallets[snapshot.members[request.member].id, request.unit]
    desk = take_up(snapshot, request, content, wallet)
    today = snapshot.day(desk.at)
    refused = insufficient(request.points, wallet.drawable(today))
    if refused:
        return replace(refused, entries=tuple(desk.settled))

    entry = desk.open(wallet, HOLD)
    draws = draw(entry, request.points, accounts.HELD, today)
    hold = Hold(entry.id, request.points, desk.at + policy.lasting(request.minutes), draws)
    wallet.holds.append(hold)
    entry.placed = hold
    said = {"expires_at": hold.expires_at.isoformat(), **desk.at_the_till}
    desk.close((entry, {**said, "lots": [told(lot, points) for lot, points in draws]}))
    return desk.posted(draws)


def decide_capture(snapshot: Snapshot, request: CaptureHold) -> Posted | Duplicate | Refused:
    """Spend what was reserved, also after a lot's last day; what is not asked for goes back to its lots."""
    content, answer = answer_request(snapshot, request)
    movement = snapshot.movements.get(request.hold)
    answer = answer or unknown_branch(snapshot, request.branch) or _unknown(request.hold, movement)
    if answer or movement is None:
        return answer  # type: ignore[return-value]
    wallet, hold = snapshot.held(movement)
    desk = take_up(snapshot, request, content, wallet)
    if hold is None or not hold.is_open:
        return _closed(request.hold, desk)
    points = hold.points if request.points is None else request.points
    if points > hold.points:
        detail = {"points": points, "held": hold.points}
        return Refused(Refusal.CAPTURED_MORE_THAN_HELD, detail, tuple(desk.settled))

    entry = desk.open(wallet, CAPTURE, of_id=hold.id)
    spent, rest = _split(hold.draws, points)
    for lot, part in spent:
        capture(entry, lot, part)
    back = give_back_held(snapshot, entry, hold, rest, desk.at)
    note_activity(wallet, snapshot.day(desk.at))
    worth = worth_of(snapshot, wallet.unit, points, request.purpose, desk.at)
    said = {"hold": str(hold.id), "purpose": request.purpose, "reference": request.reference, "worth_minor": worth}
    lots = [told(lot, part) for lot, part in spent]
    desk.close((entry, {**said, **desk.at_the_till, "captured": points, "lots": lots, "released": back}))
    return desk.posted(spent)


def decide_release(snapshot: Snapshot, request: ReleaseHold) -> Posted | Duplicate | Refused:
    """What was reserved goes back to its lots."""
    content, answer = answer_request(snapshot, request)
    movement = snapshot.movements.get(request.hold)
    answer = answer or unknown_branch(snapshot, request.branch) or _unknown(request.hold, movement)
    if answer or movement is None:
        return answer  # type: ignore[return-value]
    wallet, hold = snapshot.held(movement)
    desk = take_up(snapshot, request, content, wallet)
    if hold is None or not hold.is_open:
        return _closed(request.hold, desk)
    entry = desk.open(wallet, RELEASE, of_id=hold.id)
    back = give_back_held(snapshot, entry, hold, hold.draws, desk.at)
    desk.close((entry, {"hold": str(hold.id), "reason": "released", **desk.at_the_till, **back}))
    return desk.posted()


def _unknown(id: Any, movement: Movement | None) -> Refused | None:
    if movement is not None and movement.kind == HOLD:
        return None
    return Refused(Refusal.HOLD_UNKNOWN, {"hold": str(id)})


def _closed(id: Any, desk: Desk) -> Refused:
    """It was captured or released, or its time has run out."""
    return Refused(Refusal.HOLD_CLOSED_ALREADY, {"hold": str(id)}, tuple(desk.settled))


def _split(draws: list[tuple[Lot, int]], points: int) -> tuple[list[tuple[Lot, int]], list[tuple[Lot, int]]]:
    """The first so many points of draws, and the rest."""
    spent, rest = [], []
    for lot, drawn in draws:
        part = min(drawn, points)
        points -= part
        if part:
            spent.append((lot, part))
        if drawn > part:
            rest.append((lot, drawn - part))
    return spent, rest
