"""What becomes of one programme in another one, in three languages."""

from __future__ import annotations

import pytest

from tests.core.programmes import Json
from tests.web.wording.rules.spoken import BASE, BODY, LANGUAGES, TIERS, said
from wafa.wording.rules import changes

VISIT = {"code": "visit", "kind": "fixed", "points": 3, "name": {"en": "Visit", "ar": "زيارة", "fa": "مراجعه"}}
REVIEW = {"code": "r", "kind": "review", "points": 50, "once_per": "day", "name": {"en": "Review"}}


@pytest.mark.parametrize(
    ("before", "after", "en", "ar", "fa"),
    [
        ({}, {"rules": [BASE, VISIT]}, "New: Visit: 3 points for a receipt.",
         "جديد: زيارة: ٣ نقاط عن كل إيصال.", "تازه: مراجعه: ۳ امتیاز برای هر رسید."),
        ({"rules": [BASE, VISIT]}, {}, "Removed: Visit: 3 points for a receipt.",
         "حُذف: زيارة: ٣ نقاط عن كل إيصال.", "حذف شد: مراجعه: ۳ امتیاز برای هر رسید."),
        ({"rules": [VISIT]}, {"rules": [VISIT | {"points": 2}]},
         "Visit – was: 3 points for a receipt. Now: 2 points for a receipt.",
         "زيارة – كان: ٣ نقاط عن كل إيصال. وأصبح: نقطتان عن كل إيصال.",
         "مراجعه – پیش از این: ۳ امتیاز برای هر رسید. از این پس: ۲ امتیاز برای هر رسید."),
        ({"rules": [VISIT]}, {"rules": [VISIT | {"qualifying": True, "priority": 1}]},
         "Visit changed: order of cutting and counting for the tier.",
         "تغيّر في زيارة: ترتيب التخفيض والاحتساب للمستوى.",
         "در مراجعه تغییر کرد: نوبت کاستن و حساب شدن برای سطح."),
        ({"rules": [BASE, VISIT]}, {"rules": [VISIT, BASE]}, "Changed: the order of rules.",
         "تغيّر الترتيب: القواعد.", "ترتیب تغییر کرد: قاعده‌ها."),
        ({}, {"limits": {"caps": [{"points": 11, "per": "week"}]}},
         "New: All points together: at most 11 points a week.",
         "جديد: مجموع النقاط كلها: الحد الأقصى ١١ نقطة في الأسبوع.",
         "تازه: همه امتیازها روی هم: حداکثر ۱۱ امتیاز در هفته."),
        ({"exclusions": {"tax": True}}, {}, "Removed: Amounts count without tax.",
         "حُذف: تُحتسب المبالغ دون الضريبة.", "حذف شد: مبلغ‌ها بدون مالیات حساب می‌شود."),
        ({}, {"activities": [REVIEW]}, "New: Review: 50 points for a review, once a day.",
         "جديد: Review: ٥٠ نقطة عن كتابة تقييم، مرة واحدة في اليوم.",
         "تازه: Review: ۵۰ امتیاز برای نوشتن نظر، یک بار در روز."),
        ({}, {"tiers": [TIERS[0], TIERS[1] | {"from": 150}, TIERS[2]]},
         "Silver begins at 150, and no longer at 100.",
         "يبدأ مستوى فضي من ١٥٠ بعد أن كان من ١٠٠.",
         "سطح نقره‌ای از ۱۵۰ آغاز می‌شود و دیگر نه از ۱۰۰."),
        ({"tiers": TIERS[:2]}, {}, "New tier: Gold, from 200 on.",
         "مستوى جديد: ذهبي، ابتداءً من ٢٠٠.", "سطح تازه: طلایی، از ۲۰۰ به بالا."),
        ({}, {"tiers": TIERS[:2]}, "Removed tier: Gold.", "حُذف المستوى: ذهبي.", "سطح حذف شد: طلایی."),
        ({}, {"expiry": {"kind": "months", "months": 6}}, "Changed: expiry.",
         "تغيّر: انتهاء الصلاحية.", "تغییر کرد: انقضا."),
        ({}, {"branch_bounds": {"may_add": True}}, "Changed: what branches may do.",
         "تغيّر: ما يجوز للفروع.", "تغییر کرد: اختیار شعبه‌ها."),
    ],
)  # fmt: skip
def test_what_changed(before: Json, after: Json, en: str, ar: str, fa: str) -> None:
    found = [said(language, lambda: changes(BODY | before, BODY | after, "SAR")) for language in LANGUAGES]
    assert found == [[en], [ar], [fa]]


def test_nothing_changed() -> None:
    assert changes(BODY, dict(BODY), "SAR") == []
