"""Entries as pages show them: with their member and their receipt, the latest first."""

from __future__ import annotations

from uuid import UUID

from wafa.queries.console.keyset import Order, Page, Place, page
from wafa.store.models import Branch, Document, Entry, Merchant

BY_SEQUENCE = Order(("sequence",), descending=True)


_TOLD_WITH = ("wallet__member", "document__branch", "redeeming_branch", "of")
"""What an entry is told with: whose, on which document, at which till, and the entry that it answers."""


def latest_entries(merchant: Merchant, size: int) -> list[Entry]:
    """The merchant's latest."""
    entries = Entry.objects.of(merchant).select_related(*_TOLD_WITH)
    return list(entries.order_by("-posted_at", "-id")[:size])


def latest_entries_at(merchant: Merchant, branch: Branch, size: int) -> list[Entry]:
    """The latest of a branch: those of its latest receipts and returns, and what was asked for at its tills since.

    There is no need to look for the latter further back than the former reach.
    """
    documents = Document.objects.of(merchant).filter(branch_id=branch.id, member_id__isnull=False)
    ids = list(documents.order_by("-occurred_at").values_list("id", flat=True)[:size])
    entries = Entry.objects.of(merchant).select_related(*_TOLD_WITH).order_by("-posted_at", "-id")
    of_documents = list(entries.filter(document_id__in=ids)[:size])
    at_tills = entries.filter(redeeming_branch_id=branch.id)
    if len(of_documents) == size:
        at_tills = at_tills.filter(posted_at__gte=of_documents[-1].posted_at)
    latest = sorted([*of_documents, *at_tills[:size]], key=lambda entry: (entry.posted_at, entry.id), reverse=True)
    return latest[:size]


def statement(merchant: Merchant, wallet_id: UUID, size: int, after: Place | None = None) -> Page[Entry]:
    """A wallet's entries from the latest backwards; `after` the place where the page before ended."""
    entries = Entry.objects.of(merchant).filter(wallet_id=wallet_id).select_related(*_TOLD_WITH)
    return page(entries, BY_SEQUENCE, size, after=after)


def entries_of(merchant: Merchant, document_id: UUID) -> list[Entry]:
    """The entries about a document, the first of them first; an anonymous one has none."""
    entries = Entry.objects.of(merchant).select_related(*_TOLD_WITH).filter(document_id=document_id)
    return list(entries.order_by("turn"))
