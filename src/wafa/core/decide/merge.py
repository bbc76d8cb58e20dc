"""Merging two cards of one person: wallets, history, tier and counters come together."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from wafa.core.commands import MergeMembers
from wafa.core.decide.checks import answer_request, inactive_member
from wafa.core.decide.posting import Desk, take_up
from wafa.core.decide.standing import after_credit_in
from wafa.core.ledger.entry import HOLD, MERGE_IN, MERGE_OUT, Entry
from wafa.core.ledger.lot import Cover, Lot
from wafa.core.ledger.movements import count_progress, hand_over, owe, pay_debt, qualify, take_over
from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownMember, Merged, Snapshot


def decide_merge(snapshot: Snapshot, request: MergeMembers) -> Posted | Duplicate | Refused:
    """What the one member has becomes the other's; the absorbed wallet's entry says all that an undo needs."""
    content, answer = answer_request(snapshot, request)
    answer = answer or inactive_member(snapshot, request.member, request.into)
    if answer is None and snapshot.members[request.member].id == snapshot.members[request.into].id:
        answer = Refused(Refusal.MEMBER_THE_SAME, {"member": request.into})
    if answer:
        return answer
    absorbed, survivor = snapshot.members[request.member], snapshot.members[request.into]
    theirs, ours = snapshot.wallets_of(absorbed.id), snapshot.wallets_of(survivor.id)
    desk = take_up(snapshot, request, content, *theirs.values(), *ours.values())
    members = (absorbed.id, *sorted(absorbed.absorbed))
    origins = {wallet.id for (owner, _), wallet in snapshot.wallets.items() if owner in members}
    merged = Merged(
        absorbed.id,
        survivor.id,
        members,
        tuple((wallet.id, ours[unit].id) for unit, wallet in theirs.items()),
        tuple(sorted(origins)),
    )
    brought = list(snapshot.points_wallet(absorbed.id).receipts)
    for unit, wallet in theirs.items():
        _merge_wallet(desk, request, merged, wallet, ours[unit])
    rename(snapshot, absorbed, survivor)
    move_on(snapshot, absorbed.id, True)
    counted = [each for each in snapshot.activities if each[0] == absorbed.id]
    snapshot.activities |= {(survivor.id, code, period) for _, code, period in counted}
    snapshot.moved.merged.append(merged)
    posted = desk.posted()
    snapshot.movements[posted.slip.id].receipts = brought
    return posted


def rename(snapshot: Snapshot, member: KnownMember, to: KnownMember) -> None:
    """The numbers of one member are another's from now on."""
    absorbed = (*to.absorbed, member.id, *member.absorbed)
    for number, known in snapshot.members.items():
        if known.id == member.id:
            own_id = known.own_id or known.id
            snapshot.members[number] = replace(known, id=to.id, status=to.status, own_id=own_id, absorbed=absorbed)
        elif known.id == to.id:
            snapshot.members[number] = replace(known, absorbed=absorbed)


def move_on(snapshot: Snapshot, member_id: UUID, is_moved_on: bool) -> None:
    """Merges into a member cannot be undone while that one is merged into another."""
    for movement in snapshot.movements.values():
        if movement.kind == MERGE_OUT and movement.explanation["undo"]["into_id"] == str(member_id):
            movement.is_moved_on = is_moved_on


def _merge_wallet(desk: Desk, request: MergeMembers, merged: Merged, wallet: Wallet, into: Wallet) -> None:
    snapshot = desk.snapshot
    qualifying, by_day, tier, into_tier = wallet.qualifying, dict(wallet.progress), wallet.tier, into.tier
    undated = qualifying - sum(counted.qualifying for counted in by_day.values())
    out = desk.open(wallet, MERGE_OUT)
    come_in = desk.open(into, MERGE_IN, of_id=out.id)
    move_lots(out, come_in, list(wallet.lots))
    move_progress(out, come_in, by_day, undated)
    into.holds += wallet.holds
    wallet.holds = []
    for movement in snapshot.movements.values():
        if movement.kind == HOLD and movement.wallet is wallet:
            movement.wallet = into
    into.receipts += wallet.receipts
    wallet.receipts = []
    for receipt in into.receipts:
        receipt.member_id = into.member_id
    for (rule, day), points in wallet.capped.items():
        into.count_capped(rule, day, points)
    for branch_id, purchases in wallet.at_branch.items():
        into.count_at_branch(branch_id, purchases)
    wallet.capped, wallet.at_branch = {}, {}
    for month, points in wallet.sent.items():
        into.sent[month] = into.sent.get(month, 0) + points
    debt_paid = pay_all(come_in, snapshot)
    _settle_tier(snapshot, into, tier, wallet.below_since, desk)
    moved = {"available": -_change(out, "available"), "pending": -_change(out, "pending")}
    moved |= {"held": -_change(out, "held"), "debt": _change(out, "debt")}
    undo: dict[str, Any] = {
        "undated_qualifying": undated,
        "tier": tier,
        "into_tier": into_tier,
        "member": request.member,
        "member_id": str(merged.member_id),
        "into_id": str(merged.into_id),
        "members": [str(each) for each in merged.members],
        "origins": [str(each) for each in merged.origins],
    }
    desk.close(
        (out, {"into": request.into, "qualifying": qualifying, **moved, "undo": undo}),
        (come_in, {"member": request.member, "qualifying": qualifying, **moved, "debt_paid": debt_paid}),
    )


def move_lots(out: Entry, come_in: Entry, lots: list[Lot]) -> None:
    """Lots pass from one wallet to another as they are: with what is held of them, and what covers them."""
    wallet, into = out.wallet, come_in.wallet
    moving = set(lots)
    for lot in sorted(lots, key=Lot.drawing_order):
        remaining, held = lot.remaining, lot.held
        hand_over(out, lot)
        take_over(come_in, lot, remaining, held)
    for cover in [cover for cover in wallet.covers if cover.lot in moving]:
        wallet.covers.remove(cover)
        into.covers.append(cover)
        if cover.account == "debt":
            owe(out, cover.lot, -cover.points)
            owe(come_in, cover.lot, cover.points)


def move_progress(out: Entry, come_in: Entry, by_day: dict[Any, Progress], undated: int) -> None:
    """What counts passes from one wallet to another, day by day; and what no receipt gave."""
    nothing = Progress()
    for day, counted in sorted(by_day.items()):
        if any(counted):
            count_progress(out, day, nothing.less(counted), None)
            count_progress(come_in, day, counted, None)
    qualify(out, -undated, None)
    qualify(come_in, undated, None)


def pay_all(entry: Entry, snapshot: Snapshot) -> int:
    """What one of the two owed, the other's points pay; answers how many did."""
    wallet = entry.wallet
    today = snapshot.day(entry.posted_at)
    return sum(pay_debt(entry, lot) for lot in wallet.in_drawing_order(lambda lot: lot.can_be_drawn(today)))


def _settle_tier(snapshot: Snapshot, into: Wallet, tier: str, below_since: date | None, desk: Desk) -> None:
    """The higher of the two tiers is kept, and what both together support is reached at once."""
    ladder = snapshot.versions.ladder(desk.at)
    if ladder.rank(tier) > ladder.rank(into.tier):
        into.tier, into.below_since = tier, below_since
    after_credit_in(snapshot, into, desk.at)


def _change(entry: Entry, account: str) -> int:
    return sum(posting.points for posting in entry.postings if posting.account == account)


def across(covers: list[Cover], lots: set[Lot]) -> list[Cover]:
    """Covers between lots that part: one side goes, the other stays."""
    return [cover for cover in covers if cover.by is not None and (cover.lot in lots) != (cover.by in lots)]
