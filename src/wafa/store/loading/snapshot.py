"""The snapshot: what a batch asks for, claimed, looked up, locked and loaded, in that order (law 10)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from wafa.core.commands import Command, DocumentKey, MergeMembers, RecordReturn
from wafa.core.ledger.entry import MERGE_OUT
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import Receipt
from wafa.core.ledger.wallet import POINTS
from wafa.core.snapshot import Snapshot
from wafa.store.loading import claims, counters, grants, movements, numbers, receipts, returns, wallets
from wafa.store.loading.asked import Asked, Returning
from wafa.store.loading.counting import load_counters, load_what_rules_read, lock_budgets
from wafa.store.loading.lots import load_covers, load_lots, lots_in, put_covers
from wafa.store.loading.moved import WorldMovedError
from wafa.store.loading.names import load_absorbed, load_names, names_have_moved
from wafa.store.loading.world import World, load_merchant


def load(merchant_id: UUID, commands: Sequence[Command]) -> Snapshot:
    """Claim, look up, lock and load; to be called inside the transaction that the outcomes are written in.

    The number of statements does not depend on the number of commands. Where a statement looks rows up by key, it
    joins them to a materialized list that carries the merchant: a constant merchant would invite the planner, while
    a table is young and has no statistics, to read all of the merchant's rows for each one that is wanted.

    Raises WorldMovedError where a member was merged, or left, before the wallet could be locked.
    """
    asked = Asked.of(commands)
    # Claims first: whoever publishes a programme version waits for them, so the versions read after them are in force.
    claimed = claims.claim(merchant_id, asked.claims())
    snapshot = load_merchant(merchant_id)
    snapshot.claimed = claimed
    load_names(merchant_id, snapshot, asked)
    world = World(merchant_id, commands, asked, snapshot)
    _look_up_documents(world)
    world.entries = movements.find_named(merchant_id, asked.movements())
    _lock(world)
    _load(world)
    lock_budgets(world)
    return snapshot


def _look_up_documents(world: World) -> None:
    """Numbers that were taken, receipts and returns that are named, returns that had come before their receipt."""
    snapshot, asked, merchant_id = world.snapshot, world.asked, world.merchant_id
    own = {document.key for document in asked.documents}
    taken = set(asked.claims()) - set(snapshot.claimed)
    snapshot.documents, awaited = claims.known(merchant_id, taken)
    locked = numbers.lock(merchant_id, awaited.values(), asked.receipts(), asked.returns())
    if awaited:
        late, awaited = claims.known(merchant_id, set(awaited))
        snapshot.documents |= late
    snapshot.claimed |= awaited
    snapshot.waiting = returns.load_waiting(merchant_id, {key: id for key, id in awaited.items() if key in own})
    world.named = receipts.find_named(merchant_id, locked)
    world.counted = returns.find_returns(merchant_id, asked.returns())
    about = returns.receipts_of(world.counted)
    if not about | {each.id for each in world.counted} <= locked:
        raise WorldMovedError("a return that is to be cancelled came just now")
    owner_of = dict(world.named.values())
    world.owners = {id: owner_of[id] for id in about}


def _lock(world: World) -> None:
    """Lock every wallet that the batch may move."""
    snapshot, asked, merchant_id = world.snapshot, world.asked, world.merchant_id
    member_of = {number: known.id for number, known in snapshot.members.items()}
    sold_now = {
        each.key: member_of[each.member]
        for each in asked.documents
        if each.lines and not isinstance(each, RecordReturn) and each.member in member_of
    }
    of_receipt = sold_now | {key: member for key, (_, member) in world.named.items() if member}
    world.returning = list(_members_of(asked.returning, of_receipt, member_of))
    world.drawing = {member for member, _ in world.returning} | {member for member in world.owners.values() if member}
    world.drawing |= {of_receipt[key] for key in asked.receipts() if key in of_receipt}
    world.drawing |= {
        member_of[number]
        for request in asked.requests
        for number in (getattr(request, name, None) for name in ("member", "to", "into"))
        if number in member_of
    }
    wanted = wallets.Wanted(world.drawing | set(sold_now.values()))
    wanted.members |= {member_of[each.member] for each in asked.documents if each.member in member_of}
    wanted.ids = {id for each in asked.settles for id in each.wallets or ()}
    wanted.ids |= {id for each in asked.reviews for id in each.wallets}
    wanted.ids |= {id for each in world.entries for id in each.wallets_concerned()}
    if any(each.wallets is None for each in asked.settles):
        last = world.commands[-1].at
        wanted.due = (snapshot.day(last), last)
    wanted.units = {(member_of[number], unit) for number, unit in asked.units(snapshot.rules) if number in member_of}
    given = {unit for rules in snapshot.versions for unit in rules.units_given()}
    given = given if asked.documents or asked.moves_receipts() else set()
    leaving = {known.id for known in snapshot.members.values() if known.status == "closed"}
    wanted.units |= {(member, unit) for member in wanted.members - leaving for unit in given}
    if asked.merges() or any(not hasattr(each, "unit") and hasattr(each, "member") for each in asked.requests):
        _want_every_unit(world, wanted)
    wallets.make_missing(merchant_id, wanted.units)
    wallets.lock(merchant_id, snapshot, wanted)
    world.wallets = {wallet.id: wallet for wallet in snapshot.wallets.values()}
    if names_have_moved(merchant_id, snapshot, wanted.every_unit):
        raise WorldMovedError("members were merged, or a merge was undone, while a wallet was waited for")
    if movements.find_named(merchant_id, asked.movements()) != world.entries:
        raise WorldMovedError("what a command names was moved while its wallet was waited for")


def _want_every_unit(world: World, wanted: wallets.Wanted) -> None:
    """Members who merge, part or leave do so with all their wallets; a survivor has one for each of them."""
    wanted.every_unit = True
    load_absorbed(world.merchant_id, world.snapshot)
    wanted.absorbed = {id for known in world.snapshot.members.values() for id in known.absorbed}
    parting = {
        UUID(each.explanation["undo"][name])
        for each in world.entries
        if each.kind == MERGE_OUT
        for name in ("member_id", "into_id")
    }
    wanted.absorbed |= parting
    members = world.drawing | wanted.absorbed
    wanted.members |= members
    world.drawing |= members
    asked = {unit for _, unit in wanted.units}
    units = wallets.units_of(world.merchant_id, members) | asked
    pairs = [
        world.snapshot.members[number].id
        for each in world.asked.requests
        if isinstance(each, MergeMembers)
        for number in (each.member, each.into)
        if number in world.snapshot.members
    ]
    wanted.units |= {(member, unit) for member in pairs for unit in units}
    # Whoever has their number back may use it in the same batch.
    wanted.units |= {(member, unit) for member in parting for unit in asked}


def _members_of(
    returning: Iterable[Returning], of_receipt: dict[DocumentKey, UUID], member_of: dict[str, UUID]
) -> Iterable[tuple[UUID, Returning]]:
    """Each return with the member whose receipts it is about, where there is one.

    A receipt that it names may have been counted before, or stand in this very batch: `of_receipt` knows both.
    """
    for command in returning:
        if command.receipt in of_receipt:
            yield of_receipt[command.receipt], command
        elif command.receipt is None and command.member in member_of:
            yield member_of[command.member], command


def _load(world: World) -> None:
    """Receipts, lots with their covers, holds, counters: of the wallets that are locked by now."""
    snapshot, asked, merchant_id = world.snapshot, world.asked, world.merchant_id
    wanted = receipts.wanted_of(world.returning)
    if asked.moves_receipts():
        wanted = receipts.wanted_whole(wanted, world.drawing)
    found = receipts.candidates(merchant_id, wanted, _receipts_named(world))
    granted = grants.find(merchant_id, [receipt for _, receipt, _ in found]) if snapshot.versions.give_units else []
    drawing = _wallets_drawn_on(world)
    covers = load_covers(merchant_id, drawing | {id for id, wallet in world.wallets.items() if wallet.debt})
    holds = movements.load_holds(merchant_id, [id for id, wallet in world.wallets.items() if wallet.held])
    last = world.commands[-1].at
    lots = load_lots(
        merchant_id,
        world.wallets,
        last_day=snapshot.day(last),
        at=last,
        drawing=drawing,
        documents=[receipt.id for _, receipt, _ in found],
        ids={
            *lots_in(covers),
            *(lot for _, _, draws in holds for lot, _ in draws),
            *(lot for each in world.entries for lot, _ in each.draws),
        },
    )
    put_covers(covers, world.wallets, lots)
    movements.put_holds(holds, world.wallets, lots)
    _put_receipts(world, found, lots)
    grants.put(granted, snapshot.wallets, lots)
    _put_movements(world, lots)
    if asked.requests:
        snapshot.requests = counters.load_requests(merchant_id, (request.key for request in asked.requests))
    load_counters(world)
    load_what_rules_read(world)


def _wallets_drawn_on(world: World) -> set[UUID]:
    """Those whose lots are all loaded. With a policy by activity every wallet is: each visit moves all its lots."""
    every = bool(world.asked.requests) or any(rules.has_idle_expiry() for rules in world.snapshot.versions)
    holding = {id for id, wallet in world.wallets.items() if wallet.held}
    drawn_on = set(holding)
    for id, wallet in world.wallets.items():
        if every or wallet.member_id in world.drawing:
            drawn_on.add(id)
    for id in drawn_on:
        world.wallets[id].draws_allowed = True
    return drawn_on


def _receipts_named(world: World) -> list[UUID]:
    """Receipts that are named, that a return to be cancelled is about, or that a merge to be undone brought along."""
    named = {id for id, _ in world.named.values()} | set(world.owners)
    for each in world.entries:
        if each.kind == MERGE_OUT:
            origins = [UUID(id) for id in each.explanation["undo"]["origins"]]
            named |= _credited_in(world.merchant_id, origins)
    return list(named)


def _credited_in(merchant_id: UUID, wallet_ids: list[UUID]) -> set[UUID]:
    """Receipts whose latest credit was there: one that was moved to another member since belongs with that one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.document_id FROM (
                SELECT DISTINCT merchant_id, document_id FROM entry
                WHERE merchant_id = %s AND wallet_id = ANY(%s) AND kind IN ('accrual', 'claim')
            ) AS asked
            JOIN LATERAL (
                SELECT wallet_id FROM entry e
                WHERE e.merchant_id = asked.merchant_id AND e.document_id = asked.document_id
                  AND e.kind IN ('accrual', 'claim')
                ORDER BY turn DESC LIMIT 1
            ) AS latest ON latest.wallet_id = ANY(%s)
            """,
            [merchant_id, wallet_ids, wallet_ids],
        )
        return {id for (id,) in cursor.fetchall()}


def _put_receipts(
    world: World, found: list[tuple[DocumentKey, Receipt, dict[UUID, UUID]]], lots: dict[UUID, Lot]
) -> None:
    snapshot = world.snapshot
    by_id = {}
    for key, receipt, lot_of in found:
        receipts.put_lots(receipt, lot_of, lots)
        snapshot.receipts[key] = receipt
        by_id[receipt.id] = receipt
        if receipt.member_id and (receipt.member_id, POINTS) in snapshot.wallets:
            snapshot.points_wallet(receipt.member_id).receipts.append(receipt)
    for counted in world.counted:
        snapshot.returns[counted.key] = returns.as_counted(counted, by_id)


def _put_movements(world: World, lots: dict[UUID, Lot]) -> None:
    for named in world.entries:
        movement = movements.as_movement(named, world.wallets, lots)
        if named.kind == MERGE_OUT:
            movement.is_moved_on = movements.is_moved_on(world.merchant_id, named)
            origins = {UUID(id) for id in named.explanation["undo"]["origins"]}
            brought = _credited_in(world.merchant_id, list(origins))
            movement.receipts = [
                receipt for wallet in world.wallets.values() for receipt in wallet.receipts if receipt.id in brought
            ]
        world.snapshot.movements[named.id] = movement
