"""One receipt or return: its lines, its awards, and how it hangs together with the other kind."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.queries.console.receipts import ANNULMENTS
from wafa.store.models import Award, Document, DocumentLine, Entry, Lot, Merchant, ReturnMatch

BY_POSITION = Order(("position",))


@dataclass(frozen=True, slots=True)
class Linked:
    """Another document that goods went to or came from, and how much of each item: nothing, where it was cancelled."""

    document: Document
    items: list[tuple[str, str, int]]


def receipt(merchant: Merchant, document_id: UUID) -> Document | None:
    """The document with its member and branch, and the number of the document that it names."""
    return Document.objects.of(merchant).select_related("member", "branch", "receipt").filter(id=document_id).first()


def named_by(merchant: Merchant, document: Document) -> Document | None:
    """The document that it names, once that is there."""
    if document.receipt_id is None:
        return None
    return Document.objects.of(merchant).filter(id=document.receipt_id).first()


def annulment_of(merchant: Merchant, document_id: UUID) -> Document | None:
    """The document that voids it, or cancels it."""
    return Document.objects.of(merchant).filter(receipt_id=document_id, kind__in=ANNULMENTS).first()


def lines(merchant: Merchant, document_id: UUID, size: int, after: Place | None = None) -> Page[DocumentLine]:
    """Its lines in their order."""
    return page(DocumentLine.objects.of(merchant).filter(document_id=document_id), BY_POSITION, size, after=after)


def awards(merchant: Merchant, document_id: UUID, entry: Entry) -> list[Award]:
    """What each rule gave by the entry that credited a receipt, and what the receipt still holds of it."""
    rows = Award.objects.of(merchant).filter(document_id=document_id, entry_id=entry.id)
    return sorted(rows, key=lambda award: award.id)


def lots(merchant: Merchant, document_id: UUID, entry: Entry) -> list[Lot]:
    """The lots that the same entry opened."""
    rows = Lot.objects.of(merchant).filter(document_id=document_id, entry_id=entry.id)
    return list(rows.order_by("expires_on", "id"))


def returns_of(merchant: Merchant, document_id: UUID) -> list[Linked]:
    """Returns that brought goods of this receipt back, the latest first."""
    rows = ReturnMatch.objects.of(merchant).filter(
        sold_line__merchant_id=merchant.id, sold_line__document_id=document_id
    )
    return _linked(
        merchant, rows.values_list("returned_line__document_id", "sold_line__item", "sold_line__description")
    )


def receipts_behind(merchant: Merchant, document_id: UUID) -> list[Linked]:
    """Receipts that this return's goods were sold on."""
    rows = ReturnMatch.objects.of(merchant).filter(
        returned_line__merchant_id=merchant.id, returned_line__document_id=document_id
    )
    return _linked(merchant, rows.values_list("sold_line__document_id", "sold_line__item", "sold_line__description"))


def _linked(merchant: Merchant, rows: object) -> list[Linked]:
    items: dict[UUID, list[tuple[str, str, int]]] = {}
    for document_id, item, description, quantity in rows.annotate(quantity=Sum("quantity_milli")):  # type: ignore[attr-defined]
        items.setdefault(document_id, []).append((item, description, quantity))
    documents = Document.objects.of(merchant).select_related("branch").filter(id__in=list(items))
    return [
        Linked(document, sorted(each for each in items[document.id] if each[2]))
        for document in documents.order_by("-occurred_at", "-id")
    ]
