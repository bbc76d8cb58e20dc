"""Moving the projections: what could be worked out from the entries, kept so that nobody has to."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection

from wafa.core.ledger.entry import Entry
from wafa.core.ledger.wallet import Lot, Receipt
from wafa.core.outcomes import Document
from wafa.store.ids import new_key


def move_wallets(merchant_id: UUID, entries: Sequence[Entry], unused_numbers: Collection[UUID]) -> None:
    """Move the wallets to where their entries left them; and give back the numbers that refused documents had claimed.

    One statement for both, since a batch is counted in statements.
    """
    moved = list({entry.wallet.id: entry.wallet for entry in entries}.values())
    if not moved and not unused_numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH given_back AS (
                DELETE FROM document_number WHERE merchant_id = %s AND id = ANY(%s)
            )
            UPDATE wallet SET available = moved.available, pending = moved.pending, held = moved.held,
                   debt = moved.debt, qualifying = moved.qualifying, eligible_purchases = moved.eligible_purchases,
                   tier = moved.tier, sequence = moved.sequence, posted_at = moved.posted_at
            FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[],
                        %s::text[], %s::bigint[], %s::timestamptz[])
                AS moved (id, available, pending, held, debt, qualifying, eligible_purchases, tier, sequence, posted_at)
            WHERE wallet.merchant_id = %s AND wallet.id = moved.id
            """,
            [
                merchant_id,
                list(unused_numbers),
                [wallet.id for wallet in moved],
                [wallet.available for wallet in moved],
                [wallet.pending for wallet in moved],
                [wallet.held for wallet in moved],
                [wallet.debt for wallet in moved],
                [wallet.qualifying for wallet in moved],
                [wallet.eligible_purchases for wallet in moved],
                [wallet.tier for wallet in moved],
                [wallet.sequence for wallet in moved],
                [wallet.posted_at for wallet in moved],
                merchant_id,
            ],
        )


def move_lots_and_receipts(
    merchant_id: UUID,
    entries: Sequence[Entry],
    documents: Sequence[Document],
    returned: dict[tuple[UUID, int], str],
) -> None:
    """Move lots, awards and sold lines that were there before, and write which lines the returned ones were matched to.

    `returned` holds the ids of returned lines by document and position.
    """
    receipts = list({receipt.id: receipt for document in documents for receipt in document.returned_to}.values())
    lots = _lots_moved(entries, receipts)
    if not lots and not receipts:
        return
    matches = [
        (returned[document.id, match.position], match.sold.id, match.quantity_milli)
        for document in documents
        for match in document.matches
    ]
    awards = [award for receipt in receipts for award in receipt.awards]
    lines = [line for receipt in receipts for line in receipt.lines if line.returned_milli]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moved_lots AS (
                UPDATE lot SET remaining = moved.remaining, expired = moved.expired, answered = moved.answered
                FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[])
                    AS moved (id, remaining, expired, answered)
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
            )
            INSERT INTO return_match (merchant_id, id, returned_line_id, sold_line_id, quantity_milli)
            SELECT %s, * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[])
            """,
            [
                *([lot.id for lot in lots], [lot.remaining for lot in lots]),
                *([lot.expired for lot in lots], [lot.answered for lot in lots], merchant_id),
                *([award.id for award in awards], [award.held_points for award in awards], merchant_id),
                *([line.id for line in lines], [line.returned_milli for line in lines], merchant_id),
                merchant_id,
                [new_key() for _ in matches],
                [returned_line for returned_line, _, _ in matches],
                [sold_line for _, sold_line, _ in matches],
                [quantity for _, _, quantity in matches],
            ],
        )


def _lots_moved(entries: Sequence[Entry], receipts: Sequence[Receipt]) -> list[Lot]:
    """Those that postings moved or that answered for a return; a lot of this batch is written as it is by now."""
    opened = {lot.id for entry in entries for lot in entry.opened}
    moved = {posting.lot.id: posting.lot for entry in entries for posting in entry.postings if posting.lot}
    moved |= {award.lot.id: award.lot for receipt in receipts for award in receipt.awards if award.lot}
    return [lot for id, lot in moved.items() if id not in opened]
