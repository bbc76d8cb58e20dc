"""Rules, limits, exclusions, branches and activities as sentences, in three languages."""

from __future__ import annotations

import pytest

from tests.core.programmes import Json, demo_body
from tests.web.wording.rules.spoken import BASE, BODY, LANGUAGES, said, terms
from wafa.core.earning.activities import KINDS as ACTIVITIES
from wafa.core.earning.activities import ONCE_PER
from wafa.core.earning.caps import PER
from wafa.core.earning.rules import KINDS
from wafa.wording.rules import programme_sentences, rule_sentence
from wafa.wording.rules.activities import done, once
from wafa.wording.rules.bounds import at_most
from wafa.wording.rules.giving import GIVING

FRIDAY_AFTERNOON = {"all": [{"kind": "weekday", "of": ["friday"]}, {"kind": "hours", "from": "16:00", "to": "18:00"}]}
RULES: list[tuple[Json, str, str, str]] = [
    (
        BASE,
        "1 point for each full SAR 1.00 of the receipt.",
        "نقطة واحدة عن كل ١٫٠٠ ر.س. كاملة من الإيصال.",
        "۱ امتیاز برای هر ۱٫۰۰ ریال سعودی کامل از رسید.",
    ),
    (
        {"kind": "per_amount", "points": 2, "per_minor": 300, "mode": "proportional", "lines": {"tags": ["bio"]}},
        "2 points for every SAR 3.00 of goods tagged bio (in proportion).",
        "نقطتان عن كل ٣٫٠٠ ر.س. من بضائع الوسم bio (بالتناسب).",
        "۲ امتیاز برای هر ۳٫۰۰ ریال سعودی از کالاهای برچسب bio (به نسبت).",
    ),
    (
        {
            "kind": "multiplier",
            "of": "base",
            "factor": "2",
            "when": FRIDAY_AFTERNOON,
            "cap": {"points": 100, "per": "day"},
        },
        "Double points on Base on Fridays from 16:00 to 18:00, at most 100 points a day.",
        "ضعف النقاط على الأساس أيام الجمعة من الساعة ١٦:٠٠ إلى ١٨:٠٠، الحد الأقصى ١٠٠ نقطة في اليوم.",
        "امتیاز دوبرابر بر پایه، روزهای جمعه از ساعت ۱۶:۰۰ تا ۱۸:۰۰، حداکثر ۱۰۰ امتیاز در روز.",
    ),
    (
        {"kind": "tier_percentage", "of": "base", "percent": {"silver": 25, "gold": 50}},
        "More on Base by tier: Silver 25%, Gold 50%.",
        "زيادة على الأساس بحسب المستوى: فضي ٢٥٪، ذهبي ٥٠٪.",
        "افزایش پایه به نسبت سطح: نقره‌ای ۲۵٪، طلایی ۵۰٪.",
    ),
    (
        {"kind": "per_unit", "items": ["COFFEE", "TEA"], "points": 10, "cap_per_receipt": 100},
        "10 points for each unit of COFFEE or TEA, at most 100 points a receipt.",
        "١٠ نقاط عن كل قطعة من COFFEE أو TEA، الحد الأقصى ١٠٠ نقطة للإيصال.",
        "۱۰ امتیاز برای هر عدد از COFFEE یا TEA، حداکثر ۱۰۰ امتیاز در هر رسید.",
    ),
    (
        {"kind": "fixed", "points": 1, "unit": "stamps", "lines": {"items": ["COFFEE"]}, "budget": 1000},
        "1 stamp for a receipt with COFFEE, at most 1,000 stamps for all members together.",
        "ختم واحد عن الإيصال الذي فيه COFFEE، الحد الأقصى ١٬٠٠٠ ختم لجميع الأعضاء معًا.",
        "۱ مُهر برای هر رسید دارای COFFEE، حداکثر ۱٬۰۰۰ مُهر برای همه اعضا روی هم.",
    ),
    (
        {"kind": "cashback", "percent": "2.5", "unit": "credit", "per_receipt": {"least": 50, "most": 1000}},
        "2.5% of the receipt back as Store credit, at most SAR 10.00 a receipt, nothing below SAR 0.50 a receipt.",
        "٢٫٥٪ من الإيصال تُعاد في صورة رصيد المتجر، الحد الأقصى ١٠٫٠٠ ر.س. للإيصال، "
        "الحد الأدنى للمنح ٠٫٥٠ ر.س. للإيصال.",
        "بازگشت ۲٫۵٪ از رسید به صورت اعتبار فروشگاه، حداکثر ۱۰٫۰۰ ریال سعودی در هر رسید، "
        "حداقل ۰٫۵۰ ریال سعودی در هر رسید وگرنه هیچ.",
    ),
    (
        {"kind": "first_purchase", "points": 100, "during": {"to": "2026-11-30"}},
        "100 points for the first purchase until 30 November 2026.",
        "١٠٠ نقطة لأول عملية شراء حتى ٣٠ نوفمبر ٢٠٢٦.",
        "۱۰۰ امتیاز برای نخستین خرید، تا ۹ آذر ۱۴۰۵.",
    ),
    (
        {"kind": "spend_reached", "points": 500, "minor": 100000, "per": "month", "group": "bonus"},
        "500 points once SAR 1,000.00 is spent in a month. Of the group bonus only the largest award counts.",
        "٥٠٠ نقطة عند بلوغ الإنفاق ١٬٠٠٠٫٠٠ ر.س. في شهر واحد. لا يُحتسب من المجموعة bonus إلا أكبرها.",
        "۵۰۰ امتیاز با رسیدن خرید به ۱٬۰۰۰٫۰۰ ریال سعودی در یک ماه. از گروه bonus فقط بزرگ‌ترین پاداش حساب می‌شود.",
    ),
    (
        {"kind": "fixed", "points": 11, "unless": {"items": ["SALE"], "discounted": True}},
        "11 points for a receipt, unless SALE or anything discounted is on the receipt.",
        "١١ نقطة عن كل إيصال، إلا إذا كان في الإيصال SALE أو أي بضاعة مخفّضة.",
        "۱۱ امتیاز برای هر رسید، مگر آنکه SALE یا کالایی تخفیف‌دار در رسید باشد.",
    ),
]
REST: list[tuple[Json, str, str, str]] = [
    (
        {"limits": {"caps": [{"points": 2, "per": "day"}], "per_receipt": {"most": 1}}},
        "All points together: at most 2 points a day, at most 1 point a receipt.",
        "مجموع النقاط كلها: الحد الأقصى نقطتان في اليوم، الحد الأقصى نقطة واحدة للإيصال.",
        "همه امتیازها روی هم: حداکثر ۲ امتیاز در روز، حداکثر ۱ امتیاز در هر رسید.",
    ),
    (
        {"exclusions": {"items": ["POST"], "categories": ["tobacco"], "patterns": ["gift_*"]}},
        "Nothing is earned on POST, category tobacco or items like gift_*.",
        "لا كسب عن POST، الفئة tobacco أو الأصناف التي رموزها مثل gift_*.",
        "برای POST، دسته tobacco یا کالاهای با کدی مانند gift_* چیزی داده نمی‌شود.",
    ),
    (
        {"exclusions": {"payments": ["points", "gift_card"]}},
        "What is paid with points or gift_card earns nothing.",
        "لا كسب عمّا يُدفع بواسطة points أو gift_card.",
        "برای آنچه با points یا gift_card پرداخت شود چیزی داده نمی‌شود.",
    ),
    (
        {"branch_rules": [{"branch": "olaya", "rates": {"base": "1.5"}}]},
        "At the branch olaya: Base × 1.5.",
        "في فرع olaya: الأساس × ١٫٥.",
        "در شعبه olaya: پایه × ۱٫۵.",
    ),
    (
        {"branch_rules": [{"branch": "group:riyadh", "off": ["base"]}]},
        "At the branches of the group riyadh: without Base.",
        "في فروع مجموعة riyadh: دون الأساس.",
        "در شعبه‌های گروه riyadh: بدون پایه.",
    ),
    (
        {"activities": [{"code": "r", "kind": "review", "points": 50, "once_per": "subject"}]},
        "50 points for a review, once for each subject.",
        "٥٠ نقطة عن كتابة تقييم، مرة واحدة لكل موضوع.",
        "۵۰ امتیاز برای نوشتن نظر، یک بار برای هر مورد.",
    ),
    (
        {"activities": [{"code": "b", "kind": "birthday", "points": 3}]},
        "3 points on each birthday.",
        "٣ نقاط في كل عيد ميلاد.",
        "۳ امتیاز در هر روز تولد.",
    ),
    (
        {"activities": [{"code": "e", "kind": "event", "points": 2, "once_per": "day", "name": {"en": "100% Run"}}]},
        "2 points for “100% Run”, once a day.",
        "نقطتان عن «100% Run»، مرة واحدة في اليوم.",
        "۲ امتیاز برای «100% Run»، یک بار در روز.",
    ),
]


@pytest.mark.parametrize(("rule", "en", "ar", "fa"), RULES)
def test_a_rule_is_a_sentence(rule: Json, en: str, ar: str, fa: str) -> None:
    assert [said(language, lambda: rule_sentence(rule, terms())) for language in LANGUAGES] == [en, ar, fa]


@pytest.mark.parametrize(("section", "en", "ar", "fa"), REST)
def test_so_is_all_else_that_a_programme_says_of_earning(section: Json, en: str, ar: str, fa: str) -> None:
    body = BODY | section
    found = [said(language, lambda: programme_sentences(body, "SAR"))[1:] for language in LANGUAGES]
    assert found == [[en], [ar], [fa]]


@pytest.mark.parametrize(
    ("points", "en", "ar", "fa"),
    [
        (1, "1 point", "نقطة واحدة", "۱ امتیاز"),
        (2, "2 points", "نقطتان", "۲ امتیاز"),
        (3, "3 points", "٣ نقاط", "۳ امتیاز"),
        (11, "11 points", "١١ نقطة", "۱۱ امتیاز"),
        (100, "100 points", "١٠٠ نقطة", "۱۰۰ امتیاز"),
    ],
)
def test_points_read_as_people_count(points: int, en: str, ar: str, fa: str) -> None:
    rule = {"kind": "fixed", "points": points}
    found = [said(language, lambda: rule_sentence(rule, terms())) for language in LANGUAGES]
    assert found == [f"{en} for a receipt.", f"{ar} عن كل إيصال.", f"{fa} برای هر رسید."]


def test_the_demo_has_a_sentence_for_each_rule_and_one_for_its_exclusions() -> None:
    body = demo_body()
    for language in LANGUAGES:
        assert len(said(language, lambda: programme_sentences(body, "GBP"))) == len(body["rules"]) + 1


def test_every_kind_has_words() -> None:
    assert set(GIVING) == set(KINDS)
    assert {rule["kind"] for rule, *_ in RULES} == set(KINDS)
    assert all("%(points)s" in said("ar", lambda per=per: at_most(per)) for per in PER)
    assert all(said("fa", lambda per=per: once(per)) for per in ONCE_PER)
    assert all(done({"kind": kind, "code": "x"}) for kind in ACTIVITIES)
