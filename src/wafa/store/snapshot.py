"""Loading the little world that a batch touches: numbers claimed first, then wallets locked in key order."""

from collections.abc import Iterable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from wafa.core.commands import Command, DocumentCommand, DocumentKey, ExpireLots, RecordPurchase, RecordReturn
from wafa.core.decide.shape import fault_in_shape
from wafa.core.ledger.wallet import Lot, Wallet
from wafa.core.snapshot import KnownMember, Snapshot, Version, Versions
from wafa.store import claims, receipts
from wafa.store.ids import new_id
from wafa.store.programmes import programme


def load(merchant_id: UUID, commands: Sequence[Command]) -> Snapshot:
    """Claim, lock and load; to be called inside the transaction that the outcomes are written in.

    The number of statements does not depend on the number of commands. Where a statement looks rows up by key, it
    joins them to a materialized list that carries the merchant: a constant merchant would invite the planner, while
    a table is young and has no statistics, to read all of the merchant's rows for each one that is wanted.
    """
    documents = [each for each in commands if isinstance(each, DocumentCommand) and not fault_in_shape(each)]
    # Claims first: whoever publishes a programme version waits for them, so the versions read after them are in force.
    claimed = claims.claim(merchant_id, (document.key for document in documents))
    snapshot = _merchant(merchant_id)
    snapshot.claimed = claimed
    _load_names(merchant_id, snapshot, documents)
    snapshot.documents = claims.known(
        merchant_id, {document.key for document in documents if document.key not in snapshot.claimed}
    )
    returns = [document for document in documents if isinstance(document, RecordReturn)]
    named = receipts.lock_named(merchant_id, (each.receipt for each in returns if each.receipt))

    members = {snapshot.members[each.member].id for each in documents if each.member in snapshot.members}
    sold_now = {
        each.key: snapshot.members[each.member].id
        for each in documents
        if isinstance(each, RecordPurchase) and each.member in snapshot.members
    }
    of_receipt = sold_now | {key: member_id for key, (_, member_id) in named.items() if member_id}
    returning = list(_members_of(snapshot, returns, of_receipt))
    members.update(member_id for member_id, _ in returning)
    _lock_wallets(merchant_id, snapshot, members, commands)
    _load_lots_and_receipts(merchant_id, snapshot, commands, returning, [id for id, _ in named.values()])
    return snapshot


def _merchant(merchant_id: UUID) -> Snapshot:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.currency, m.time_zone, v.id, v.starts_at, v.body::text
            FROM merchant m
            LEFT JOIN programme_version v ON v.merchant_id = %s AND v.state <> 'draft'
            WHERE m.id = %s
            """,
            [merchant_id, merchant_id],
        )
        rows = cursor.fetchall()
    versions = [Version(id, starts_at, programme(id, body)) for _, _, id, starts_at, body in rows if id]
    return Snapshot(rows[0][0], ZoneInfo(rows[0][1]), Versions(versions), new_id)


def _load_names(merchant_id: UUID, snapshot: Snapshot, documents: Iterable[DocumentCommand]) -> None:
    numbers = sorted({document.member for document in documents if document.member is not None})
    codes = sorted({document.branch for document in documents})
    if not codes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT number, id, status FROM member WHERE merchant_id = %s AND number = ANY(%s)
            UNION ALL
            SELECT code, id, NULL FROM branch WHERE merchant_id = %s AND code = ANY(%s)
            """,
            [merchant_id, numbers, merchant_id, codes],
        )
        for name, id, status in cursor.fetchall():
            if status is None:
                snapshot.branches[name] = id
            else:
                snapshot.members[name] = KnownMember(id, status)


def _members_of(
    snapshot: Snapshot, returns: Iterable[RecordReturn], of_receipt: dict[DocumentKey, UUID]
) -> Iterable[tuple[UUID, RecordReturn]]:
    """Each return with the member whose receipts it is about, where there is one.

    A receipt that it names may have been counted before, or stand in this very batch: `of_receipt` knows both.
    """
    for command in returns:
        if command.receipt in of_receipt:
            yield of_receipt[command.receipt], command
        elif command.receipt is None and command.member in snapshot.members:
            yield snapshot.members[command.member].id, command


def _lock_wallets(merchant_id: UUID, snapshot: Snapshot, members: set[UUID], commands: Sequence[Command]) -> None:
    """Lock the wallets in the order of their keys. Every member has one: it is made with the member."""
    expiries = [command for command in commands if isinstance(command, ExpireLots)]
    named = [wallet_id for command in expiries for wallet_id in command.wallets or ()]
    last_day = max((snapshot.day(each.at) for each in expiries if each.wallets is None), default=None)
    if not members and not expiries:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (
                SELECT merchant_id, id FROM wallet
                WHERE merchant_id = %s AND unit = 'points' AND member_id = ANY(%s)
                UNION SELECT %s, unnest(%s::uuid[])
                UNION SELECT merchant_id, wallet_id FROM lot
                WHERE merchant_id = %s AND remaining > 0 AND expires_on < %s
            )
            SELECT w.id, member_id, available, pending, held, debt, qualifying, eligible_purchases, tier, sequence,
                   posted_at
            FROM asked JOIN wallet w ON w.merchant_id = asked.merchant_id AND w.id = asked.id
            ORDER BY w.id FOR UPDATE OF w
            """,
            [merchant_id, list(members), merchant_id, named, merchant_id, last_day],
        )
        wallets = [Wallet(*row) for row in cursor.fetchall()]
    for wallet in wallets:
        wallet.draws_allowed = False
        snapshot.wallets[wallet.member_id] = wallet


def _load_lots_and_receipts(
    merchant_id: UUID,
    snapshot: Snapshot,
    commands: Sequence[Command],
    returning: list[tuple[UUID, RecordReturn]],
    named: list[UUID],
) -> None:
    """For returns, all open lots and the receipts in question; for the rest, what is due to expire."""
    found = receipts.candidates(merchant_id, receipts.wanted_of(returning), named)
    drawing = [snapshot.wallets[member_id] for member_id in {member_id for member_id, _ in returning}]
    for wallet in drawing:
        wallet.draws_allowed = True
    lots = _lots(
        merchant_id, snapshot, [wallet.id for wallet in drawing], [receipt.id for _, receipt, _ in found], commands
    )
    for key, receipt, lot_of in found:
        receipts.put_lots(receipt, lot_of, lots)
        snapshot.receipts[key] = receipt
        if receipt.member_id:
            snapshot.wallets[receipt.member_id].receipts.append(receipt)


def _lots(
    merchant_id: UUID, snapshot: Snapshot, drawing: list[UUID], documents: list[UUID], commands: Sequence[Command]
) -> dict[UUID, Lot]:
    if not snapshot.wallets:
        return {}
    wallets = {wallet.id: wallet for wallet in snapshot.wallets.values()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS MATERIALIZED (
                SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s) AND remaining > 0 AND expires_on < %s
                UNION SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND wallet_id = ANY(%s) AND remaining > 0
                UNION SELECT merchant_id, id FROM lot
                WHERE merchant_id = %s AND document_id = ANY(%s)
            )
            SELECT lot.wallet_id, lot.id, lot.document_id, coalesce(d.number, ''), lot.issuing_branch_id, lot.sequence,
                   lot.points, lot.remaining, lot.available_at, lot.expires_on, lot.expired, lot.answered
            FROM asked
            JOIN lot ON lot.merchant_id = asked.merchant_id AND lot.id = asked.id
            LEFT JOIN document d ON d.merchant_id = lot.merchant_id AND d.id = lot.document_id
            """,
            [
                *(merchant_id, list(wallets), snapshot.day(commands[-1].at)),
                *(merchant_id, drawing),
                *(merchant_id, documents),
            ],
        )
        rows = cursor.fetchall()
    lots = {}
    for wallet_id, *values in rows:
        lot = Lot(*values)
        lots[lot.id] = lot
        wallets[wallet_id].lots.append(lot)
    return lots
