"""Why a rule gave nothing, in three languages: of receipts that were tried, so that the figures are the core's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.core.earning.evaluating import facts
from tests.core.earning.trying import fixed, judged, knowing
from tests.core.programmes import Json, multiplier, per_amount, per_unit, programme_with, rule
from tests.web.wording.rules.spoken import CREDIT, LANGUAGES, TIERS, said
from wafa.core.earning.caps import PER
from wafa.core.earning.conditions.tree import CONDITIONS
from wafa.core.earning.judged import REASONS as KNOWN
from wafa.core.earning.judged import Judged, Miss
from wafa.core.earning.rules import KINDS
from wafa.wording.rules import Terms, missed
from wafa.wording.rules.missed import REASONS
from wafa.wording.rules.nothing import NOTHING
from wafa.wording.rules.there import THERE

UNITS = [{"code": "credit", "kind": "money", "name": CREDIT, "expiry": {"kind": "never"}}]


@dataclass(frozen=True)
class Case:
    """A rule, a receipt, what is known of it, and what is said of the rule."""

    rule: Json
    en: str
    ar: str
    fa: str
    receipt: str = "A 8.00"
    before: str = "silver"
    on: str = "2026-11-02"
    spent: str = ""
    headroom: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    others: tuple[Json, ...] = ()


def when(kind: str, **fields: Any) -> Json:
    """A rule with one condition."""
    return fixed(when={"kind": kind, **fields})


CASES = [
    Case(
        when("tier", of=["gold"]),
        "Only for Gold members; the member is Silver.",
        "فقط لأعضاء مستوى ذهبي؛ مستوى العضو فضي.",
        "فقط برای اعضای سطح طلایی؛ سطح عضو نقره‌ای است.",
    ),
    Case(
        fixed(when={"not": {"kind": "tier", "of": ["silver"]}}),
        "Not for Silver members; the member is Silver.",
        "لا تسري لأعضاء مستوى فضي؛ مستوى العضو فضي.",
        "برای اعضای سطح نقره‌ای اعتبار ندارد؛ سطح عضو نقره‌ای است.",
    ),
    Case(
        when("weekday", of=["friday"]),
        "Only on Fridays; this was a Monday.",
        "فقط أيام الجمعة؛ كان اليوم يوم الاثنين.",
        "فقط روزهای جمعه؛ آن روز دوشنبه بود.",
    ),
    Case(
        when("hours", **{"from": "16:00", "to": "18:00"}),
        "Not before 16:00.",
        "ليس قبل الساعة ١٦:٠٠.",
        "پیش از ساعت ۱۶:۰۰ اعتبار ندارد.",
        more={"minute": 15 * 60},
    ),
    Case(
        when("hours", **{"from": "16:00", "to": "18:00"}),
        "Only until 18:00.",
        "حتى الساعة ١٨:٠٠ فقط.",
        "فقط تا ساعت ۱۸:۰۰.",
        more={"minute": 18 * 60},
    ),
    Case(
        when("hours", **{"from": "22:00", "to": "02:00"}),
        "Only from 22:00 to 02:00; it was bought at 09:05.",
        "فقط من الساعة ٢٢:٠٠ إلى ٠٢:٠٠؛ كان الشراء الساعة ٠٩:٠٥.",
        "فقط از ساعت ۲۲:۰۰ تا ۰۲:۰۰؛ خرید در ساعت ۰۹:۰۵ بوده است.",
        more={"minute": 9 * 60 + 5},
    ),
    Case(
        when("dates", **{"from": "2026-11-10"}),
        "Not before 10 November 2026.",
        "ليس قبل ١٠ نوفمبر ٢٠٢٦.",
        "پیش از ۱۹ آبان ۱۴۰۵ اعتبار ندارد.",
    ),
    Case(
        when("season", calendar="hijri", **{"from": [9, 1], "to": [9, 30]}),
        "Only in Ramadan every year; it was bought on 3 Shaban.",
        "فقط في رمضان من كل سنة؛ كان الشراء في ٣ شعبان.",
        "فقط در رمضان هر سال؛ خرید در ۳ شعبان بوده است.",
        more={"hijri": [1448, 8, 3, 29]},
    ),
    Case(
        when("branch", of=["olaya"]),
        "Only at the branch olaya; it was bought at the branch malaz.",
        "فقط في فرع olaya؛ كان الشراء في فرع malaz.",
        "فقط در شعبه olaya؛ خرید در شعبه malaz بوده است.",
        more={"branch": "malaz"},
    ),
    Case(
        when("channel", of=["online"]),
        "Only through the channel online; it came through store.",
        "فقط عبر قناة online؛ كان الشراء عبر store.",
        "فقط از کانال online؛ خرید از store بوده است.",
        more={"channel": "store"},
    ),
    Case(
        when("payment", of=["mada"]),
        "Only when paid with mada; it was paid with cash.",
        "فقط عند الدفع بواسطة mada؛ كان الدفع بواسطة cash.",
        "فقط با پرداخت از راه mada؛ پرداخت از راه cash بوده است.",
        more={"payments": {"cash": 800}},
    ),
    Case(
        when("currency", of=["SAR"]),
        "Only for purchases in SAR; it was paid in USD.",
        "فقط للمشتريات بعملة SAR؛ كان الدفع بعملة USD.",
        "فقط برای خرید با ارز SAR؛ پرداخت با ارز USD بوده است.",
        more={"currency": "USD"},
    ),
    Case(
        when("tag", of=["staff"]),
        "Only on receipts tagged staff; the receipt has no tags.",
        "فقط للإيصالات ذات الوسم staff؛ لا وسوم على الإيصال.",
        "فقط برای رسیدهای دارای برچسب staff؛ رسید برچسبی ندارد.",
        more={"tags": []},
    ),
    Case(
        when("member_tag", of=["vip"]),
        "Only for members tagged vip; the member is tagged staff.",
        "فقط للأعضاء ذوي الوسم vip؛ وسم العضو staff.",
        "فقط برای اعضای دارای برچسب vip؛ برچسب عضو staff است.",
        more={"member_tags": ["staff"]},
    ),
    Case(
        when("age", at_least=18),
        "Only for members aged 18 or over; the member's age is not known.",
        "فقط للأعضاء من عمر ١٨ فأكثر؛ عمر العضو غير معروف.",
        "فقط برای اعضای ۱۸ ساله به بالا؛ سن عضو دانسته نیست.",
        more={"age": None},
    ),
    Case(
        when("birthday"),
        "Only on the member's birthday; it is in 2 days.",
        "فقط في يوم عيد ميلاد العضو؛ يحين ذلك بعد يومين.",
        "فقط در روز تولد عضو؛ ۲ روز دیگر است.",
        more={"birthday_in": -2},
    ),
    Case(
        when("anniversary", of="first_purchase"),
        "Only on the anniversary of the first purchase; it was 3 days ago.",
        "فقط في يوم ذكرى أول عملية شراء؛ كان ذلك قبل ٣ أيام.",
        "فقط در سالگرد نخستین خرید؛ ۳ روز پیش بود.",
        more={"first_purchase_in": 3},
    ),
    Case(
        when("nth_purchase", n=3),
        "Only on the 3rd purchase; this is the first purchase.",
        "فقط عند عملية الشراء رقم ٣؛ هذه أول عملية شراء.",
        "فقط در ۳اُمین خرید؛ این نخستین خرید است.",
    ),
    Case(
        when("first_at_branch"),
        "Only on the first purchase at a branch; there were 2 purchases here before.",
        "فقط عند أول عملية شراء في الفرع؛ سبقتها عمليتا شراء هنا.",
        "فقط در نخستین خرید از شعبه؛ پیش‌تر ۲ خرید اینجا بوده است.",
        more={"at_branch": 2},
    ),
    Case(
        when("not_seen", days=60),
        "Only for members who have not bought for 60 days or more; the last purchase was 11 days ago.",
        "فقط للأعضاء الذين لم يشتروا منذ ٦٠ يومًا على الأقل؛ آخر عملية شراء كانت قبل ١١ يومًا.",
        "فقط برای اعضایی که دست‌کم ۶۰ روز خرید نکرده‌اند؛ خرید قبلی ۱۱ روز پیش بود.",
        more={"since_last": 11},
    ),
    Case(
        when("new_member", days=30),
        "Only within 30 days of joining; the member joined 100 days ago.",
        "فقط خلال ٣٠ يومًا من الانضمام؛ انضم العضو قبل ١٠٠ يوم.",
        "فقط تا ۳۰ روز پس از پیوستن؛ عضو ۱۰۰ روز پیش پیوسته است.",
        more={"enrolled_days": 100},
    ),
    Case(
        when("visits", per="month", at_least=3),
        "Only from the 3rd purchase of the month on; this is the 2nd purchase of the month.",
        "فقط ابتداءً من عملية الشراء رقم ٣ في الشهر؛ هذه عملية الشراء رقم ٢ في الشهر.",
        "فقط از ۳اُمین خرید ماه به بعد؛ این ۲اُمین خرید ماه است.",
        more={"visits:month": 1},
    ),
    Case(
        when("spent", per="month", at_least_minor=10000),
        "Only after SAR 100.00 spent earlier in the month; so far it was SAR 40.00.",
        "فقط بعد إنفاق سابق قدره ١٠٠٫٠٠ ر.س. في الشهر نفسه؛ بلغ الإنفاق قبلها ٤٠٫٠٠ ر.س.",
        "فقط پس از ۱۰۰٫۰۰ ریال سعودی خرید پیشین در همان ماه؛ تا پیش از این ۴۰٫۰۰ ریال سعودی بوده است.",
        spent="month 40.00",
    ),
    Case(
        when("referred", n=1),
        "Only on the first purchase of a member who was referred; nobody referred the member.",
        "فقط عند أول عملية شراء لعضو جاء بدعوة؛ لم يدعُ العضوَ أحد.",
        "فقط در نخستین خرید عضوی که معرفی شده است؛ کسی عضو را معرفی نکرده است.",
        more={"referred_purchase": None},
    ),
    Case(
        when("items", lines={"items": ["COFFEE"], "brands": ["x"]}, quantity="2.5"),
        "Only with at least 2.5 of COFFEE or brand x on the receipt; there is 2 on the receipt, for SAR 8.00.",
        "فقط إذا كان في الإيصال ٢٫٥ على الأقل من COFFEE أو العلامة التجارية x؛ في الإيصال منه ٢ بقيمة ٨٫٠٠ ر.س.",
        "فقط با دست‌کم ۲٫۵ از COFFEE یا برند x در رسید؛ در رسید ۲ از آن به ارزش ۸٫۰۰ ریال سعودی هست.",
        receipt="COFFEE×2 8.00",
        more={"labels": {}},
    ),
    Case(
        when("bundle", of=[{"items": ["COFFEE"]}, {"items": ["CAKE"]}]),
        "Only with COFFEE and CAKE bought together; the receipt has 1 of the 2 parts.",
        "فقط عند شراء COFFEE وCAKE معًا؛ في الإيصال ١ من الأجزاء البالغ عددها ٢.",
        "فقط با خرید COFFEE و CAKE با هم؛ از ۲ بخش آن ۱ در رسید است.",
        receipt="COFFEE 8.00",
    ),
    Case(
        when("amount", at_least_minor=10000),
        "Only on receipts of at least SAR 100.00; it comes to SAR 8.00.",
        "فقط للإيصالات من ١٠٠٫٠٠ ر.س. فأكثر؛ بلغ المبلغ ٨٫٠٠ ر.س.",
        "فقط برای رسیدهای ۱۰۰٫۰۰ ریال سعودی به بالا؛ مبلغ آن ۸٫۰۰ ریال سعودی است.",
    ),
    Case(
        when("quantity", at_least="3"),
        "Only on receipts with a quantity of at least 3; the quantity is 1.",
        "فقط للإيصالات التي لا تقل كميتها عن ٣؛ بلغت الكمية ١.",
        "فقط برای رسیدهای با تعداد دست‌کم ۳؛ تعداد ۱ است.",
    ),
    Case(
        fixed(during="2026-10-01 2026-10-31"),
        "Only until 31 October 2026.",
        "حتى ٣١ أكتوبر ٢٠٢٦ فقط.",
        "فقط تا ۹ آبان ۱۴۰۵.",
    ),
    Case(
        fixed(unless={"items": ["A"]}),
        "Not with A on the receipt.",
        "لا تسري وفي الإيصال A.",
        "با A در رسید اعتبار ندارد.",
    ),
    Case(
        fixed(cap={"points": 100, "per": "day"}),
        "The day's 100 points are used up.",
        "استُنفد حد اليوم، وهو ١٠٠ نقطة.",
        "سقف روز، یعنی ۱۰۰ امتیاز، پر شده است.",
        headroom="visit 0",
    ),
    Case(
        fixed(budget=2),
        "The 2 points for all members together are used up.",
        "استُنفدت ميزانية جميع الأعضاء، وهي نقطتان.",
        "بودجه همه اعضا، یعنی ۲ امتیاز، تمام شده است.",
        headroom="visit/budget 0",
    ),
    Case(
        fixed(group="bonus"),
        "Another offer gave more: Larger, 40 points.",
        "منح عرض آخر أكثر: Larger، ٤٠ نقطة.",
        "پیشنهاد دیگری بیشتر داد: Larger، ۴۰ امتیاز.",
        others=(fixed("larger", 40, group="bonus"),),
    ),
    Case(
        fixed(per_receipt={"least": 11}),
        "It would be 10 points, and the least for a receipt is 11 points.",
        "كانت ستكون ١٠ نقاط، والحد الأدنى للإيصال ١١ نقطة.",
        "می‌شد ۱۰ امتیاز، ولی کمترین اندازه برای هر رسید ۱۱ امتیاز است.",
    ),
    Case(
        per_amount("big", per_minor=1000),
        "SAR 8.00 is less than one full SAR 10.00.",
        "٨٫٠٠ ر.س. أقل من ١٠٫٠٠ ر.س. كاملة.",
        "۸٫۰۰ ریال سعودی کمتر از یک ۱۰٫۰۰ ریال سعودی کامل است.",
    ),
    Case(
        per_unit("COFFEE"),
        "There is no whole unit of COFFEE on the receipt.",
        "ليس في الإيصال قطعة كاملة من COFFEE.",
        "در رسید حتی یک عدد کامل COFFEE نیست.",
    ),
    Case(
        fixed(lines={"items": ["COFFEE"]}),
        "Nothing on the receipt counts for it.",
        "لا شيء في الإيصال يُحتسب لها.",
        "چیزی در رسید نیست که برای آن حساب شود.",
    ),
    Case(
        rule("first_purchase", "hello", points=5),
        "This is not the first purchase.",
        "ليست هذه أول عملية شراء.",
        "این نخستین خرید نیست.",
        before="silver, 2 earlier",
    ),
    Case(
        rule("spend_reached", "goal", points=5, minor=10000, per="month"),
        "With this receipt the month comes to SAR 48.00 of SAR 100.00.",
        "بلغ إنفاق الشهر مع هذا الإيصال ٤٨٫٠٠ ر.س. من ١٠٠٫٠٠ ر.س.",
        "خرید ماه با این رسید ۴۸٫۰۰ ریال سعودی از ۱۰۰٫۰۰ ریال سعودی است.",
        spent="month 40.00",
        headroom="goal 5",
    ),
    Case(
        rule("cashback", "back", percent="0.1", unit="credit"),
        "0.1% of SAR 8.00 is less than the smallest coin.",
        "٠٫١٪ من ٨٫٠٠ ر.س. أقل من أصغر وحدة نقدية.",
        "۰٫۱٪ از ۸٫۰۰ ریال سعودی کمتر از کوچک‌ترین سکه است.",
    ),
    Case(
        multiplier(of="big"),
        "Big gives nothing here that could be multiplied.",
        "لا تمنح Big هنا ما يمكن مضاعفته.",
        "Big اینجا چیزی نمی‌دهد که چند برابر شود.",
        others=(per_amount("big", per_minor=1000),),
    ),
    Case(
        rule("tier_percentage", "tier", of="big", percent={"gold": 50}),
        "Nothing for Silver members.",
        "لا شيء لأعضاء مستوى فضي.",
        "برای اعضای سطح نقره‌ای چیزی ندارد.",
        others=(per_amount("big", per_minor=1000),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.en)
def test_why_a_rule_gave_nothing(case: Case) -> None:
    rules = [case.rule, *case.others]
    under = programme_with(*rules, tiers="bronze 0, silver 100, gold 200", units=UNITS)
    known = knowing(facts(case.before, case.on, case.headroom, case.spent), **case.more)
    tried = judged(under, known, case.receipt)[case.rule["code"]]
    terms = Terms.of({"tiers": TIERS, "units": UNITS, "rules": rules}, "SAR")
    found = [said(language, lambda: missed(tried, terms)) for language in LANGUAGES]
    assert found == [case.en, case.ar, case.fa]


@pytest.mark.parametrize(
    ("miss", "en", "ar", "fa"),
    [
        (
            Miss("limits", {"points": 1}),
            "It would be 1 point, but the programme's limits for all points together leave none.",
            "كانت ستكون نقطة واحدة، لكن حدود البرنامج لمجموع النقاط لا تُبقي شيئًا.",
            "می‌شد ۱ امتیاز، ولی حدهای برنامه برای مجموع امتیازها جایی نمی‌گذارد.",
        ),
        (
            Miss("branch_rule", {"branch": "olaya"}),
            "Switched off at the branch olaya.",
            "موقوفة في فرع olaya.",
            "در شعبه olaya خاموش است.",
        ),
        (
            Miss("nothing_to_count", {"eligible_minor": 100, "rate": "0.5", "unrated": 1}),
            "It would be 1 point, but times 0.5, as the branch has it, nothing is left.",
            "كانت ستكون نقطة واحدة، لكن معامل الفرع × ٠٫٥ لا يُبقي شيئًا.",
            "می‌شد ۱ امتیاز، ولی با ضریب شعبه × ۰٫۵ چیزی نمی‌ماند.",
        ),
    ],
)
def test_what_branches_and_the_programme_take(miss: Miss, en: str, ar: str, fa: str) -> None:
    tried = Judged("visit", "fixed", None, miss, None)
    terms = Terms.of({"rules": [fixed()]}, "SAR")
    assert [said(language, lambda: missed(tried, terms)) for language in LANGUAGES] == [en, ar, fa]


@pytest.mark.parametrize("per", PER)
def test_each_period_can_be_used_up(per: str) -> None:
    tried = Judged("visit", "fixed", None, Miss("cap", {"points": 5, "most": 100, "per": per}), None)
    for language in LANGUAGES:
        assert "100" in said("en", lambda: missed(tried, Terms.of({}, "SAR")))
        assert said(language, lambda: missed(tried, Terms.of({}, "SAR")))


def test_one_that_gave_something_missed_nothing() -> None:
    assert missed(Judged("visit", "fixed", None, None, None), Terms.of({}, "SAR")) == ""


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(KNOWN)
    assert set(THERE) == set(CONDITIONS)
    assert set(NOTHING) == set(KINDS)


def test_every_kind_of_condition_is_missed_once() -> None:
    conditions = [case.rule["when"] for case in CASES if "when" in case.rule]
    assert {each.get("kind") for each in conditions} >= set(CONDITIONS)
