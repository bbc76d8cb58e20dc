"""Refusals in words: every one, in every language, with its figures."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from wafa.core.refusals import Refusal
from wafa.wording.refusals import refused

DETAILS: dict[Refusal, dict[str, Any]] = {
    Refusal.CURRENCY_NOT_THE_MERCHANTS: {"given": "USD", "expected": "SAR"},
    Refusal.BRANCH_UNKNOWN: {"branch": "olaya"},
    Refusal.UNIT_UNKNOWN: {"unit": "gems"},
    Refusal.MEMBER_UNKNOWN: {"member": "amal"},
    Refusal.MEMBER_NOT_ACTIVE: {"member": "amal", "status": "blocked"},
    Refusal.MEMBER_THE_SAME: {"member": "amal"},
    Refusal.RECEIPT_UNKNOWN: {"number": "N-1"},
    Refusal.RETURN_UNKNOWN: {"number": "R-1"},
    Refusal.MERGE_TOO_OLD: {"merge": "x", "days": 30},
    Refusal.RECEIPT_VOID: {"number": "N-1"},
    Refusal.RETURN_CANCELLED_ALREADY: {"number": "R-1"},
    Refusal.RECEIPT_HAS_A_MEMBER: {"number": "N-1"},
    Refusal.RECEIPT_HAS_NO_MEMBER: {"number": "N-1"},
    Refusal.RECEIPT_TOO_OLD: {"number": "N-1", "days": 30},
    Refusal.HOLD_TIME_OUT_OF_BOUNDS: {"minutes": 2000, "least": 1, "most": 1440},
    Refusal.FEWER_POINTS_THAN_THE_LEAST: {"points": 5, "least": 10},
    Refusal.PROOF_NEEDED: {"points": 600, "above": 500},
    Refusal.TRANSFER_LIMIT_EXCEEDED: {"points": 7000, "limit": "most", "most": 5000},
    Refusal.HOLD_OPEN: {"member": "amal"},
    Refusal.CAPTURED_MORE_THAN_HELD: {"points": 50, "held": 40},
    Refusal.RETURNED_MORE_THAN_LEFT: {"item": "TEA", "returned_milli": 2500, "left_milli": 1000},
    Refusal.INSUFFICIENT_POINTS: {"points": 50, "available": 40},
    Refusal.RETURN_NOT_COVERED: {"points": 70, "withhold_minor": 700},
}


def told(refusal: Refusal, detail: dict[str, Any], language: str = "en") -> str:
    """The clause without marks that only steer direction."""
    with translation.override(language):
        return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", refused(refusal, detail, "SAR")).replace("\u00a0", " ")


@pytest.mark.parametrize("refusal", Refusal)
@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_refusal_has_a_sentence_with_all_its_figures(language: str, refusal: Refusal) -> None:
    detail = DETAILS.get(refusal, {})
    text = told(refusal, detail, language)
    assert text
    assert "{" not in text
    for name, value in detail.items():
        if isinstance(value, str) and name not in ("merge", "status", "limit"):
            assert value in text
    assert language == "en" or not re.search(
        r"[a-z]{4,}", text.replace("amal", "").replace("olaya", "").replace("gems", "")
    )


@pytest.mark.parametrize(
    ("refusal", "detail", "says"),
    [
        (Refusal.MEMBER_NOT_ACTIVE, {"member": "amal", "status": "closed"}, "the membership of “amal” is closed"),
        (Refusal.MEMBER_NOT_ACTIVE, {"member": "amal", "status": "blocked"}, "member “amal” is blocked"),
        (Refusal.FIGURE_OUT_OF_RANGE, {"field": "points"}, "so many points cannot be true"),
        (Refusal.FIGURE_OUT_OF_RANGE, {"field": "minutes"}, "a hold cannot last for so many minutes"),
        (Refusal.FIGURE_OUT_OF_RANGE, {"field": "occurred_at"}, "its date cannot be true"),
        (Refusal.FIGURE_OUT_OF_RANGE, {"line": 3}, "the quantity or the amount is too large to be true"),
        (Refusal.MERGE_TOO_OLD, {"days": 1}, "a merge can be undone for 1 day, and no longer"),
        (
            Refusal.TRANSFER_LIMIT_EXCEEDED,
            {"points": 21000, "limit": "most_a_month", "most": 20000},
            "21,000 this month is more than a member may pass on in a month, 20,000",
        ),
        (Refusal.INSUFFICIENT_POINTS, {"points": 50, "available": 0}, "50 is asked for, and 0 is available"),
        (
            Refusal.RETURNED_MORE_THAN_LEFT,
            {"item": "TEA", "returned_milli": 2500, "left_milli": 1000},
            "2.5 of “TEA” came back, but only 1 can: that is what the receipt still holds",
        ),
        (
            Refusal.RETURN_NOT_COVERED,
            {"points": 70, "withhold_minor": 700},
            "70 points earned by these goods have been spent: withhold SAR 7.00 of the refund, and it is accepted",
        ),
    ],
)
def test_what_is_said(refusal: Refusal, detail: dict[str, Any], says: str) -> None:
    assert told(refusal, detail) == says


@pytest.mark.parametrize(
    ("days", "arabic"), [(1, "يوم واحد"), (2, "يومين"), (3, "٣ أيام"), (30, "٣٠ يومًا"), (100, "١٠٠ يوم")]
)
def test_days_are_counted_as_people_count_them(days: int, arabic: str) -> None:
    assert told(Refusal.MERGE_TOO_OLD, {"days": days}, "ar") == f"لا يمكن إلغاء الدمج إلا خلال {arabic}"
