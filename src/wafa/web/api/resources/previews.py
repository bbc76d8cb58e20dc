"""What a receipt would earn, rule by rule: nothing is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wafa.core.commands import RecordPurchase
from wafa.core.outcomes import Refused
from wafa.queries.preview import Preview, preview
from wafa.store.ids import new_id
from wafa.store.models import ProgrammeVersion, Scope
from wafa.web.api import shapes
from wafa.web.api.access import Caller, Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.bodies import PreviewIn
from wafa.web.api.problems import of_refusal
from wafa.web.api.requests import found_number
from wafa.web.api.words import words_of
from wafa.wording.rules import missed, near
from wafa.wording.rules.ahead import ahead
from wafa.wording.rules.terms import Terms
from wafa.wording.slip import award_line

router = Router(tags=["previews"])


@router.post(
    "/previews",
    auth=Needs(Scope.PURCHASES_WRITE),
    response=shapes.read(shapes.PreviewOut),
    summary="What a receipt would earn",
)
def preview_purchase(request: HttpRequest, body: PreviewIn) -> HttpResponse:
    """With the reasons of each rule, why others give nothing, and how little more would bring more."""
    caller = caller_of(request)
    caller.acts_for(body.branch)
    caller.sends_for(body.source)
    member = found_number(caller, body.member) if body.member else None
    number = body.number or str(new_id())
    command = RecordPurchase(**body.slip_facts(caller.merchant.now(), member) | {"number": number})
    found = preview(caller.merchant.id, command)
    if isinstance(found, Refused):
        raise of_refusal(found.refusal, found.detail)
    return as_json(_told(caller, found))


def _told(caller: Caller, found: Preview) -> dict[str, Any]:
    if found.version_id is None:
        return {"points": 0, "rules": [], "tier": None, "tier_after": None, "next": None, "text": ""}
    merchant = caller.merchant
    body = ProgrammeVersion.objects.of(merchant).values_list("body", flat=True).get(id=found.version_id)
    terms, names = Terms.of(body, merchant.currency), words_of(merchant, found.version_id).names
    measure = str((body.get("qualification") or {}).get("measure", "points"))
    return {
        "points": found.points,
        "rules": [
            {
                "rule": each.rule,
                "unit": each.award.unit if each.award else "",
                "points": each.award.points if each.award else 0,
                "text": str(award_line(each.award.as_json(), names, found.version_id, merchant.currency))
                if each.award
                else "",
                "missed": missed(each, terms),
                "near": near(each, terms),
            }
            for each in found.judged
        ],
        "tier": found.tier,
        "tier_after": found.tier_after,
        "next": {"code": found.ahead.tier.code, "missing": found.ahead.missing} if found.ahead else None,
        "text": ahead(found, measure, terms),
    }
