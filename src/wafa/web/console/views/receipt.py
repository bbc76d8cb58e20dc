"""One receipt or return: what was sold or came back, what it earned or took, and what it belongs with."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.queries.console import receipt as query
from wafa.queries.console.entries import entry_of
from wafa.queries.console.programme import programme_of
from wafa.store.models import Award, DocumentKind, Entry, Lot, Merchant
from wafa.web.console import places
from wafa.web.console.access import Viewer, console_page
from wafa.web.console.shown import shown
from wafa.wording.names import Names
from wafa.wording.slip import award_line

LINES_A_PAGE = 100


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
    awards = _shown_awards(query.awards(merchant, document_id), entry, names, merchant.currency)
    is_return = document.kind == DocumentKind.RETURN
    linked = query.receipts_behind(merchant, document_id) if is_return else query.returns_of(merchant, document_id)
    lines = query.lines(
        merchant, document_id, LINES_A_PAGE, places.read(request.GET.get("after", ""), query.BY_POSITION)
    )
    context = {
        "document": document,
        "is_return": is_return,
        "signed_minor": -document.amount_minor if is_return else document.amount_minor,
        "came_back": bool(linked) and not is_return,
        "lines": lines.rows,
        "after": places.written(lines.after),
        "awards": awards,
        "first_points": sum(each.award.first_points for each in awards),
        "held_points": sum(each.award.held_points for each in awards),
        "lots": [] if is_return else [(lot, _left(lot, merchant)) for lot in query.lots(merchant, document_id)],
        "entry": next(iter(shown([entry], viewer, names)), None) if entry else None,
        "linked": [(each, viewer.may_open(each.document)) for each in linked],
    }
    return render(request, "console/receipt.html", context)


def _left(lot: Lot, merchant: Merchant) -> int:
    """What can still be spent of a lot: nothing after its last day, whether or not a job has run (law 3)."""
    today = merchant.now().astimezone(merchant.zone).date()
    return 0 if lot.expires_on and lot.expires_on < today else lot.remaining


def _shown_awards(awards: list[Award], entry: Entry | None, names: Names, currency: str) -> list[ShownAward]:
    """Awards with the words of the entry's slip, which tells them in the same order."""
    version = entry.programme_version_id if entry else None
    told = {each["rule"]: award_line(each, names, version, currency) for each in awards_told(entry)}
    return [
        ShownAward(line.label, line.reason, award)
        if (line := told.get(award.rule))
        else ShownAward(names.rule(award.rule, version), "", award)
        for award in awards
    ]


def awards_told(entry: Entry | None) -> list[dict[str, Any]]:
    """The awards in an entry's explanation."""
    awards: list[dict[str, Any]] = entry.explanation.get("awards", []) if entry else []
    return awards
