"""A rule of a draft: built by choosing, told as a sentence meanwhile, kept in the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wafa.operations.drafts import save_draft
from wafa.operations.publish_programme import NoDraftError
from wafa.queries.versions import VersionRow
from wafa.web.console import drafted
from wafa.web.console.access import Viewer, owner_page
from wafa.web.console.rule_form import conditions, drawn, form
from wafa.web.console.rule_form.fields import CONDITIONS, RULES
from wafa.web.console.rule_form.types import Inputs, Setting
from wafa.web.console.typed_json import NotJsonError, check, written
from wafa.web.console.views.programme.changing import changed_meanwhile
from wafa.web.console.views.programme.finding import find_draft
from wafa.wording.languages import isolated
from wafa.wording.rules import problem


@dataclass(frozen=True, slots=True)
class Editing:
    """Which rule of which draft: at a place, or (None) a new one."""

    viewer: Viewer
    draft: VersionRow
    index: int | None
    rule: drafted.Body | None
    setting: Setting

    @property
    def place(self) -> int:
        """Where it stands, or will."""
        return len(drafted.rules_of(self.draft.body)) if self.index is None else self.index


@owner_page("GET", "HEAD", "POST")
def rule_page(request: HttpRequest, viewer: Viewer, number: int, index: int | None = None) -> HttpResponse:
    """The form; saved where nothing is wrong with the rule, or where it is to be kept all the same."""
    editing = _editing(viewer, number, index)
    if editing is None:
        messages.warning(request, _("This rule can only be changed as JSON."))
        return redirect("console:version", number)
    if request.method != "POST":
        given = (
            form.fill(editing.rule, editing.setting).inputs if editing.rule is not None else {"kind": ["per_amount"]}
        )
        return _page(request, editing, given, told=editing.rule is not None)
    given = {name: [str(text) for text in texts] for name, texts in request.POST.lists()}
    doing = request.POST.get("do", "save")
    if doing not in ("save", "anyway"):
        return _page(request, editing, _redone(given, doing))
    return _save(request, editing, given, even_if_wrong=doing == "anyway")


@owner_page("POST")
def rule_sentence(request: HttpRequest, viewer: Viewer, number: int, index: int | None = None) -> HttpResponse:
    """The sentence of what has been chosen so far, and what is wrong or missing."""
    editing = _editing(viewer, number, index)
    if editing is None:
        raise Http404
    given = {name: [str(text) for text in texts] for name, texts in request.POST.lists()}
    read = form.read(given, editing.rule, editing.setting)
    return render(request, "console/programme/sentence.html", _told(editing, read.rule))


def _editing(viewer: Viewer, number: int, index: int | None) -> Editing | None:
    """None: what stands there is no object, so no form has room for it."""
    draft = find_draft(viewer.merchant, number)
    rules = drafted.rules_of(draft.body)
    if index is not None and index >= len(rules):
        raise Http404
    rule = rules[index] if index is not None else None
    if index is not None and not isinstance(rule, dict):
        return None
    return Editing(viewer, draft, index, rule, drafted.setting_of(viewer.merchant, draft.body))


def _redone(given: Inputs, doing: str) -> Inputs:
    """With a condition more, or one less; else as it is, to be drawn for another kind."""
    what, _dot, which = doing.partition(".")
    numbers = [row.number for row in conditions.rows_of(given)]
    if what == "add" and len(numbers) < conditions.ROWS_MOST:
        return given | {f"c.{max(numbers, default=-1) + 1}.kind": [which]}
    if what == "remove":
        return {name: texts for name, texts in given.items() if not name.startswith(f"c.{which}.")}
    return given


def _save(request: HttpRequest, editing: Editing, given: Inputs, *, even_if_wrong: bool) -> HttpResponse:
    rule = form.read(given, editing.rule, editing.setting).rule
    if not rule.get("code"):
        rule["code"] = drafted.new_code(editing.draft.body, rule)
        given = given | {"code": [rule["code"]]}
    body = drafted.with_rule(editing.draft.body, editing.index, rule)
    wrong = drafted.of_rule(drafted.problems_of(body), editing.place)
    if editing.rule is not None and drafted.digest(editing.rule) != request.POST.get("was", ""):
        return _page(request, editing, given, refused=changed_meanwhile())
    try:
        check(body)
    except NotJsonError as error:
        return _page(request, editing, given, refused=error.said)
    if wrong and not even_if_wrong:
        return _page(request, editing, given, refused=_("Not saved yet: please look at what is marked."))
    try:
        save_draft(editing.viewer.merchant, body, editing.draft.number)
    except NoDraftError as error:
        raise Http404 from error
    name = isolated(drafted.name_of(rule, editing.place))
    messages.success(request, _("“%(rule)s” is saved in the draft.") % {"rule": name})
    return redirect("console:version", editing.draft.number)


def _page(
    request: HttpRequest, editing: Editing, given: Inputs, *, refused: str = "", told: bool = True
) -> HttpResponse:
    """The form with what stands in it. Problems stand beside their fields once somebody has tried to save."""
    setting, rule = editing.setting, editing.rule
    kept = form.fill(rule, setting).kept if rule is not None else {}
    chosen = (given.get("kind") or [""])[-1]
    chosen = chosen if chosen in RULES and "kind" not in kept else ""
    fields = form.shown_fields(chosen, rule, setting)
    given = given | drawn.first_choices(fields, "", given, setting)
    for row in conditions.rows_of(given):
        given |= drawn.first_choices(CONDITIONS[row.kind].fields if row.kind else (), row.prefix, given, setting)
    read = form.read(given, rule, setting)
    words = _told(editing, read.rule)
    problems = drawn.Problems(
        list(words["wrong"]) if refused or (rule is not None and request.method != "POST") else []
    )
    own = drawn.draw_fields(fields, given, setting, problems)
    rows = drawn.draw_rows(given, setting, read.places, problems)
    path = ("console:rule", editing.draft.number, editing.index)
    name, *args = path if editing.index is not None else ("console:new_rule", editing.draft.number)
    context = {
        **words,
        "number": editing.draft.number,
        "is_new": editing.index is None,
        "form_at": reverse(name, args=args),
        "sentence_at": reverse(f"{name}_sentence", args=args),
        "kind": chosen,
        "kinds": drawn.kinds_of_rules(chosen),
        "kind_kept": "kind" in kept,
        "fields": own,
        "listed": list(own.values()),
        "own": [own[field.path] for field in (RULES[chosen].fields if chosen else ()) if field.path in own],
        "rows": rows,
        "rows_kept": "when" in kept,
        "can_add": len(rows) < conditions.ROWS_MOST,
        "mode": conditions.mode_of(given),
        "kept": [(key, written(value)) for key, value in kept.items()],
        "elsewhere": [problem(path, code) for path, code in problems.left],
        "open": drawn.opened(own),
        "was": drafted.digest(rule) if rule is not None else "",
        "refused": refused,
        "may_keep": bool(refused and words["wrong"]),
    }
    only_the_form = request.headers.get("HX-Request") and request.method == "POST" and not refused
    template = "console/programme/rule_form.html" if only_the_form else "console/programme/rule.html"
    return render(request, template, context, status=422 if refused else 200)


def _told(editing: Editing, rule: drafted.Body) -> dict[str, Any]:
    """The rule in words, as it would stand in the draft."""
    body = drafted.with_rule(
        editing.draft.body, editing.index, {"code": drafted.new_code(editing.draft.body, rule)} | rule
    )
    wrong = drafted.of_rule(drafted.problems_of(body), editing.place)
    terms = drafted.terms_of(body, editing.viewer.merchant.currency)
    return {
        "sentence": drafted.sentence(rule, wrong, terms),
        "wrong": wrong,
        "missing": [problem(path, code) for path, code in wrong],
    }
