"""Conditions as sentences, in three languages."""

from __future__ import annotations

import pytest

from tests.core.programmes import Json
from tests.web.wording.rules.spoken import LANGUAGES, said, terms
from wafa.core.earning.conditions.tree import CONDITIONS
from wafa.wording.rules import condition_sentence
from wafa.wording.rules.conditions import CLAUSES

COFFEE = {"items": ["COFFEE"]}
FRIDAY = {"kind": "weekday", "of": ["friday"]}
AFTERNOON = {"kind": "hours", "from": "16:00", "to": "18:00"}
GOLD = {"kind": "tier", "of": ["gold"]}
OLAYA = {"kind": "branch", "of": ["olaya"]}
TABLE: list[tuple[Json, str, str, str]] = [
    (
        {"kind": "items", "lines": {"items": ["COFFEE"], "categories": ["dairy"]}},
        "Only with COFFEE or category dairy on the receipt.",
        "فقط إذا كان في الإيصال COFFEE أو الفئة dairy.",
        "فقط با COFFEE یا دسته dairy در رسید.",
    ),
    (
        {"kind": "items", "lines": COFFEE, "quantity": "2"},
        "Only with at least 2 of COFFEE on the receipt.",
        "فقط إذا كان في الإيصال ٢ على الأقل من COFFEE.",
        "فقط با دست‌کم ۲ از COFFEE در رسید.",
    ),
    (
        {"kind": "bundle", "of": [COFFEE, {"brands": ["x"], "discounted": False}]},
        "Only with COFFEE and brand x without a discount bought together.",
        "فقط عند شراء COFFEE والعلامة التجارية x دون خصم معًا.",
        "فقط با خرید COFFEE و برند x بدون تخفیف با هم.",
    ),
    (
        {"kind": "amount", "at_least_minor": 10000, "with_tax": False},
        "Only on receipts of at least SAR 100.00 (without tax).",
        "فقط للإيصالات من ١٠٠٫٠٠ ر.س. فأكثر (دون الضريبة).",
        "فقط برای رسیدهای ۱۰۰٫۰۰ ریال سعودی به بالا (بدون مالیات).",
    ),
    (
        {"kind": "quantity", "at_least": "3"},
        "Only on receipts with a quantity of at least 3.",
        "فقط للإيصالات التي لا تقل كميتها عن ٣.",
        "فقط برای رسیدهای با تعداد دست‌کم ۳.",
    ),
    (
        {"kind": "branch", "of": ["olaya", "group:riyadh"]},
        "Only at the branch olaya or the branches of the group riyadh.",
        "فقط في فرع olaya أو فروع مجموعة riyadh.",
        "فقط در شعبه olaya یا شعبه‌های گروه riyadh.",
    ),
    (
        {"kind": "channel", "of": ["online"]},
        "Only through the channel online.",
        "فقط عبر قناة online.",
        "فقط از کانال online.",
    ),
    (
        {"kind": "payment", "of": ["mada"]},
        "Only when paid with mada.",
        "فقط عند الدفع بواسطة mada.",
        "فقط با پرداخت از راه mada.",
    ),
    (
        {"kind": "currency", "of": ["SAR"]},
        "Only for purchases in SAR.",
        "فقط للمشتريات بعملة SAR.",
        "فقط برای خرید با ارز SAR.",
    ),
    (
        {"kind": "tag", "of": ["staff"]},
        "Only on receipts tagged staff.",
        "فقط للإيصالات ذات الوسم staff.",
        "فقط برای رسیدهای دارای برچسب staff.",
    ),
    (
        {"kind": "weekday", "of": ["saturday", "friday"]},
        "Only on Fridays and Saturdays.",
        "فقط أيام الجمعة والسبت.",
        "فقط روزهای جمعه و شنبه.",
    ),
    (AFTERNOON, "Only from 16:00 to 18:00.", "فقط من الساعة ١٦:٠٠ إلى ١٨:٠٠.", "فقط از ساعت ۱۶:۰۰ تا ۱۸:۰۰."),
    (
        {"kind": "dates", "from": "2026-11-01"},
        "Only from 1 November 2026 on.",
        "فقط ابتداءً من ١ نوفمبر ٢٠٢٦.",
        "فقط از ۱۰ آبان ۱۴۰۵ به بعد.",
    ),
    (
        {"kind": "season", "calendar": "hijri", "from": [9, 1], "to": [9, 30]},
        "Only in Ramadan every year.",
        "فقط في رمضان من كل سنة.",
        "فقط در رمضان هر سال.",
    ),
    (
        {"kind": "season", "calendar": "jalali", "from": [1, 1], "to": [1, 13]},
        "Only from 1 Farvardin to 13 Farvardin every year.",
        "فقط من ١ فروردين إلى ١٣ فروردين من كل سنة.",
        "فقط از ۱ فروردین تا ۱۳ فروردین هر سال.",
    ),
    (
        {"kind": "tier", "of": ["gold", "silver"]},
        "Only for Silver or Gold members.",
        "فقط لأعضاء مستوى فضي أو ذهبي.",
        "فقط برای اعضای سطح نقره‌ای یا طلایی.",
    ),
    (
        {"kind": "member_tag", "of": ["vip"]},
        "Only for members tagged vip.",
        "فقط للأعضاء ذوي الوسم vip.",
        "فقط برای اعضای دارای برچسب vip.",
    ),
    (
        {"kind": "age", "at_least": 18, "at_most": 25},
        "Only for members aged 18 to 25.",
        "فقط للأعضاء من عمر ١٨ إلى ٢٥.",
        "فقط برای اعضای ۱۸ تا ۲۵ ساله.",
    ),
    (
        {"kind": "birthday", "days_before": 3, "days_after": 1},
        "Only from 3 days before the member's birthday to 1 day after it.",
        "فقط من ٣ أيام قبل عيد ميلاد العضو إلى يوم واحد بعد ذلك.",
        "فقط از ۳ روز پیش از روز تولد عضو تا ۱ روز پس از آن.",
    ),
    (
        {"kind": "anniversary", "of": "enrolment"},
        "Only on the anniversary of joining.",
        "فقط في يوم ذكرى الانضمام.",
        "فقط در سالگرد پیوستن.",
    ),
    (
        {"kind": "nth_purchase", "n": 3},
        "Only on the 3rd purchase.",
        "فقط عند عملية الشراء رقم ٣.",
        "فقط در ۳اُمین خرید.",
    ),
    (
        {"kind": "nth_purchase", "every": 5},
        "Only on every 5th purchase.",
        "فقط مرة كل ٥ عمليات شراء.",
        "فقط در هر ۵ خرید یک بار.",
    ),
    (
        {"kind": "first_at_branch"},
        "Only on the first purchase at a branch.",
        "فقط عند أول عملية شراء في الفرع.",
        "فقط در نخستین خرید از شعبه.",
    ),
    (
        {"kind": "not_seen", "days": 60},
        "Only for members who have not bought for 60 days or more.",
        "فقط للأعضاء الذين لم يشتروا منذ ٦٠ يومًا على الأقل.",
        "فقط برای اعضایی که دست‌کم ۶۰ روز خرید نکرده‌اند.",
    ),
    (
        {"kind": "new_member", "days": 100},
        "Only within 100 days of joining.",
        "فقط خلال ١٠٠ يوم من الانضمام.",
        "فقط تا ۱۰۰ روز پس از پیوستن.",
    ),
    (
        {"kind": "visits", "per": "month", "n": 1},
        "Only on the first purchase of the month.",
        "فقط عند أول عملية شراء في الشهر.",
        "فقط در نخستین خرید ماه.",
    ),
    (
        {"kind": "visits", "per": "week", "at_least": 22},
        "Only from the 22nd purchase of the week on.",
        "فقط ابتداءً من عملية الشراء رقم ٢٢ في الأسبوع.",
        "فقط از ۲۲اُمین خرید هفته به بعد.",
    ),
    (
        {"kind": "spent", "per": "month", "at_least_minor": 100000},
        "Only after SAR 1,000.00 spent earlier in the month.",
        "فقط بعد إنفاق سابق قدره ١٬٠٠٠٫٠٠ ر.س. في الشهر نفسه.",
        "فقط پس از ۱٬۰۰۰٫۰۰ ریال سعودی خرید پیشین در همان ماه.",
    ),
    (
        {"kind": "referred", "n": 1},
        "Only on the first purchase of a member who was referred.",
        "فقط عند أول عملية شراء لعضو جاء بدعوة.",
        "فقط در نخستین خرید عضوی که معرفی شده است.",
    ),
    (
        {"all": [FRIDAY, AFTERNOON, GOLD]},
        "Only on Fridays from 16:00 to 18:00, for Gold members.",
        "فقط أيام الجمعة من الساعة ١٦:٠٠ إلى ١٨:٠٠، لأعضاء مستوى ذهبي.",
        "فقط روزهای جمعه از ساعت ۱۶:۰۰ تا ۱۸:۰۰، برای اعضای سطح طلایی.",
    ),
    (
        {"any": [FRIDAY, {"all": [GOLD, OLAYA]}]},
        "Only on Fridays or (for Gold members and at the branch olaya).",
        "فقط أيام الجمعة أو (لأعضاء مستوى ذهبي وفي فرع olaya).",
        "فقط روزهای جمعه یا (برای اعضای سطح طلایی و در شعبه olaya).",
    ),
    ({"not": FRIDAY}, "Not on Fridays.", "لا تسري أيام الجمعة.", "روزهای جمعه اعتبار ندارد."),
    (
        {"all": [GOLD, {"not": {"any": [FRIDAY, OLAYA]}}]},
        "Only for Gold members, except (on Fridays or at the branch olaya).",
        "فقط لأعضاء مستوى ذهبي، إلا (أيام الجمعة أو في فرع olaya).",
        "فقط برای اعضای سطح طلایی، مگر (روزهای جمعه یا در شعبه olaya).",
    ),
    (
        {"any": [OLAYA, {"not": GOLD}]},
        "Only at the branch olaya or not for Gold members.",
        "فقط في فرع olaya أو ليس لأعضاء مستوى ذهبي.",
        "فقط در شعبه olaya یا نه برای اعضای سطح طلایی.",
    ),
]


@pytest.mark.parametrize(("condition", "en", "ar", "fa"), TABLE)
def test_a_condition_by_itself(condition: Json, en: str, ar: str, fa: str) -> None:
    found = [said(language, lambda: condition_sentence(condition, terms())) for language in LANGUAGES]
    assert found == [en, ar, fa]


def test_every_kind_has_words_and_an_example() -> None:
    assert set(CLAUSES) == set(CONDITIONS)
    assert {condition.get("kind") for condition, *_ in TABLE} >= set(CONDITIONS)
