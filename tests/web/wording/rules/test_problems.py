"""What is wrong in a programme, with its place, in three languages; every code of the core has words."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import SOURCE
from tests.web.wording.rules.spoken import LANGUAGES, said
from wafa.wording.rules import problem
from wafa.wording.rules.faults import PROBLEMS
from wafa.wording.rules.fields import FIELDS

READERS = ("earning", "expiry", "redemption", "tiers", "values/fields.py", "units.py", "programme.py")
"""Where in the core programmes are read."""
CODE = re.compile(
    r'(?:problem\([^,()]+, |yield f?"[^"]+", |_wrong\(name, value, )"(?P<code>\w+)"',
)
FIELD = re.compile(
    r'\.(?:whole|text|one_of|flag|texts|names|shares|day|ratio|objects|inner|inner_or_empty|has)\(\s*"(?P<name>\w+)"'
)


def sources() -> list[str]:
    """The core's files that read programmes."""
    core = SOURCE / "core"
    found = [core / name for name in READERS]
    paths = [path for place in found for path in (place.rglob("*.py") if place.is_dir() else [place])]
    return [path.read_text("utf-8") for path in paths]


@pytest.mark.parametrize(
    ("path", "code", "en", "ar", "fa"),
    [
        (
            "rules[1].when.all[0].to",
            "not_a_time",
            "Rule 2, condition, all of these, no. 1, end: this is no time of the day.",
            "القاعدة ٢، الشرط، كل ما يلي، رقم ١، النهاية: ليس هذا وقتًا من اليوم.",
            "قاعده ۲، شرط، همه این‌ها، شماره ۱، پایان: این ساعتی از روز نیست.",
        ),
        (
            "tiers[0].from",
            "missing",
            "Tier 1, threshold: this is missing.",
            "المستوى ١، عتبة المستوى: هذا ناقص.",
            "سطح ۱، آستانه سطح: این جا افتاده است.",
        ),
        (
            "branch_rules[0].rates.base",
            "out_of_bounds",
            "Branch 1, factors, “base”: this is too small or too large.",
            "قواعد الفرع ١، المعاملات، “base”: هذا أصغر من المسموح أو أكبر منه.",
            "قواعد شعبه ۱، ضریب‌ها، “base”: این بیش از اندازه کوچک یا بزرگ است.",
        ),
        (
            "branch_rules[0].rules[1].of",
            "not_a_per_amount_rule",
            "Branch 1, rule 2, the rule it builds on: there is no rule by amount with this code.",
            "قواعد الفرع ١، القاعدة ٢، القاعدة التي تُبنى عليها: لا توجد قاعدة بحسب المبلغ بهذا الرمز.",
            "قواعد شعبه ۱، قاعده ۲، قاعده پایه: قاعده‌ای بر پایه مبلغ با این کد نیست.",
        ),
        (
            "tiers",
            "not_ascending",
            "Tiers: each tier must begin above the one before it.",
            "المستويات: يجب أن يبدأ كل مستوى أعلى من سابقه.",
            "سطح‌ها: هر سطح باید بالاتر از سطح پیش از خود آغاز شود.",
        ),
        (
            "",
            "not_an_object",
            "The programme: there must be an object in braces here.",
            "البرنامج: يجب أن يكون هنا كائن بين قوسين معقوفين.",
            "برنامه: اینجا باید یک شیء درون آکولاد باشد.",
        ),
        (
            "rules[0].colour",
            "unknown_field",
            "Rule 1, “colour”: there is no such field here.",
            "القاعدة ١، “colour”: لا يوجد هنا حقل بهذا الاسم.",
            "قاعده ۱، “colour”: چنین فیلدی اینجا نیست.",
        ),
    ],
)
def test_a_problem_is_told_with_its_place(path: str, code: str, en: str, ar: str, fa: str) -> None:
    assert [said(language, lambda: problem(path, code)) for language in LANGUAGES] == [en, ar, fa]


def test_every_code_of_the_core_has_words() -> None:
    named = {match["code"] for text in sources() for match in CODE.finditer(text)}
    assert len(named) > 35
    assert named == set(PROBLEMS)


def test_every_field_of_the_core_has_words() -> None:
    named = {match["name"] for text in sources() for match in FIELD.finditer(text)}
    assert len(named) > 70
    assert named - set(FIELDS) == set()


def test_a_code_that_is_new_is_told_as_it_is() -> None:
    assert said("en", lambda: problem("debt", "too_new")).endswith("something is wrong here (too_new).")
