"""A version of the programme: its sentences; of a draft what is wrong, what it changes, and all that can be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.queries.versions import DRAFT, VersionRow, version_before
from wafa.store.models import Merchant
from wafa.web.console.access import Viewer, owner_page
from wafa.web.console.drafted import digest, of_no_rule, problems_of, rules_of, told_rules
from wafa.web.console.typed_json import written
from wafa.web.console.views.programme.finding import find_version
from wafa.wording.rules import changes, programme_sentences


@owner_page()
def version_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """Any version, in words."""
    return shown_version(request, viewer.merchant, number)


def shown_version(request: HttpRequest, merchant: Merchant, number: int, **more: Any) -> HttpResponse:
    """The page of a version; `more` is what became of something that was asked for on it."""
    row, _rows = find_version(merchant, number)
    problems = problems_of(row.body)
    before = version_before(merchant, row.starts_at or merchant.now())
    is_draft = row.standing == DRAFT
    context = {
        "row": row,
        "is_draft": is_draft,
        "rules": told_rules(row.body, problems, merchant.currency),
        "others": [] if problems else programme_sentences(row.body, merchant.currency)[len(rules_of(row.body)) :],
        "problems": of_no_rule(problems),
        "is_sound": not problems,
        "before": before,
        "changes": changes(before.body, row.body, merchant.currency) if before and not problems else [],
        "typed": written(row.body),
        "was": digest(row.body),
        "tomorrow": _day_after(merchant),
        **more,
    }
    refused = more.get("refused") or more.get("json_refused")
    return render(request, "console/programme/version.html", context, status=422 if refused else 200)


def _day_after(merchant: Merchant) -> str:
    today = merchant.now().astimezone(merchant.zone).date()
    return date.fromordinal(today.toordinal() + 1).isoformat()


def is_as_shown(row: VersionRow, was: str) -> bool:
    """Whether a draft is still what the page showed."""
    return digest(row.body) == was
