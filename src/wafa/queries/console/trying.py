"""A receipt of the shop, tried once more by other rules."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wafa.core.commands import Line, Payment, RecordPurchase
from wafa.core.ledger.entry import CREDITING
from wafa.core.outcomes import Refused
from wafa.core.programme import Programme
from wafa.queries.console.entries import entries_of
from wafa.queries.console.receipts import found_receipts
from wafa.queries.preview import Preview, preview
from wafa.store.ids import new_id
from wafa.store.models import Document, DocumentKind, DocumentLine, Entry, Merchant

SOLD = (DocumentKind.PURCHASE, DocumentKind.EXCHANGE)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class TriedReceipt:
    """A receipt, the entry that credited it (None: nobody's), and what other rules would have given for it."""

    document: Document
    credit: Entry | None
    preview: Preview | Refused


def receipts_to_try(merchant: Merchant, sought: str = "", most: int = SHOWN) -> list[Document]:
    """The last receipts of members; or those that are found by a number, the latest first."""
    rows = Document.objects.of(merchant).filter(kind__in=SOLD).select_related("member", "branch")
    rows = rows.filter(id__in=found_receipts(merchant, sought)[0]) if sought else rows.filter(member__isnull=False)
    return list(rows.order_by("-occurred_at", "-id")[:most])


def try_on(merchant: Merchant, document_id: UUID, programme: Programme) -> TriedReceipt | None:
    """A receipt by the rules of a programme: as it was sold, with the member's history as it is now."""
    rows = Document.objects.of(merchant).filter(kind__in=SOLD).select_related("member", "branch")
    document = rows.filter(id=document_id).first()
    if document is None:
        return None
    entries = entries_of(merchant, document_id)
    credit = next((entry for entry in reversed(entries) if entry.kind in CREDITING), None)
    return TriedReceipt(document, credit, preview(merchant.id, _once_more(merchant, document), programme))


def _once_more(merchant: Merchant, document: Document) -> RecordPurchase:
    """The same purchase under a number that nobody has."""
    lines = DocumentLine.objects.of(merchant).filter(document_id=document.id, is_returned=False).order_by("position")
    return RecordPurchase(
        at=max(merchant.now(), document.occurred_at),
        occurred_at=document.occurred_at,
        source=document.source,
        number=f"{new_id()}",
        branch=document.branch.code,
        currency=document.currency,
        member=document.member.number if document.member else None,
        channel=document.channel,
        tags=tuple(document.tags),
        payments=tuple(Payment(each["method"], each["amount_minor"]) for each in document.payments),
        tax_minor=document.tax_minor,
        discount_minor=document.discount_minor,
        lines=tuple(
            Line(
                line.item,
                line.quantity_milli,
                line.amount_minor,
                tax_minor=line.tax_minor,
                discount_minor=line.discount_minor,
                tags=tuple(line.tags),
                unit_price_micro=line.unit_price_micro,
            )
            for line in lines
        ),
    )
