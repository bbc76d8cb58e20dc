"""A document by its source and number, as it stands now: lines with what came back, awards with what is held."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wafa.core.commands import DocumentKey
from wafa.store.models import Award, Document, DocumentLine


@dataclass(frozen=True, slots=True)
class ReceiptNow:
    """A document, its lines in their order, and (of what sold something) its awards, first and held."""

    document: Document
    lines: list[DocumentLine]
    awards: list[Award]


def receipt_now(merchant_id: UUID, key: DocumentKey) -> ReceiptNow | None:
    """None: nothing has come under that number."""
    source, period, number = key
    documents = Document.objects.of(merchant_id).select_related("branch")
    document = documents.filter(source=source, period=period, number=number).first()
    if document is None:
        return None
    lines = DocumentLine.objects.of(merchant_id).filter(document_id=document.id).order_by("position")
    awards = Award.objects.of(merchant_id).filter(document_id=document.id).order_by("id")
    return ReceiptNow(document, list(lines), list(awards))
