"""How little more would have brought more: plurals in three languages."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import SOURCE
from tests.web.wording.rules.spoken import LANGUAGES, said, terms
from wafa.core.earning.judged import Judged, Near
from wafa.core.earning.reading import Award
from wafa.wording.rules import near
from wafa.wording.rules.near import NEAR

GIVEN = Award("base", "per_amount", 5, True, {})
NOT_YET = None
TABLE = [
    ("amount", 1200, 10, GIVEN, "SAR 12.00 more for the next 10 points.", "بقي ١٢٫٠٠ ر.س.، وبعدها ١٠ نقاط أخرى.",
     "با ۱۲٫۰۰ ریال سعودی بیشتر، ۱۰ امتیاز دیگر."),
    ("amount", 1200, 2, NOT_YET, "SAR 12.00 more for 2 points.", "بقي ١٢٫٠٠ ر.س.، وبعدها نقطتان.",
     "با ۱۲٫۰۰ ریال سعودی بیشتر، ۲ امتیاز."),
    ("visits", 1, 50, NOT_YET, "1 more visit for 50 points.", "بقيت زيارة واحدة، وبعدها ٥٠ نقطة.",
     "با ۱ مراجعه دیگر، ۵۰ امتیاز."),
    ("visits", 2, 50, NOT_YET, "2 more visits for 50 points.", "بقيت زيارتان، وبعدهما ٥٠ نقطة.",
     "با ۲ مراجعه دیگر، ۵۰ امتیاز."),
    ("visits", 3, 50, NOT_YET, "3 more visits for 50 points.", "بقيت ٣ زيارات، وبعدها ٥٠ نقطة.",
     "با ۳ مراجعه دیگر، ۵۰ امتیاز."),
    ("visits", 11, 50, NOT_YET, "11 more visits for 50 points.", "بقيت ١١ زيارة، وبعدها ٥٠ نقطة.",
     "با ۱۱ مراجعه دیگر، ۵۰ امتیاز."),
    ("visits", 100, 50, NOT_YET, "100 more visits for 50 points.", "بقيت ١٠٠ زيارة، وبعدها ٥٠ نقطة.",
     "با ۱۰۰ مراجعه دیگر، ۵۰ امتیاز."),
    ("nth_purchase", 1, 3, NOT_YET, "1 more purchase for 3 points.", "بقيت عملية شراء واحدة، وبعدها ٣ نقاط.",
     "با ۱ خرید دیگر، ۳ امتیاز."),
    ("nth_purchase", 3, 1, NOT_YET, "3 more purchases for 1 point.", "بقيت ٣ عمليات شراء، وبعدها نقطة واحدة.",
     "با ۳ خرید دیگر، ۱ امتیاز."),
    ("quantity", 1000, 5, NOT_YET, "1 more unit for 5 points.", "بقيت قطعة واحدة، وبعدها ٥ نقاط.",
     "با ۱ عدد دیگر، ۵ امتیاز."),
    ("quantity", 500, 5, NOT_YET, "0.5 more units for 5 points.", "بقيت ٠٫٥ قطعة، وبعدها ٥ نقاط.",
     "با ۰٫۵ عدد دیگر، ۵ امتیاز."),
    ("quantity", 3000, 5, NOT_YET, "3 more units for 5 points.", "بقيت ٣ قطع، وبعدها ٥ نقاط.",
     "با ۳ عدد دیگر، ۵ امتیاز."),
    ("spent", 1200, 500, NOT_YET, "Spend SAR 12.00 more for 500 points.", "بقي إنفاق ١٢٫٠٠ ر.س.، وبعده ٥٠٠ نقطة.",
     "با ۱۲٫۰۰ ریال سعودی خرید دیگر، ۵۰۰ امتیاز."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "missing", "points", "award", "en", "ar", "fa"), TABLE)
def test_how_little_more_would_bring_more(
    code: str, missing: int, points: int, award: Award | None, en: str, ar: str, fa: str
) -> None:
    tried = Judged("base", "per_amount", award, None, Near(code, missing, {"points": points}))
    assert [said(language, lambda: near(tried, terms())) for language in LANGUAGES] == [en, ar, fa]


def test_what_must_be_spent_before_brings_something_next_time() -> None:
    tried = Judged("base", "fixed", None, None, Near("spent", 1200, {"points": 5, "at_least_minor": 9000}))
    assert [said(language, lambda: near(tried, terms())) for language in LANGUAGES] == [
        "Spend SAR 12.00 more, and the next purchase brings 5 points.",
        "بقي إنفاق ١٢٫٠٠ ر.س.، وبعده تمنح عملية الشراء التالية ٥ نقاط.",
        "پس از ۱۲٫۰۰ ریال سعودی خرید دیگر، خرید بعدی ۵ امتیاز می‌آورد.",
    ]


def test_nothing_near_is_nothing_said() -> None:
    assert near(Judged("base", "fixed", GIVEN, None, None), terms()) == ""


def test_whatever_the_core_calls_lacking_has_words() -> None:
    earning = (SOURCE / "core" / "earning").rglob("*.py")
    named = {code for path in earning for code in re.findall(r'Lacking\("(\w+)"', path.read_text("utf-8"))}
    assert named == set(NEAR)
