"""The list of receipts and returns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wafa.queries.console.receipts import LATEST, found_receipts, receipts
from wafa.store.models import DocumentKind
from wafa.web.console import places
from wafa.web.console.access import Viewer, console_page
from wafa.wording.normalise import clean_reference

A_PAGE = 50
LONGEST = 100


@console_page(lambda viewer: viewer.sees_receipts)
def receipt_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Documents of the chain for its owner, of the branch for its manager: the latest first."""
    typed = request.GET.get("q", "")[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in DocumentKind.values else ""
    sought = clean_reference(typed)
    among, more_found = found_receipts(viewer.merchant, sought, viewer.branch) if sought else (None, False)
    found = receipts(
        viewer.merchant,
        A_PAGE,
        branch=viewer.branch,
        kind=kind,
        among=among,
        after=places.read(request.GET.get("after", ""), LATEST),
        before=places.read(request.GET.get("before", ""), LATEST),
    )
    context = {
        "typed": typed,
        "kind": kind,
        "kinds": {DocumentKind.PURCHASE.value: _("Purchases"), DocumentKind.RETURN.value: _("Returns")},
        "rows": found.rows,
        "narrowed": bool(sought or kind),
        "found": len(among) if among is not None and not kind else None,
        "more_found": more_found,
        "before": places.written(found.before),
        "after": places.written(found.after),
    }
    return render(request, "console/receipts.html", context)
