"""Loading what receipts granted in other units than points, with the lots that it is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from wafa.core.ledger.lot import Lot
from wafa.core.ledger.receipt import HeldAward, Receipt
from wafa.core.ledger.wallet import Wallet


@dataclass(frozen=True, slots=True)
class Granted:
    """An award of a receipt, and the lot that it is in."""

    receipt: Receipt
    unit: str
    award: HeldAward
    lot_id: UUID


def find(merchant_id: UUID, receipts: Sequence[Receipt]) -> list[Granted]:
    """What was granted with the entries that credit the receipts now."""
    credits = {receipt.credited_by: receipt for receipt in receipts if receipt.credited_by}
    if not credits:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT g.of_id, w.unit, a.id, a.rule, a.first_points, a.held_points, a.lot_id
            FROM (SELECT %s::uuid AS merchant_id, unnest(%s::uuid[]) AS id) AS credit
            JOIN entry g ON g.merchant_id = credit.merchant_id AND g.of_id = credit.id AND g.kind = 'grant'
            JOIN wallet w ON w.merchant_id = g.merchant_id AND w.id = g.wallet_id
            JOIN document d ON d.merchant_id = g.merchant_id AND d.id = (g.explanation ->> 'document')::uuid
            JOIN award a ON a.merchant_id = d.merchant_id AND a.document_id = d.id AND a.entry_id = g.id
            ORDER BY a.id
            """,
            [merchant_id, list(credits)],
        )
        return [
            Granted(credits[credit], unit, HeldAward(id, rule, False, first, held, None), lot_id)
            for credit, unit, id, rule, first, held, lot_id in cursor.fetchall()
        ]


def put(granted: Sequence[Granted], wallets: Mapping[tuple[UUID, str], Wallet], lots: Mapping[UUID, Lot]) -> None:
    """Give each receipt its grants; those of nobody's wallet that is here stay out, as its points do."""
    for each in granted:
        if each.receipt.member_id and (each.receipt.member_id, each.unit) in wallets:
            each.award.lot = lots[each.lot_id]
            each.receipt.grants.setdefault(each.unit, []).append(each.award)
