"""Undoing a merge: what came along goes back, what was accrued since stays with the survivor."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from wafa.core.commands import UndoMerge
from wafa.core.decide.checks import ACTIVE, answer_request
from wafa.core.decide.membership import leave_nothing
from wafa.core.decide.merge import across, move_lots, move_on, move_progress, pay_all
from wafa.core.decide.posting import Desk, take_up
from wafa.core.decide.standing import counting, supported_at
from wafa.core.earning.reading import Facts
from wafa.core.ledger import accounts
from wafa.core.ledger.entry import MERGE_OUT, UNMERGE_IN, UNMERGE_OUT, Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import cover_by, uncover
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import POINTS, Progress, Wallet
from wafa.core.outcomes import Duplicate, Posted, Refused
from wafa.core.refusals import Refusal
from wafa.core.snapshot import KnownMember, Merged, Movement, Snapshot


def decide_undo_merge(snapshot: Snapshot, request: UndoMerge) -> Posted | Duplicate | Refused:
    """Within the programme's days, as long as the survivor has not been merged on and no till holds its points."""
    content, answer = answer_request(snapshot, request)
    movement = snapshot.movements.get(request.merge)
    answer = answer or _fault(snapshot, request, movement)
    if answer or movement is None:
        return answer  # type: ignore[return-value]
    undo: dict[str, Any] = movement.explanation["undo"]
    member_id, into_id = UUID(undo["member_id"]), UUID(undo["into_id"])
    theirs, ours = snapshot.wallets_of(member_id), snapshot.wallets_of(into_id)
    desk = take_up(snapshot, request, content, *theirs.values(), *ours.values())
    if any(wallet.held for wallet in ours.values()):
        return Refused(Refusal.HOLD_OPEN, {"member": movement.explanation["into"]}, tuple(desk.settled))

    merged = Merged(
        member_id,
        into_id,
        tuple(UUID(each) for each in undo["members"]),
        tuple((wallet.id, ours[unit].id) for unit, wallet in theirs.items()),
        tuple(UUID(each) for each in undo["origins"]),
        undone=True,
    )
    for unit, wallet in theirs.items():
        _part(desk, movement, merged, wallet, ours[unit], undo if unit == POINTS else {})
    movement.is_answered = True
    _take_numbers_back(snapshot, merged)
    move_on(snapshot, member_id, False)
    snapshot.moved.merged.append(merged)
    return desk.posted()


def _fault(snapshot: Snapshot, request: UndoMerge, movement: Movement | None) -> Refused | None:
    detail = {"merge": str(request.merge)}
    if movement is None or movement.kind != MERGE_OUT:
        return Refused(Refusal.MERGE_UNKNOWN, detail)
    if movement.is_answered:
        return Refused(Refusal.MERGE_UNDONE_ALREADY, detail)
    days = snapshot.rules(request.at).undo_days
    if request.at > movement.posted_at + timedelta(days=days):
        return Refused(Refusal.MERGE_TOO_OLD, {**detail, "days": days})
    return Refused(Refusal.MERGED_SINCE, detail) if movement.is_moved_on else None


def _part(
    desk: Desk, movement: Movement, merged: Merged, wallet: Wallet, survivor: Wallet, undo: dict[str, Any]
) -> None:
    snapshot = desk.snapshot
    leaving = [lot for lot in survivor.lots if lot.origin_id in merged.origins]
    out = desk.open(survivor, UNMERGE_OUT, of_id=movement.id)
    _part_covers(out, survivor, set(leaving), snapshot.day(desk.at))
    come_in = desk.open(wallet, UNMERGE_IN, of_id=movement.id)
    move_lots(out, come_in, leaving)
    for entry in (out, come_in):
        pay_all(entry, snapshot)
    for month, points in wallet.sent.items():
        survivor.sent[month] = survivor.sent.get(month, 0) - points
    if undo:
        receipts = [receipt for receipt in movement.receipts if _goes_back(receipt, survivor, merged)]
        _part_receipts(snapshot, receipts, wallet, survivor)
        move_progress(out, come_in, _progress_of(snapshot, receipts), undo["undated_qualifying"])
        wallet.tier = undo["tier"]
        _settle_survivor(snapshot, survivor, undo["into_tier"], desk)
    left = leave_nothing(out)
    desk.close(
        (out, {"member": movement.explanation["undo"]["member"], "points": out.points, **left}),
        (come_in, {"from": movement.explanation["into"], "points": come_in.points}),
    )


def _part_covers(entry: Entry, survivor: Wallet, leaving: set[Lot], today: date) -> None:
    """What the points of the one gave for the other's goes back to them, and each owes for its own again.

    Nothing is paid before the lots have parted: else the one would pay for the other again.
    """
    while crossing := across(survivor.covers, leaving):
        cover = crossing[0]
        cover_by(entry, cover.lot, accounts.DEBT, cover.points, cover.lot.document_id)
        uncover(entry, cover, cover.points, today, pays=False)


def _goes_back(receipt: Receipt, survivor: Wallet, merged: Merged) -> bool:
    """Whether a receipt that came along is still the survivor's, and was not credited anew since."""
    lots = [award.lot for award in receipt.awards if award.lot]
    return receipt.member_id == survivor.member_id and all(lot.origin_id in merged.origins for lot in lots)


def _part_receipts(snapshot: Snapshot, receipts: list[Receipt], wallet: Wallet, survivor: Wallet) -> None:
    for receipt in receipts:
        for award in receipt.awards:
            day = snapshot.day(receipt.occurred_at)
            survivor.count_capped(award.rule, day, -award.held_points)
            wallet.count_capped(award.rule, day, award.held_points)
        survivor.count_at_branch(receipt.branch_id, -receipt.has_goods_left())
        wallet.count_at_branch(receipt.branch_id, int(receipt.has_goods_left()))
        receipt.member_id = wallet.member_id
        if receipt in survivor.receipts:
            survivor.receipts.remove(receipt)
        wallet.receipts.append(receipt)


def _progress_of(snapshot: Snapshot, receipts: list[Receipt]) -> dict[date, Progress]:
    """What the receipts that go back count for by now, by their days."""
    by_day: dict[date, Progress] = {}
    for receipt in receipts:
        if receipt.version_id and receipt.context:
            day = Facts.from_json(receipt.context).occurred_on
            counted = counting(snapshot.versions.by_id(receipt.version_id), receipt)
            by_day[day] = by_day.get(day, Progress()).plus(counted)
    return by_day


def _settle_survivor(snapshot: Snapshot, survivor: Wallet, tier_before: str, desk: Desk) -> None:
    """The tier that it had before, or what it has reached by itself."""
    ladder = snapshot.versions.ladder(desk.at)
    reached = supported_at(snapshot, survivor, desk.at)
    if reached:
        survivor.tier = max(tier_before, reached.code, key=ladder.rank)


def _take_numbers_back(snapshot: Snapshot, merged: Merged) -> None:
    for number, known in snapshot.members.items():
        if (known.own_id or known.id) in merged.members:
            own_id = known.own_id if known.own_id != merged.member_id else None
            snapshot.members[number] = KnownMember(merged.member_id, ACTIVE, own_id, merged.members[1:])
        elif known.id == merged.into_id:
            stay = tuple(member for member in known.absorbed if member not in merged.members)
            snapshot.members[number] = replace(known, absorbed=stay)
