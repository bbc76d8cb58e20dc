"""The list of receipts and returns."""

from dataclasses import dataclass
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wafa.queries.console import receipts as query
from wafa.store.models import Document, DocumentKind, Merchant
from wafa.web import places
from wafa.web.console.access import Viewer, console_page
from wafa.wording import dates
from wafa.wording.normalise import clean_reference
from wafa.wording.titles import document_title

A_PAGE = 50
LONGEST = 100
MONTHS_MAX = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list: what it is where it is no plain purchase, and what became of it."""

    document: Document
    title: str
    annulled: bool
    waits: bool

    @property
    def has_amount(self) -> bool:
        """A cancelled return moves no money of its own."""
        return self.document.kind != DocumentKind.CANCEL_RETURN

    @property
    def signed_minor(self) -> int:
        """The amount, below zero where it is the customer's."""
        taken_back = self.document.kind in (DocumentKind.RETURN, DocumentKind.VOID)
        return -self.document.amount_minor if taken_back else self.document.amount_minor


@console_page(lambda viewer: viewer.sees_receipts)
def receipt_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Documents of the chain for its owner, of the branch for its manager: the latest first."""
    typed = request.GET.get("q", "")[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in DocumentKind.values else ""
    sought = clean_reference(typed)
    merchant = viewer.merchant
    branches = [] if viewer.branch else query.branches(merchant)
    branch = viewer.branch or next((each for each in branches if each.code == request.GET.get("branch")), None)
    months = _months(query.first_receipt_at(merchant, viewer.branch), merchant)
    month = next((each for each in months if _code(each) == request.GET.get("month")), None)

    among, more_found = query.found_receipts(merchant, sought, branch) if sought else (None, False)
    found = query.receipts(
        merchant,
        A_PAGE,
        branch=branch,
        kind=kind,
        among=among,
        first=_begins(month, merchant) if month else None,
        before_instant=_begins(month.next(), merchant) if month else None,
        after=places.read(request.GET.get("after", ""), query.LATEST),
        before=places.read(request.GET.get("before", ""), query.LATEST),
    )
    context = {
        "typed": typed,
        "kind": kind,
        "kinds": {
            DocumentKind.PURCHASE.value: _("Purchases"),
            DocumentKind.RETURN.value: _("Returns"),
            DocumentKind.EXCHANGE.value: _("Exchanges"),
            DocumentKind.VOID.value: _("Voidings"),
            DocumentKind.CANCEL_RETURN.value: _("Cancelled returns"),
        },
        "branches": branches if len(branches) > 1 else [],
        "branch": branch,
        "months": [(_code(each), dates.month_name(each)) for each in months],
        "month": _code(month) if month else "",
        "rows": _rows(merchant, found.rows),
        "narrowed": bool(sought or kind or month or (branch and not viewer.branch)),
        "found": len(among) if among is not None and not kind and not month else None,
        "more_found": more_found,
        "before": places.written(found.before),
        "after": places.written(found.after),
    }
    return render(request, "console/receipts.html", context)


def _rows(merchant: Merchant, documents: list[Document]) -> list[Row]:
    """Each document, and what became of it."""
    marks = query.marks(merchant, documents)
    return [
        Row(
            document,
            document_title(document.kind) if document.kind != DocumentKind.PURCHASE else "",
            document.id in marks.annulled,
            document.id in marks.waiting,
        )
        for document in documents
    ]


def _months(first: datetime | None, merchant: Merchant) -> list[dates.Month]:
    """The months of the reader's calendar that have receipts, the latest first."""
    if first is None:
        return []
    month = dates.month_of(dates.local_day(merchant.now(), merchant.zone))
    oldest = dates.month_of(dates.local_day(first, merchant.zone))
    months: list[dates.Month] = []
    while month >= oldest and len(months) < MONTHS_MAX:
        months.append(month)
        month = month.previous()
    return months


def _code(month: dates.Month) -> str:
    return f"{month.year}-{month.month:02d}"


def _begins(month: dates.Month, merchant: Merchant) -> datetime:
    return datetime.combine(dates.first_day(month), time.min, merchant.zone)
