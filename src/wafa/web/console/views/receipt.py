"""One receipt or return: what was sold or came back, what it earned or took, and what it belongs with."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.queries.console import receipt as query
from wafa.queries.console.entries import entry_of
from wafa.queries.console.programme import programme_of
from wafa.store.models import Award, DocumentKind
from wafa.web.console import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.shown import shown
from wafa.wording.names import Names

LINES_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class ShownAward:
    """A rule's award by the rule's name."""

    name: str
    award: Award

    @property
    def taken(self) -> int:
        """What returns have taken of it."""
        return self.award.first_points - self.award.held_points


@console_page(lambda viewer: viewer.sees_receipts)
def receipt_page(request: HttpRequest, viewer: Viewer, document_id: UUID) -> HttpResponse:
    """A receipt that the viewer may open; any other is not there."""
    merchant = viewer.merchant
    document = query.receipt(merchant, document_id)
    if document is None or not viewer.may_open(document):
        raise Http404
    programme = programme_of(merchant, merchant.now())
    names = Names(programme.versions)
    entry = entry_of(merchant, document_id)
    version = entry.programme_version_id if entry else None
    awards = [ShownAward(names.rule(award.rule, version), award) for award in query.awards(merchant, document_id)]
    is_return = document.kind == DocumentKind.RETURN
    linked = query.receipts_behind(merchant, document_id) if is_return else query.returns_of(merchant, document_id)
    lines = query.lines(
        merchant, document_id, LINES_A_PAGE, places.read(request.GET.get("after", ""), query.BY_POSITION)
    )
    context = {
        "document": document,
        "is_return": is_return,
        "lines": lines.rows,
        "after": places.written(lines.after),
        "awards": awards,
        "first_points": sum(each.award.first_points for each in awards),
        "held_points": sum(each.award.held_points for each in awards),
        "lots": [] if is_return else query.lots(merchant, document_id),
        "entry": next(iter(shown([entry], viewer, names)), None) if entry else None,
        "linked": [(each, viewer.may_open(each.document)) for each in linked],
    }
    return render(request, "console/receipt.html", context)
