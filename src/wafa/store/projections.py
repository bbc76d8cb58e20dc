"""Moving the projections: what could be worked out from the entries, kept so that nobody has to."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from wafa.core.ledger.entry import Entry
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.wallet import Progress, Wallet
from wafa.core.outcomes import Accepted, Outcome
from wafa.core.snapshot import Moved, Snapshot
from wafa.store import budgets
from wafa.store.ids import new_key
from wafa.store.merging import move_members
from wafa.store.rows import array, text_array


def move(merchant_id: UUID, snapshot: Snapshot, outcomes: Sequence[Outcome]) -> None:
    """Move all that a batch has moved, in the transaction that its entries were appended in."""
    accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
    entries = [entry for outcome in outcomes for entry in outcome.entries]
    # A number is kept by its document, and by a return that waits for it.
    kept = {outcome.document.id for outcome in accepted}
    kept |= {outcome.document.named_id for outcome in accepted if outcome.document.named_id}
    move_wallets(merchant_id, entries, unused(snapshot, kept))
    move_lots_and_receipts(merchant_id, entries, accepted, snapshot)
    move_owners(merchant_id, snapshot.moved)
    budgets.keep(merchant_id, snapshot)


def unused(snapshot: Snapshot, kept: Collection[UUID]) -> list[UUID]:
    """Numbers that refused documents had claimed; one that a return still waits for is kept."""
    awaited = {snapshot.claimed[key] for key, waiting in snapshot.waiting.items() if waiting}
    return [id for id in snapshot.claimed.values() if id not in kept and id not in awaited]


def move_wallets(merchant_id: UUID, entries: Sequence[Entry], unused_numbers: Collection[UUID]) -> None:
    """Move the wallets to where their entries left them, and the progress of their days.

    With them, the numbers that refused documents had claimed are given back, unless a return waits for them. One
    statement for all, since a batch is counted in statements.
    """
    moved = _wallets_of(entries)
    more, less = _progressed(moved)
    if not moved and not unused_numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH given_back AS (
                DELETE FROM document_number n WHERE n.merchant_id = %s AND n.id = ANY(%s::uuid[])
                  AND NOT EXISTS (SELECT FROM document d WHERE d.merchant_id = n.merchant_id
                                  AND (d.id = n.id OR d.receipt_id = n.id))
            ), taken_back AS (
                UPDATE progress SET qualifying = progress.qualifying + less.qualifying,
                       spend_minor = progress.spend_minor + less.spend_minor, visits = progress.visits + less.visits
                FROM unnest(%s::uuid[], %s::date[], %s::bigint[], %s::bigint[], %s::int[])
                    AS less (wallet_id, day, qualifying, spend_minor, visits)
                WHERE progress.merchant_id = %s AND progress.wallet_id = less.wallet_id AND progress.day = less.day
            ), counted AS (
                INSERT INTO progress (merchant_id, id, wallet_id, day, qualifying, spend_minor, visits)
                SELECT %s, * FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bigint[], %s::bigint[], %s::int[])
                ON CONFLICT (merchant_id, wallet_id, day) DO UPDATE
                SET qualifying = progress.qualifying + excluded.qualifying,
                    spend_minor = progress.spend_minor + excluded.spend_minor,
                    visits = progress.visits + excluded.visits
            )
            UPDATE wallet SET available = moved.available, pending = moved.pending, held = moved.held,
                   debt = moved.debt, qualifying = moved.qualifying, eligible_purchases = moved.eligible_purchases,
                   tier = moved.tier, below_since = moved.below_since, sequence = moved.sequence,
                   posted_at = moved.posted_at
            FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[],
                        %s::text[], %s::date[], %s::bigint[], %s::timestamptz[])
                AS moved (id, available, pending, held, debt, qualifying, eligible_purchases, tier, below_since,
                          sequence, posted_at)
            WHERE wallet.merchant_id = %s AND wallet.id = moved.id
            """,
            [
                *(merchant_id, array(unused_numbers)),
                *_columns(less),
                merchant_id,
                merchant_id,
                array(new_key() for _ in more),
                *_columns(more),
                array(wallet.id for wallet in moved),
                array(wallet.available for wallet in moved),
                array(wallet.pending for wallet in moved),
                array(wallet.held for wallet in moved),
                array(wallet.debt for wallet in moved),
                array(wallet.qualifying for wallet in moved),
                array(wallet.eligible_purchases for wallet in moved),
                text_array(wallet.tier for wallet in moved),
                array(wallet.below_since for wallet in moved),
                array(wallet.sequence for wallet in moved),
                array(wallet.posted_at for wallet in moved),
                merchant_id,
            ],
        )


def move_lots_and_receipts(
    merchant_id: UUID, entries: Sequence[Entry], accepted: Sequence[Accepted], snapshot: Snapshot
) -> None:
    """Move lots, awards, sold lines and holds that were there before, and write which lines matched which."""
    moved = snapshot.moved
    matches = [match for each in accepted for match in (*each.document.matches, *each.late_matches)]
    lots = _lots_moved(snapshot, entries)
    awards = list({award.id: award for entry in entries for award in entry.reawarded}.values())
    lines = list({match.sold.id: match.sold for match in matches}.values())
    closed = [hold.id for hold in moved.holds.values()]
    if not lots and not awards and not matches and not closed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moved_lots AS (
                UPDATE lot SET remaining = moved.remaining, held = moved.held, expired = moved.expired,
                       answered = moved.answered, covered = moved.covered, pending = moved.pending,
                       expires_on = moved.expires_on
                FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
                            %s::boolean[], %s::date[])
                    AS moved (id, remaining, held, expired, answered, covered, pending, expires_on)
                WHERE lot.merchant_id = %s AND lot.id = moved.id
            ), moved_awards AS (
                UPDATE award SET held_points = moved.held_points
                FROM unnest(%s::uuid[], %s::bigint[]) AS moved (id, held_points)
                WHERE award.merchant_id = %s AND award.id = moved.id AND award.held_points <> moved.held_points
            ), moved_lines AS (
                UPDATE document_line SET returned_milli = moved.returned_milli
                FROM unnest(%s::uuid[], %s::bigint[]) AS moved (id, returned_milli)
                WHERE document_line.merchant_id = %s AND document_line.id = moved.id
                  AND document_line.returned_milli <> moved.returned_milli
            ), closed_holds AS (
                UPDATE hold SET is_open = false WHERE merchant_id = %s AND id = ANY(%s)
            )
            INSERT INTO return_match (merchant_id, id, returned_line_id, sold_line_id, quantity_milli)
            SELECT %s, * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[])
            """,
            [
                array(lot.id for lot in lots),
                array(lot.remaining for lot in lots),
                array(lot.held for lot in lots),
                array(lot.expired for lot in lots),
                array(lot.answered for lot in lots),
                array(lot.covered for lot in lots),
                array(lot.pending for lot in lots),
                array(lot.expires_on for lot in lots),
                merchant_id,
                *([award.id for award in awards], [award.held_points for award in awards], merchant_id),
                *([line.id for line in lines], [line.returned_milli for line in lines], merchant_id),
                *(merchant_id, closed),
                merchant_id,
                [new_key() for _ in matches],
                [match.line_id for match in matches],
                [match.sold.id for match in matches],
                [match.quantity_milli for match in matches],
            ],
        )


def move_owners(merchant_id: UUID, moved: Moved) -> None:
    """Documents that went to another member, members who came together, parted or left: seldom."""
    if moved.owners:
        documents, members = list(moved.owners), list(moved.owners.values())
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH owned AS (
                    SELECT * FROM unnest(%s::uuid[], %s::uuid[]) AS owned (document_id, member_id)
                ), lines AS (
                    UPDATE document_line l SET member_id = owned.member_id FROM owned
                    WHERE l.merchant_id = %s AND l.document_id = owned.document_id
                )
                UPDATE document d SET member_id = owned.member_id FROM owned
                WHERE d.merchant_id = %s AND d.id = owned.document_id
                """,
                [documents, members, merchant_id, merchant_id],
            )
    for merged in moved.merged:
        move_members(merchant_id, merged)
    if moved.closed:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH wallets AS (
                    UPDATE wallet SET status = 'closed' WHERE merchant_id = %s AND member_id = ANY(%s)
                )
                UPDATE member SET status = 'closed' WHERE merchant_id = %s AND id = ANY(%s)
                """,
                [merchant_id, moved.closed, merchant_id, moved.closed],
            )


Progressed = list[tuple[UUID, date, Progress]]
"""Wallet, day, and the change of its progress."""


def _progressed(wallets: Sequence[Wallet]) -> tuple[Progressed, Progressed]:
    """Changes that may be a day's first, and those that take something of a day back.

    The latter change rows that are there: a new row below zero would be refused before it is found to be there.
    """
    changes = [(wallet.id, day, change) for wallet in wallets for day, change in wallet.progressed.items()]
    return [each for each in changes if min(each[2]) >= 0], [each for each in changes if min(each[2]) < 0]


def _columns(changes: Progressed) -> list[str]:
    rows = [(wallet_id, day, *change) for wallet_id, day, change in changes]
    return [array(column) for column in zip(*rows, strict=True)] or [array(())] * 5


def _wallets_of(entries: Sequence[Entry]) -> list[Wallet]:
    return list({entry.wallet.id: entry.wallet for entry in entries}.values())


def _lots_moved(snapshot: Snapshot, entries: Sequence[Entry]) -> list[Lot]:
    """Those that changed, also where no entry says so: an empty one is no longer pending.

    A lot of this batch has been written as it is by now.
    """
    opened = {lot.id for entry in entries for lot in entry.opened}
    return [lot for wallet in snapshot.wallets.values() for id, lot in wallet.moved.items() if id not in opened]
