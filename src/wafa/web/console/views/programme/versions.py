"""The versions of the programme, and the rules in force as sentences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wafa.operations.drafts import save_draft
from wafa.queries.versions import versions
from wafa.web.console.access import Viewer, owner_page
from wafa.web.console.drafted import problems_of, told_rules
from wafa.web.console.views.programme.finding import live_one
from wafa.wording.figures import number

EMPTY: dict[str, Any] = {
    "tiers": [{"code": "member", "from": 0, "name": {"en": "Member", "ar": "عضو", "fa": "عضو"}}],
    "expiry": {"kind": "never"},
    "rules": [],
}
"""What a first draft begins with, where no version has been published yet."""


@owner_page()
def version_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All of them, drafts first."""
    merchant = viewer.merchant
    rows = versions(merchant)
    live = live_one(rows)
    context = {
        "rows": rows,
        "live": live,
        "rules": told_rules(live.body, problems_of(live.body), merchant.currency) if live else [],
    }
    return render(request, "console/programme/versions.html", context)


@owner_page("POST")
def new_draft(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A draft that says what the live version says; else the next one to start; else nothing yet."""
    rows = [row for row in versions(viewer.merchant) if row.starts_at is not None]
    begins_as = live_one(rows) or next(iter(rows), None)
    draft = save_draft(viewer.merchant, begins_as.body if begins_as else EMPTY)
    messages.success(request, _("Draft %(number)s is yours to change.") % {"number": number(draft.number)})
    return redirect("console:version", draft.number)
