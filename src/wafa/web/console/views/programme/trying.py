"""Trying a version on receipts that the shop has: on one, rule by rule; on the last thousand, in sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wafa.core.earning.judged import Judged
from wafa.core.outcomes import Refused
from wafa.core.programme import Programme, ProgrammeInvalidError
from wafa.queries.console import trying as query
from wafa.queries.console.programme import programme_of
from wafa.queries.trying import RuleTried, try_on_last
from wafa.queries.versions import VersionRow
from wafa.store.models import Entry
from wafa.web.console.access import Viewer, owner_page
from wafa.web.console.drafted import terms_of, told_rules
from wafa.web.console.views.programme.finding import find_version
from wafa.wording.measures import Measure, Measures
from wafa.wording.names import Names
from wafa.wording.normalise import clean_reference
from wafa.wording.refusals import refused
from wafa.wording.rules import ahead, missed, near
from wafa.wording.slip import award_line
from wafa.wording.telling import Line

LONGEST = 100
RECEIPTS = 1000


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule: what it would give, or why not, and what was near; beside what it really gave."""

    name: str
    sentence: str
    gives: Line | None
    missed: str
    near: str
    gave: Line | None


@dataclass(frozen=True, slots=True)
class Summed:
    """One rule over many receipts."""

    name: str
    sentence: str
    tried: RuleTried
    measure: Measure


@owner_page()
def try_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """A receipt, looked up or one of the last, by the rules of the version."""
    merchant = viewer.merchant
    row, _rows = find_version(merchant, number)
    typed = request.GET.get("q", "")[:LONGEST]
    sought = clean_reference(typed)
    context: dict[str, Any] = {
        "row": row,
        "typed": typed,
        "receipts": query.receipts_to_try(merchant, sought),
        "programme": _read(row),
    }
    receipt = _uuid(request.GET.get("receipt", ""))
    if receipt and context["programme"]:
        context |= _tried(viewer, row, context["programme"], receipt)
    return render(request, "console/programme/try.html", context)


@owner_page()
def last_page(request: HttpRequest, viewer: Viewer, number: int) -> HttpResponse:
    """The last receipts, by the rules of the version."""
    merchant = viewer.merchant
    row, _rows = find_version(merchant, number)
    programme = _read(row)
    context: dict[str, Any] = {"row": row, "programme": programme}
    if programme:
        tried = try_on_last(merchant, programme, RECEIPTS)
        told = {each.index: each for each in told_rules(row.body, (), merchant.currency)}
        codes = [rule["code"] for rule in row.body["rules"]]
        terms = terms_of(row.body, merchant.currency)
        by_code = {code: told[index] for index, code in enumerate(codes)}
        context |= {
            "tried": tried,
            "change": tried.points - tried.points_then,
            "rules": [
                Summed(
                    by_code[each.rule].name if each.rule in by_code else Names([(row.id, row.body)]).rule(each.rule),
                    by_code[each.rule].sentence if each.rule in by_code else "",
                    each,
                    terms.units.of(each.unit),
                )
                for each in tried.rules
            ],
        }
    return render(request, "console/programme/last.html", context)


def _tried(viewer: Viewer, row: VersionRow, programme: Programme, receipt: UUID) -> dict[str, Any]:
    merchant = viewer.merchant
    found = query.try_on(merchant, receipt, programme)
    if found is None:
        raise Http404
    known = programme_of(merchant, merchant.now())
    context: dict[str, Any] = {"document": found.document, "is_anonymous": found.document.member_id is None}
    if isinstance(found.preview, Refused):
        return context | {"refused": refused(found.preview.refusal, found.preview.detail, merchant.currency)}
    names = Names([(row.id, row.body), *known.versions])
    then = _lines_then(found.credit, Names(known.versions), merchant.currency)
    told = told_rules(row.body, (), merchant.currency)
    sentences = {rule["code"]: each.sentence for rule, each in zip(row.body["rules"], told, strict=True)}
    terms = terms_of(row.body, merchant.currency)
    tried = [
        Tried(
            names.rule(each.rule, row.id),
            sentences.get(each.rule, ""),
            award_line(each.award.as_json(), names, row.id, merchant.currency) if each.award else None,
            missed(each, terms),
            near(each, terms),
            then.pop(each.rule, None),
        )
        for each in found.preview.judged
    ]
    gone = [Tried(line.label, "", None, "", "", line) for line in then.values()]
    measures = Measures(row.body.get("units") or (), merchant.currency)
    return context | {
        "tried": tried,
        "gone": gone,
        "points": found.preview.points,
        "points_then": found.credit.points if found.credit else 0,
        "others": _others(found.preview.judged, measures),
        "ahead": ahead(found.preview, str(programme.ladder.qualification.measure), terms),
    }


def _others(judged: tuple[Judged, ...], measures: Measures) -> list[str]:
    """What is given in other units, all rules together."""
    sums: dict[str, int] = {}
    for each in judged:
        if each.award and each.award.unit != "points":
            sums[each.award.unit] = sums.get(each.award.unit, 0) + each.award.points
    return [measures.of(unit).amount(value) for unit, value in sums.items()]


def _lines_then(credit: Entry | None, names: Names, currency: str) -> dict[str, Line]:
    """What each rule really gave, by its code."""
    if credit is None:
        return {}
    awards = credit.explanation.get("awards") or []
    return {each["rule"]: award_line(each, names, credit.programme_version_id, currency) for each in awards}


def _read(row: VersionRow) -> Programme | None:
    """None where it is not valid yet."""
    try:
        return Programme.read(row.body)
    except ProgrammeInvalidError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
