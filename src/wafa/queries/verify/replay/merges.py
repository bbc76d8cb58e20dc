"""Merges, lived through again: what passes from one wallet to another, and what comes back when one is undone."""

from uuid import UUID

from wafa.core.decide.standing import counting
from wafa.core.ledger.wallet import Progress
from wafa.queries.verify.replay.reading import EntryRow
from wafa.queries.verify.replay.standing import reached, rise
from wafa.queries.verify.replay.state import Checks, Group, Parcel, Sold, Wallet, World

NOTHING = Progress()


def leave(group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A wallet is absorbed: called after its postings."""
    progress = dict(wallet.progress)
    undated = wallet.qualifying - sum(counted.qualifying for counted in progress.values())
    group.parcels[entry.id, wallet.row.unit] = Parcel(
        wallet, entry, wallet.tier, wallet.below_since, qualifying=wallet.qualifying, undated=undated, progress=progress
    )
    for day, counted in progress.items():
        wallet.count(day, NOTHING.less(counted))
    wallet.qualifying -= undated
    wallet.status = "absorbed"


def arrive(group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """Another wallet's lots, receipts and documents are this one's: called before its postings."""
    parcel = group.parcels.pop((entry.of_id or "", wallet.row.unit), None)
    if parcel is None:
        return
    other = parcel.wallet
    for lot in other.lots.values():
        wallet.put_lot(lot)
    for sold in list(other.receipts.values()):
        wallet.put(sold)
    for counted in group.documents.values():
        if counted.owner is other:
            counted.owner = wallet
    for rule, by_day in other.capped.items():
        for day, points in by_day.items():
            wallet.count_capped(rule, day, points)
    other.lots, other.open, other.receipts, other.by_item, other.capped = {}, {}, {}, {}, {}
    parcel.tier_of_other = wallet.tier
    group.merges[entry.of_id or "", wallet.row.unit] = parcel


def settle(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """The survivor counts for both, and keeps the higher tier: called after its postings."""
    parcel = group.merges.get((entry.of_id or "", wallet.row.unit))
    if parcel is None:
        checks.slips.expect(wallet.entry(entry), "merge that it answers", entry.of_id, "one that is there")
        return
    for day, counted in parcel.progress.items():
        wallet.count(day, counted)
    wallet.qualifying += parcel.undated
    ladder = world.versions.ladder(entry.posted_at)
    if ladder.rank(parcel.tier) > ladder.rank(wallet.tier):
        wallet.tier, wallet.below_since = parcel.tier, parcel.below_since
    if ladder.tiers:
        rise(world, wallet, entry)
    _check_told(checks, parcel, wallet, entry)


def part(world: World, checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A merge is undone, seen from the survivor: called after its postings."""
    parcel = _undone(group, wallet, entry)
    if parcel is None:
        return
    undo = parcel.entry.slip.get("undo") or {}
    origins = {UUID(each) for each in undo.get("origins") or ()}
    checks.slips.expect(wallet.entry(entry), "member by its slip", entry.slip.get("member"), undo.get("member"))
    home = parcel.wallet
    for lot in [lot for lot in wallet.lots.values() if lot.origin in origins]:
        home.put_lot(lot)
        del wallet.lots[lot.id]
        wallet.open.pop(lot.id, None)
    for counted in group.documents.values():
        if counted.owner is wallet and counted.decisive in origins:
            counted.owner = home
    if wallet.row.unit == "points":
        _part_receipts(world, wallet, home, [sold for sold in wallet.receipts.values() if sold.credited_in in origins])
        wallet.qualifying -= parcel.undated
        home.qualifying += parcel.undated


def settle_survivor(world: World, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """It has the tier that it had before, or what it has reached by itself."""
    parcel = _undone(group, wallet, entry)
    tiers = reached(world, wallet, entry.posted_at)
    if parcel and tiers and wallet.row.unit == "points":
        ladder = world.versions.ladder(entry.posted_at)
        codes = [max(parcel.tier_of_other, tier.code, key=ladder.rank) for tier in tiers]
        wallet.tier = entry.tier if entry.tier in codes else codes[0]


def come_home(checks: Checks, group: Group, wallet: Wallet, entry: EntryRow) -> None:
    """A merge is undone, seen from the wallet that had been absorbed."""
    parcel = _undone(group, wallet, entry)
    wallet.status = "open"
    if parcel is None:
        # A unit that was first used after the merge comes home with nothing.
        if entry.legs or wallet.row.unit == "points":
            checks.slips.expect(wallet.entry(entry), "merge that it undoes", entry.of_id, "one that is there")
        return
    checks.slips.expect(
        wallet.entry(entry), "survivor by its slip", entry.slip.get("from"), parcel.entry.slip.get("into")
    )
    if wallet.row.unit == "points":
        wallet.tier = parcel.tier


def _undone(group: Group, wallet: Wallet, entry: EntryRow) -> Parcel | None:
    """The merge of the unit: all units' partings name the merge of the points."""
    points = group.merges.get((entry.of_id or "", "points"))
    if points is None or wallet.row.unit == "points":
        return points
    member = points.wallet.row.member_id
    made = [
        each
        for (_, unit), each in group.merges.items()
        if unit == wallet.row.unit and each.wallet.row.member_id == member
    ]
    return made[-1] if made else None


def _part_receipts(world: World, wallet: Wallet, home: Wallet, leaving: list[Sold]) -> None:
    for sold in leaving:
        wallet.take_out(sold)
        home.put(sold)
        if sold.programme is None or sold.facts is None:
            continue
        day, counted = sold.facts.occurred_on, counting(sold.programme, sold.receipt, sold.facts)
        wallet.count(day, NOTHING.less(counted))
        home.count(day, counted)
        for award in (*sold.receipt.awards, *sold.grants):
            if world.counts(award.rule):
                wallet.count_capped(award.rule, day, -award.held_points)
                home.count_capped(award.rule, day, award.held_points)


def _check_told(checks: Checks, parcel: Parcel, wallet: Wallet, entry: EntryRow) -> None:
    """Both entries tell the same of what passed over; and the undo will find what it needs."""
    check, subject = checks.slips, wallet.entry(entry)
    for name in ("available", "pending", "held", "debt", "qualifying"):
        check.expect(subject, f"{name} by its slip", entry.slip.get(name), parcel.entry.slip.get(name))
    paid = sum(leg.points for leg in entry.legs if leg.account == "debt") + (parcel.entry.slip.get("debt") or 0)
    check.expect(subject, "debt paid by its slip", entry.slip.get("debt_paid"), paid)
    undo, other = parcel.entry.slip.get("undo") or {}, parcel.wallet.entry(parcel.entry)
    check.expect(other, "tier kept for an undo", undo.get("tier"), parcel.tier)
    check.expect(other, "tier of the survivor kept for an undo", undo.get("into_tier"), parcel.tier_of_other)
    check.expect(other, "units of no day kept for an undo", undo.get("undated_qualifying"), parcel.undated)
    check.expect(subject, "member by its slip", entry.slip.get("member"), undo.get("member"))
    check.expect(other, "member kept for an undo", undo.get("member_id"), parcel.wallet.row.member_id)
    check.expect(other, "survivor kept for an undo", undo.get("into_id"), wallet.row.member_id)
