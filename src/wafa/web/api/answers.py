"""What is answered: plain JSON, and of a slip the points with their reasons, the balance, the tier and the next one."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse

from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused, Slip
from wafa.queries.grants import Granted, granted_by, granted_then
from wafa.web.api.access import Caller
from wafa.web.api.problems import of_refusal
from wafa.web.api.words import words_of
from wafa.wording.slip import award_line
from wafa.wording.slip import slip as slip_in_words

ACCEPTED, DUPLICATE = "accepted", "duplicate"


def as_json(body: Any, status: int = 200) -> HttpResponse:
    """A response that says this."""
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/json")


def slip_of(outcome: Outcome) -> tuple[str, Slip]:
    """Whether it is counted now or was before, and what was said; raises ProblemError of what was refused."""
    match outcome:
        case Accepted(slip=slip) | Posted(slip=slip):
            return ACCEPTED, slip
        case Duplicate(first=slip):
            return DUPLICATE, slip
        case Refused(refusal=refusal, detail=detail):
            raise of_refusal(refusal, detail)
    raise AssertionError(f"{type(outcome).__name__} answers no program")


def document_answer(caller: Caller, outcome: Outcome) -> tuple[int, dict[str, Any]]:
    """What a till is told of a document, with the status; raises ProblemError of what was refused."""
    status, slip = slip_of(outcome)
    said = slip.explanation
    answer: dict[str, Any] = {
        "id": str(slip.id),
        "status": status,
        "points": slip.points,
        "awards": awards_of(caller, slip),
        "balance": slip.after or None,
        "tier": tier_of(slip),
        "units": [_granted(caller, each) for each in _grants(caller, outcome, slip)],
    }
    if slip.anonymous_reason:
        answer["anonymous_reason"] = slip.anonymous_reason
    if "waits_for" in said:
        answer["waits_for"] = said["waits_for"]
    return (201 if status == ACCEPTED else 200), answer


def _grants(caller: Caller, outcome: Outcome, slip: Slip) -> list[Granted]:
    """What the document gave, or took back, in stamps or money, now or when it came first."""
    if isinstance(outcome, Accepted):
        return granted_by(outcome)
    return granted_then(caller.merchant.id, slip.id) if slip.after else []


def _granted(caller: Caller, granted: Granted) -> dict[str, Any]:
    words, currency = words_of(caller.merchant, granted.version_id), caller.merchant.currency
    measure = words.measures.of(granted.unit)
    told = slip_in_words(
        granted.kind,
        granted.explanation,
        words.names,
        granted.version_id,
        currency,
        measure=measure,
        points=granted.points,
    )
    return {
        "unit": granted.unit,
        "points": granted.points,
        "available": granted.available,
        "text": str(told),
    }


def awards_of(caller: Caller, slip: Slip) -> list[dict[str, Any]]:
    """What each rule gave, and why, in the reader's language."""
    awards = slip.explanation.get("awards") or []
    if not awards:
        return []
    names = words_of(caller.merchant, slip.version_id).names
    return [
        {
            "rule": award["rule"],
            "points": award["points"],
            "text": str(award_line(award, names, slip.version_id, caller.merchant.currency)),
        }
        for award in awards
    ]


def tier_of(slip: Slip) -> dict[str, Any] | None:
    """The tier held, and what is missing of the next one; None where there is no member."""
    if not slip.tier:
        return None
    ahead = slip.explanation.get("ahead")
    return {
        "code": slip.tier,
        "next": {"code": ahead["tier"], "missing": ahead["missing"]} if ahead else None,
    }
