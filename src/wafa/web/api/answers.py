"""What is answered: plain JSON, and of a slip the points with their reasons, the balance, the tier and the next one."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse

from wafa.core.outcomes import Accepted, Duplicate, Outcome, Posted, Refused, Slip
from wafa.web.api.access import Caller
from wafa.web.api.problems import of_refusal
from wafa.web.api.words import names_of
from wafa.wording.slip import award_line

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


def document_answer(caller: Caller, status: str, slip: Slip) -> dict[str, Any]:
    """What a till is told of a document."""
    said = slip.explanation
    answer: dict[str, Any] = {
        "id": str(slip.id),
        "status": status,
        "points": slip.points,
        "awards": awards_of(caller, slip),
        "balance": slip.after or None,
        "tier": tier_of(slip),
    }
    if slip.anonymous_reason:
        answer["anonymous_reason"] = slip.anonymous_reason
    if "waits_for" in said:
        answer["waits_for"] = said["waits_for"]
    return answer


def awards_of(caller: Caller, slip: Slip) -> list[dict[str, Any]]:
    """What each rule gave, and why, in the reader's language."""
    awards = slip.explanation.get("awards") or []
    if not awards:
        return []
    names = names_of(caller.merchant, slip.version_id)
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
