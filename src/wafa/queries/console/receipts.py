"""The list of receipts and returns, the latest first; found by their number or their member's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.store.models import Branch, Document, DocumentKind, Member, Merchant

LATEST = Order(("occurred_at", "id"), descending=True)
FOUND_MAX = 1000
ANNULMENTS = (DocumentKind.VOID, DocumentKind.CANCEL_RETURN)


def receipts(
    merchant: Merchant,
    size: int,
    *,
    branch: Branch | None = None,
    kind: str = "",
    among: list[UUID] | None = None,
    first: datetime | None = None,
    before_instant: datetime | None = None,
    after: Place | None = None,
    before: Place | None = None,
) -> Page[Document]:
    """Documents with their member and branch; `among` narrows to some: see `found_receipts`."""
    rows = Document.objects.of(merchant).select_related("member", "branch")
    if branch is not None:
        rows = rows.filter(branch_id=branch.id)
    if kind:
        rows = rows.filter(kind=kind)
    if among is not None:
        rows = rows.filter(id__in=among)
    if first is not None:
        rows = rows.filter(occurred_at__gte=first)
    if before_instant is not None:
        rows = rows.filter(occurred_at__lt=before_instant)
    return page(rows, LATEST, size, after=after, before=before)


def found_receipts(merchant: Merchant, sought: str, branch: Branch | None = None) -> tuple[list[UUID], bool]:
    """Ids of documents whose number begins so, or whose member has that number; and whether there are more."""
    documents = Document.objects.of(merchant).order_by()
    if branch is not None:
        documents = documents.filter(branch_id=branch.id)
    starts = sorted({sought, sought.upper()})
    ways = [documents.filter(number__startswith=start) for start in starts]
    # The number of a card that was merged into another finds that one's receipts: they are one person's.
    member = Member.objects.of(merchant).filter(number__in=starts).values(whose=Coalesce("survivor_id", "id"))
    ways.append(documents.filter(member_id__in=member).order_by("-occurred_at"))
    limited = [way.values("id")[: FOUND_MAX + 1] for way in ways]
    ids = [row["id"] for row in limited[0].union(*limited[1:])]
    return ids[:FOUND_MAX], len(ids) > FOUND_MAX


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of some documents: those that were annulled, and the returns that wait for their receipt."""

    annulled: frozenset[UUID]
    waiting: frozenset[UUID]


def marks(merchant: Merchant, documents: Sequence[Document]) -> Marks:
    """Of the documents of a page."""
    ids = [document.id for document in documents]
    waited = {document.id: document.receipt_id for document in documents if document.waited and document.receipt_id}
    others = Document.objects.of(merchant).filter(receipt_id__in=ids, kind__in=ANNULMENTS)
    annulled = frozenset(id for id in others.values_list("receipt_id", flat=True) if id)
    arrived = set(Document.objects.of(merchant).filter(id__in=list(waited.values())).values_list("id", flat=True))
    return Marks(annulled, frozenset(id for id, receipt_id in waited.items() if receipt_id not in arrived))


def first_receipt_at(merchant: Merchant, branch: Branch | None = None) -> datetime | None:
    """When the history begins."""
    rows = Document.objects.of(merchant)
    if branch is not None:
        rows = rows.filter(branch_id=branch.id)
    return rows.order_by("occurred_at").values_list("occurred_at", flat=True).first()


def branches(merchant: Merchant) -> list[Branch]:
    """All of the chain's, by name."""
    return list(Branch.objects.of(merchant).order_by("name", "code"))
