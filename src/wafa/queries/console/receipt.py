"""One receipt or return: its lines, its awards, and how it hangs together with the other kind."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.store.models import Award, Document, DocumentLine, Lot, Merchant, ReturnMatch

BY_POSITION = Order(("position",))


@dataclass(frozen=True, slots=True)
class Linked:
    """Another document that goods went to or came from, and how much of each item."""

    document: Document
    items: list[tuple[str, str, int]]


def receipt(merchant: Merchant, document_id: UUID) -> Document | None:
    """The document with its member and branch."""
    return Document.objects.of(merchant).select_related("member", "branch").filter(id=document_id).first()


def lines(merchant: Merchant, document_id: UUID, size: int, after: Place | None = None) -> Page[DocumentLine]:
    """Its lines in their order."""
    return page(DocumentLine.objects.of(merchant).filter(document_id=document_id), BY_POSITION, size, after=after)


def awards(merchant: Merchant, document_id: UUID) -> list[Award]:
    """What each rule gave for it, and what it still holds."""
    rows = Award.objects.of(merchant).filter(document_id=document_id).select_related("lot")
    return sorted(rows, key=lambda award: award.id)


def lots(merchant: Merchant, document_id: UUID) -> list[Lot]:
    """The lots it opened."""
    return list(Lot.objects.of(merchant).filter(document_id=document_id).order_by("expires_on", "id"))


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
    return [Linked(document, sorted(items[document.id])) for document in documents.order_by("-occurred_at", "-id")]
