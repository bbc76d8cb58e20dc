"""What is done to a draft as a whole: its JSON saved, a rule removed, published, discarded. Then back to a page."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wafa.core.programme import ProgrammeInvalidError
from wafa.operations.drafts import discard_draft, save_draft
from wafa.operations.publish_programme import NoDraftError, StartsTooEarlyError, publish_programme
from wafa.store.models import Merchant, ProgrammeVersion, VersionState
from wafa.web.console.access import Viewer, owner_page
from wafa.web.console.drafted import digest, name_of, rules_of, without_rule
from wafa.web.console.typed_json import NotJsonError, read_json
from wafa.web.console.views.programme.finding import find_draft
from wafa.web.console.views.programme.version import is_as_shown, shown_version
from wafa.wording import dates
from wafa.wording.figures import number as figure
from wafa.wording.languages import isolated
from wafa.wording.normalise import ascii_digits
from wafa.wording.rules import problem


def changed_meanwhile() -> str:
    """Somebody else, or another window, was faster."""
    return _("The draft has been changed since this page was opened. Look at it again before you save.")


@owner_page("POST")
def save_json(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """The whole draft as it was typed, valid or not yet; what is no JSON is shown again."""
    merchant, draft = viewer.merchant, find_draft(viewer.merchant, number)
    typed = request.POST.get("json", "")
    try:
        body = read_json(typed)
    except NotJsonError as error:
        return shown_version(request, merchant, number, typed=typed, json_refused=error.said)
    if not is_as_shown(draft, request.POST.get("was", "")):
        return shown_version(request, merchant, number, typed=typed, json_refused=changed_meanwhile())
    _saved(merchant, body, number)
    messages.success(request, _("The draft is saved."))
    return redirect("console:version", number)


@owner_page("POST")
def remove_rule(request: HttpRequest, viewer: Viewer, number: int, index: int) -> HttpResponse:
    """One rule less."""
    draft = find_draft(viewer.merchant, number)
    rules = rules_of(draft.body)
    if index >= len(rules) or digest(rules[index]) != request.POST.get("was", ""):
        messages.warning(request, changed_meanwhile())
        return redirect("console:version", number)
    _saved(viewer.merchant, without_rule(draft.body, index), number)
    messages.success(request, _("“%(rule)s” is removed.") % {"rule": isolated(name_of(rules[index], index))})
    return redirect("console:version", number)


@owner_page("POST")
def discard(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """It is gone."""
    find_draft(viewer.merchant, number)
    try:
        discard_draft(viewer.merchant, number)
    except NoDraftError as error:
        raise Http404 from error
    messages.success(request, _("Draft %(number)s is discarded.") % {"number": figure(number)})
    return redirect("console:programme")


@owner_page("POST")
def publish(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """In force from now on, or from the beginning of a day."""
    merchant, draft = viewer.merchant, find_draft(viewer.merchant, number)
    if not is_as_shown(draft, request.POST.get("was", "")):
        return shown_version(request, merchant, number, refused=[changed_meanwhile()])
    chosen = request.POST.get("when", "now"), ascii_digits(request.POST.get("day", "").strip())
    starts_at = _starts_at(merchant, *chosen)
    more: dict[str, Any] = {"when": chosen[0], "day": chosen[1]}
    if starts_at is None:
        return shown_version(request, merchant, number, refused=[_("Choose the day on which it starts.")], **more)
    row = ProgrammeVersion.objects.of(merchant).get(id=draft.id, state=VersionState.DRAFT)
    try:
        publish_programme(merchant, draft.body, starts_at, draft=row)
    except ProgrammeInvalidError as error:
        told = [problem(path, code) for path, code in error.problems]
        return shown_version(request, merchant, number, refused=told, **more)
    except NoDraftError:
        return shown_version(request, merchant, number, refused=[changed_meanwhile()])
    except StartsTooEarlyError as error:
        latest = dates.moment(error.latest, merchant.zone)
        told = [_("It must start after %(moment)s: what was counted until then stays as it was.") % {"moment": latest}]
        return shown_version(request, merchant, number, refused=told, **more)
    started = dates.moment(starts_at, merchant.zone)
    words = {"number": figure(number), "moment": started}
    if starts_at > merchant.now():
        messages.success(request, _("Version %(number)s starts on %(moment)s.") % words)
    else:
        messages.success(request, _("Version %(number)s is live.") % words)
    return redirect("console:version", number)


def _starts_at(merchant: Merchant, when: str, day: str) -> datetime | None:
    """Now, or the beginning of a day; None where it is no day."""
    if when == "now":
        return merchant.now()
    try:
        return datetime.combine(date.fromisoformat(day), time.min, merchant.zone)
    except (ValueError, OverflowError):
        return None


def _saved(merchant: Merchant, body: dict[str, Any], number: int) -> None:
    try:
        save_draft(merchant, body, number)
    except NoDraftError as error:
        raise Http404 from error
