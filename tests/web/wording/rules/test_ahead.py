"""The tier that a receipt would reach, and how far the next one is."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from wafa.core.decide.preview import Preview
from wafa.core.tiers.ladder import Ahead
from wafa.core.tiers.qualification import Tier
from wafa.wording.rules import Terms, ahead

BODY = {
    "tiers": [
        {"code": "silver", "from": 500, "name": {"en": "Silver", "ar": "فضي", "fa": "نقره‌ای"}},
        {"code": "gold", "from": 2000, "name": {"en": "Gold", "ar": "ذهبي", "fa": "طلایی"}},
    ]
}


def told(language: str, measure: str, missing: int | None, before: str = "silver", after: str = "silver") -> str:
    """The sentence, without marks that only steer direction."""
    following = Ahead(Tier("gold", 2000, {}), missing) if missing is not None else None
    with translation.override(language):
        said = ahead(Preview(None, None, (), before, after, following), measure, Terms.of(BODY, "SAR"))
    return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", said).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "measure", "missing", "expected"),
    [
        ("en", "points", 340, "Gold in 340 points."),
        ("en", "points", 1, "Gold in 1 point."),
        ("en", "visits", 1, "Gold in 1 visit."),
        ("en", "visits", 2, "Gold in 2 visits."),
        ("en", "spend", 34_000, "Gold in SAR 340.00."),
        ("ar", "points", 1, "المستوى التالي ذهبي بعد نقطة واحدة."),
        ("ar", "points", 2, "المستوى التالي ذهبي بعد نقطتين."),
        ("ar", "points", 3, "المستوى التالي ذهبي بعد ٣ نقاط."),
        ("ar", "points", 11, "المستوى التالي ذهبي بعد ١١ نقطة."),
        ("ar", "visits", 100, "المستوى التالي ذهبي بعد ١٠٠ زيارة."),
        ("fa", "points", 340, "۳۴۰ امتیاز دیگر تا سطح طلایی."),
        ("fa", "visits", 1, "۱ مراجعهٔ دیگر تا سطح طلایی."),
        ("en", "points", None, ""),
    ],
)
def test_the_next_tier(language: str, measure: str, missing: int | None, expected: str) -> None:
    assert told(language, measure, missing) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Reaches Silver."), ("ar", "يبلغ مستوى فضي."), ("fa", "به سطح نقره‌ای می‌رسد.")]
)
def test_a_tier_that_is_reached(language: str, expected: str) -> None:
    assert told(language, "points", None, before="") == expected
