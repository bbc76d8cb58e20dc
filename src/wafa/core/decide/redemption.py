"""Redeeming points, and cancelling a redemption: the very lots get their points back (law 3)."""

from dataclasses import replace
from datetime import datetime, timedelta

from wafa.core.commands import CancelRedemption, PlaceHold, Redeem
from wafa.core.decide.activity import note_activity
from wafa.core.decide.checks import answer_request, inactive_member, unknown_branch, unknown_unit
from wafa.core.decide.membership import leave_nothing
from wafa.core.decide.posting import Desk, take_up
from wafa.core.decide.settle import restore_draws, told
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import CANCELLATION, CAPTURE, REDEMPTION
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import draw
from wafa.core.ledger.wallet import POINTS, Wallet
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import Snapshot


def decide_redeem(snapshot: Snapshot, request: Redeem) -> Posted | Duplicate | Refused:
    """Draw the points, the first to run out first; what they are worth in money is the programme's to say."""
    content, answer = answer_request(snapshot, request)
    answer = (
        answer
        or unknown_branch(snapshot, request.branch)
        or unknown_unit(snapshot, request.unit, request)
        or inactive_member(snapshot, request.member)
    )
    policy = snapshot.rules(request.at).redemption
    if answer is None and request.points < policy.least:
        answer = Refused(Refusal.FEWER_POINTS_THAN_THE_LEAST, {"points": request.points, "least": policy.least})
    answer = answer or proof_needed(snapshot, request)
    if answer:
        return answer
    wallet = snapshot.wallets[snapshot.members[request.member].id, request.unit]
    desk = take_up(snapshot, request, content, wallet)
    today = snapshot.day(desk.at)
    refused = insufficient(request.points, wallet.drawable(today))
    if refused:
        return replace(refused, entries=tuple(desk.settled))

    entry = desk.open(wallet, REDEMPTION)
    draws = draw(entry, request.points, accounts.REDEEMED, today)
    note_activity(wallet, today)
    worth = worth_of(snapshot, wallet.unit, request.points, request.purpose, desk.at)
    said = {"purpose": request.purpose, "reference": request.reference, "worth_minor": worth, **desk.at_the_till}
    said |= {"proof": request.proof} if request.proof else {}
    desk.close((entry, {**said, "lots": [told(lot, points) for lot, points in draws]}))
    return desk.posted(draws)


def worth_of(snapshot: Snapshot, unit: str, points: int, purpose: str, at: datetime) -> int | None:
    """What paying with points is worth in minor units, by the programme; money is worth itself, a stamp nothing."""
    rules = snapshot.rules(at)
    if purpose != "money_off":
        return None
    if unit == POINTS:
        return rules.redemption.worth.of(points) if rules.redemption.worth else None
    return points if unit in rules.units and rules.units[unit].kind == "money" else None


def proof_needed(snapshot: Snapshot, request: Redeem | PlaceHold) -> Refused | None:
    """The refusal where the member has to show that it is them, and has not. Of points alone: money has its card."""
    policy = snapshot.rules(request.at).redemption
    if request.unit != POINTS or not policy.lacks_proof(request.points, request.proof):
        return None
    return Refused(Refusal.PROOF_NEEDED, {"points": request.points, "above": policy.proof_above})


def insufficient(wanted: int, there: int) -> Refused | None:
    """The refusal where fewer points can be spent than are asked for."""
    if wanted <= there:
        return None
    return Refused(Refusal.INSUFFICIENT_POINTS, {"points": wanted, "available": there})


def decide_cancel_redemption(snapshot: Snapshot, request: CancelRedemption) -> Posted | Duplicate | Refused:
    """Restore what it drew, to the lots, in whichever wallet a merge has put them.

    A lot whose last day has passed since expires at once, or lasts for the programme's grace. What comes back to a
    member who has left is forfeited at once.
    """
    content, answer = answer_request(snapshot, request)
    movement = snapshot.movements.get(request.redemption)
    answer = answer or unknown_branch(snapshot, request.branch)
    if answer is None and (movement is None or movement.kind not in (REDEMPTION, CAPTURE)):
        answer = Refused(Refusal.REDEMPTION_UNKNOWN, {"redemption": str(request.redemption)})
    elif answer is None and movement and movement.is_answered:
        answer = Refused(Refusal.REDEMPTION_CANCELLED_ALREADY, {"redemption": str(request.redemption)})
    if answer or movement is None:
        return answer  # type: ignore[return-value]

    draws_of: dict[Wallet, list[tuple[Lot, int]]] = {}
    for lot, points in movement.draws:
        draws_of.setdefault(snapshot.wallet_of(lot), []).append((lot, points))
    desk = take_up(snapshot, request, content, *draws_of)
    movement.is_answered = True
    for wallet, draws in draws_of.items():
        _lengthen(snapshot, desk, wallet, draws)
        entry = desk.open(wallet, CANCELLATION, of_id=movement.id)
        back = restore_draws(snapshot, entry, draws, accounts.REDEEMED, desk.at)
        desk.close((entry, {"redemption": str(movement.id), **desk.at_the_till, **back, **leave_nothing(entry)}))
    return desk.posted()


def _lengthen(snapshot: Snapshot, desk: Desk, wallet: Wallet, draws: list[tuple[Lot, int]]) -> None:
    """Lots whose last day has passed last for the programme's days of grace, where it grants any."""
    grace_days = snapshot.rules(desk.at).redemption.grace_days
    today = snapshot.day(desk.at)
    for lot, _ in draws if grace_days else ():
        if lot.is_past(today):
            lot.expires_on = today + timedelta(days=grace_days or 0)
            wallet.moved[lot.id] = lot
