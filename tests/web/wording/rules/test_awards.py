"""The newer kinds of awards, what cut them, and a branch's factor, in three languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.wording.rules.spoken import LANGUAGES, said
from wafa.core.earning.caps import LIMITS_PER, PER
from wafa.core.earning.rules import KINDS
from wafa.wording.awards import _CLAUSES, clause
from wafa.wording.cuts import said as cut_said
from wafa.wording.measures import Measure

FIXED = {"eligible_minor": 800}
PROPORTIONAL = {"eligible_minor": 799, "per_minor": 300, "each": 2, "mode": "proportional"}
UNITS = {"units": 3, "each": 5, "uncut": 15, "cap": None}


def in_all(kind: str, figures: dict[str, Any], measure: Measure | None = None) -> list[str]:
    """The clause in each language."""
    given = {"measure": measure} if measure else {}
    return [said(language, lambda: clause(kind, 5, figures, "SAR", **given)) for language in LANGUAGES]


@pytest.mark.parametrize(
    ("kind", "figures", "en", "ar", "fa"),
    [
        ("fixed", FIXED, "for the receipt", "عن الإيصال", "برای رسید"),
        ("cashback", {"eligible_minor": 800, "percent": "2.5"},
         "2.5% of SAR 8.00", "٢٫٥٪ من ٨٫٠٠ ر.س.", "۲٫۵٪ از ۸٫۰۰ ریال سعودی"),
        ("per_amount", PROPORTIONAL, "2 points for every SAR 3.00 of SAR 7.99, in proportion",
         "نقطتان عن كل ٣٫٠٠ ر.س. من ٧٫٩٩ ر.س. بالتناسب",
         "۲ امتیاز برای هر ۳٫۰۰ ریال سعودی از ۷٫۹۹ ریال سعودی، به نسبت"),
        ("per_unit", UNITS, "3 units, 5 each", "٣ قطع، لكل قطعة ٥", "۳ عدد، هر کدام ۵"),
        ("per_unit", UNITS | {"units": 1}, "1 unit, 5 each", "قطعة واحدة، لكل قطعة ٥", "۱ عدد، هر کدام ۵"),
        ("fixed", FIXED | {"rate": "1.5", "unrated": 10}, "for the receipt; times 1.5 at this branch",
         "عن الإيصال؛ × ١٫٥ في هذا الفرع", "برای رسید؛ × ۱٫۵ در این شعبه"),
        ("fixed", FIXED | {"uncut": 50, "headroom": 40, "cut_by": "receipt"},
         "for the receipt; cut at 40, the most for a receipt",
         "عن الإيصال؛ خُفّضت إلى ٤٠، وهو الحد الأقصى للإيصال", "برای رسید؛ محدود به ۴۰، یعنی سقف هر رسید"),
        ("fixed", FIXED | {"uncut": 50, "headroom": 40, "per": "campaign"},
         "for the receipt; cut at 40, all that was left for the campaign",
         "عن الإيصال؛ خُفّضت إلى ٤٠، وهو كل ما بقي للحملة",
         "برای رسید؛ محدود به ۴۰، یعنی همه آنچه برای آن کارزار مانده بود"),
        ("fixed", FIXED | {"uncut": 50, "headroom": 40, "cut_by": "budget"},
         "for the receipt; cut at 40, all that was left for all members together",
         "عن الإيصال؛ خُفّضت إلى ٤٠، وهو كل ما بقي لجميع الأعضاء معًا",
         "برای رسید؛ محدود به ۴۰، یعنی همه آنچه برای همه اعضا مانده بود"),
        ("fixed", FIXED | {"uncut": 50, "headroom": 40, "cut_by": "limits/month"},
         "for the receipt; cut at 40: all points of a month together are limited",
         "عن الإيصال؛ خُفّضت إلى ٤٠، فلمجموع نقاط الشهر حد أقصى",
         "برای رسید؛ محدود به ۴۰، زیرا مجموع امتیاز هر ماه سقف دارد"),
    ],
)  # fmt: skip
def test_why_so_many(kind: str, figures: dict[str, Any], en: str, ar: str, fa: str) -> None:
    assert in_all(kind, figures) == [en, ar, fa]


@pytest.mark.parametrize(
    ("kind", "figures", "says"),
    [
        ("fixed", {"per": "day"}, "all that was left for the day"),
        ("fixed", {"per": "day", "cut_by": "receipt"}, "all that was left for the day"),
        ("fixed", {"per": "day", "cut_by": "budget"}, "all that was left for all members together"),
        ("fixed", {"per": "day", "cut_by": "limits/receipt"}, "all points of a receipt together are limited"),
        ("spend_reached", {"per": "month", "minor": 1, "cut_by": "receipt"}, "the most for a receipt"),
    ],
)
def test_what_cut_last_is_told(kind: str, figures: dict[str, Any], says: str) -> None:
    assert in_all(kind, FIXED | {"headroom": 4} | figures)[0].endswith(says)


def test_money_is_told_as_money() -> None:
    cut = {"eligible_minor": 800, "percent": "2.5", "headroom": 10, "per": "day"}
    assert in_all("cashback", cut)[0] == "2.5% of SAR 8.00; cut at SAR 0.10, all that was left for the day"
    steps = {"eligible_minor": 800, "per_minor": 300, "each": 5}
    assert in_all("per_amount", steps, Measure("money", "SAR"))[0] == "SAR 0.05 for each full SAR 3.00 of SAR 8.00"


def test_every_kind_and_every_cut_has_words() -> None:
    assert set(_CLAUSES) == set(KINDS)
    limits = [f"limits/{per}" for per in ("receipt", *LIMITS_PER)]
    for by in (*PER, "receipt", "budget", *limits):
        assert "%(points)s" in cut_said(by)
