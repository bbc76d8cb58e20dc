"""One document: what was sold or came back, what it earned or took, and what it belongs with."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.core.ledger.entry import CREDITING
from wafa.queries.console import receipt as query
from wafa.queries.console.entries import entries_of
from wafa.queries.console.programme import programme_of
from wafa.store.models import Award, Document, DocumentKind, Entry, Lot, Merchant
from wafa.web import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.shown import shown
from wafa.wording.measures import Measures
from wafa.wording.names import Names
from wafa.wording.slip import award_line
from wafa.wording.titles import document_title

LINES_A_PAGE = 100
SELLING = (DocumentKind.PURCHASE, DocumentKind.EXCHANGE)
TAKING_BACK = (DocumentKind.RETURN, DocumentKind.EXCHANGE, DocumentKind.VOID)
OF_WHAT_CAME_BACK = (DocumentKind.RETURN, DocumentKind.VOID)


@dataclass(frozen=True, slots=True)
class ShownAward:
    """A rule's award as the slip tells it, and what the receipt still holds of it."""

    label: str
    reason: str
    award: Award

    @property
    def taken(self) -> int:
        """What returns have taken of it."""
        return self.award.first_points - self.award.held_points


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """Another document, as this page leads to it."""

    linked: query.Linked
    opens: bool

    @property
    def title(self) -> str:
        """What it is."""
        return document_title(self.linked.document.kind)


@console_page(lambda viewer: viewer.sees_receipts)
def receipt_page(request: HttpRequest, viewer: Viewer, document_id: UUID) -> HttpResponse:
    """A document that the viewer may open; any other is not there."""
    merchant = viewer.merchant
    document = query.receipt(merchant, document_id)
    if document is None or not viewer.may_open(document):
        raise Http404
    programme = programme_of(merchant, merchant.now())
    names, measures = Names(programme.versions), Measures(programme.units(), merchant.currency)
    entries = entries_of(merchant, document_id)
    credit = next((entry for entry in reversed(entries) if entry.kind in CREDITING), None)
    sells = document.kind in SELLING
    awards = _shown_awards(query.awards(merchant, document_id, credit), credit, names) if credit else []
    returns = _linked(viewer, query.returns_of(merchant, document_id)) if sells else []
    behind = _linked(viewer, query.receipts_behind(merchant, document_id)) if document.kind in TAKING_BACK else []
    lines = query.lines(
        merchant, document_id, LINES_A_PAGE, places.read(request.GET.get("after", ""), query.BY_POSITION)
    )
    context = {
        "document": document,
        "title": document_title(document.kind),
        "takes_back": document.kind in OF_WHAT_CAME_BACK,
        "sells": sells,
        "signed_minor": -document.amount_minor if document.kind in OF_WHAT_CAME_BACK else document.amount_minor,
        "came_back": any(each.linked.items for each in returns),
        "lines": lines.rows,
        "after": places.written(lines.after),
        "awards": awards,
        "first_points": sum(each.award.first_points for each in awards),
        "held_points": sum(each.award.held_points for each in awards),
        "lots": [(lot, _left(lot, merchant)) for lot in query.lots(merchant, document_id, credit)] if credit else [],
        "credit": next(iter(shown([credit], viewer, names, measures)), None) if credit else None,
        "entries": shown([entry for entry in entries if entry is not credit], viewer, names, measures),
        "links": [("returns", returns), ("behind", behind)],
        **_annulments(viewer, document, behind),
    }
    return render(request, "console/receipt.html", context)


def _annulments(viewer: Viewer, document: Document, behind: list[LinkedTo]) -> dict[str, Any]:
    """What annuls it; and the document that it names, where that is not among those behind it already."""
    annulled_by = query.annulment_of(viewer.merchant, document.id)
    named = query.named_by(viewer.merchant, document)
    told_already = named is not None and any(each.linked.document.id == named.id for each in behind)
    return {
        "annulled_by": annulled_by,
        "opens_annulment": annulled_by is not None and viewer.may_open(annulled_by),
        "waits": document.waited and named is None,
        "named": None if told_already else named,
        "opens_named": named is not None and viewer.may_open(named),
    }


def _linked(viewer: Viewer, linked: list[query.Linked]) -> list[LinkedTo]:
    return [LinkedTo(each, viewer.may_open(each.document)) for each in linked]


def _left(lot: Lot, merchant: Merchant) -> int:
    """What is left of a lot to be spent: nothing after its last day, whether or not a job has run (law 3)."""
    today = merchant.now().astimezone(merchant.zone).date()
    return 0 if lot.expires_on and lot.expires_on < today else lot.remaining


def _shown_awards(awards: list[Award], entry: Entry, names: Names) -> list[ShownAward]:
    """Awards with the words of the entry's slip, which tells them in the same order."""
    version, currency = entry.programme_version_id, entry.document.currency if entry.document else ""
    told = {each["rule"]: award_line(each, names, version, currency) for each in entry.explanation.get("awards", [])}
    return [
        ShownAward(line.label, line.reason, award)
        if (line := told.get(award.rule))
        else ShownAward(names.rule(award.rule, version), "", award)
        for award in awards
    ]
