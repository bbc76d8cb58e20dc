"""The slip: every explanation the core gives, told in three languages; whatever else comes, told as far as it goes."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wafa.wording.names import Names
from wafa.wording.slip import slip

VERSION, OLDER = UUID(int=1), UUID(int=2)
NAMES = Names(
    [
        (
            VERSION,
            {
                "tiers": [{"code": "gold", "from": 0, "name": {"en": "Gold", "ar": "ذهبي", "fa": "طلایی"}}],
                "rules": [
                    {"code": "base", "name": {"en": "Base", "ar": "الأساس", "fa": "پایه"}},
                    {"code": "november", "name": {"en": "November"}},
                    {"code": "holder", "name": {"en": "Holder", "ar": "حامل", "fa": "جاشمعی"}},
                ],
            },
        ),
        (OLDER, {"rules": [{"code": "base", "name": {"en": "Old base"}}, {"code": "gone", "name": {"en": "Gone"}}]}),
    ]
)
BASE = {
    "rule": "base", "kind": "per_amount", "points": 45,
    "figures": {"eligible_minor": 4550, "per_minor": 100, "each": 1},
}  # fmt: skip
GOLD = {
    "rule": "tier", "kind": "tier_percentage", "points": 22,
    "figures": {"of": "base", "of_points": 45, "tier": "gold", "percent": 50},
}  # fmt: skip
DOUBLE = {"rule": "november", "kind": "multiplier", "points": 45, "figures": {"factor": "2"}}
HOLDER = {
    "rule": "holder", "kind": "per_unit", "points": 100,
    "figures": {"items": ["85123A"], "units": 30, "each": 5, "uncut": 150, "cap": 100},
}  # fmt: skip
WELCOME = {"rule": "welcome", "kind": "first_purchase", "points": 100, "figures": {}}


def told(kind: str, explanation: Any, language: str = "en", version: UUID | None = VERSION) -> str:
    """The slip in one breath, without marks that only steer direction."""
    with translation.override(language):
        text = str(slip(kind, explanation, NAMES, version, "GBP"))
    return re.sub("[\u200e\u200f\u061c\u2066-\u2069]", "", text).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("awards", "english"),
    [
        ([BASE], "Base, 1 point for each full £1.00 of £45.50: 45."),
        ([GOLD], "Gold, half as much again: 22."),
        ([DOUBLE], "November, double points: 45."),
        ([DOUBLE | {"figures": {"factor": "3"}}], "November, triple points: 45."),
        ([DOUBLE | {"figures": {"factor": "1.5"}}], "November, points times 1.5: 45."),
        ([HOLDER], "Holder, 30 units of 85123A, 5 each; at most 100 a receipt: 100."),
        ([WELCOME], "welcome, for the first purchase: 100."),
        ([], "Nothing on this receipt earns points."),
    ],
)
def test_what_a_purchase_earned(awards: list[Any], english: str) -> None:
    assert told("accrual", {"awards": awards, "debt_paid": 0, "lapsed": 0, "reason": None}) == english


@pytest.mark.parametrize(
    ("percent", "says"),
    [(25, "a quarter as much again"), (50, "half as much again"), (100, "as much again"), (30, "30% more")],
)
def test_percentages_are_said_as_people_say_them(percent: int, says: str) -> None:
    award = GOLD | {"figures": {"tier": "gold", "percent": percent}}
    assert told("accrual", {"awards": [award]}) == f"Gold, {says}: 22."


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ({"debt_paid": 10}, "10 of these points paid off what was owed."),
        ({"lapsed": 1}, "1 point had run out by the time the receipt was recorded."),
        ({"reason": "no_programme", "awards": []}, "No programme was in force, so nothing was earned."),
    ],
)
def test_what_else_happened_to_them(extra: dict[str, Any], says: str) -> None:
    assert told("accrual", {"awards": [BASE]} | extra).endswith(says)


CLAWBACK = {
    "receipts": [
        {
            "document": "x", "number": "536365",
            "awards": [{"rule": "base", "kind": "per_amount", "first": 45, "before": 45, "after": 40, "points": -5}],
            "taken": {"own_lot": 1, "already_expired": 1, "other_lots": 2, "debt": 1},
        }
    ],
    "unmatched": [{"item": "22632", "quantity_milli": 1500}],
}  # fmt: skip


def test_what_a_return_took() -> None:
    assert told("clawback", CLAWBACK) == (
        "Receipt 536365. Base, 40 of 45 left: −5. "
        "1 point of these had expired already and was not taken again. "
        "2 points of these had been spent and were taken from other points. "
        "1 point of these had been spent and is now owed. "
        "1.5 × 22632 matched no earlier receipt, so nothing was taken for it."
    )
    assert told("clawback", {"receipts": [], "unmatched": []}) == "What came back had earned nothing."


def test_what_ran_out() -> None:
    lots = [{"lot": "x", "document": "y", "number": "536365", "points": 45, "expires_on": "2011-06-01"}]
    assert told("expiry", {"lots": lots}) == "Receipt 536365. Expired, last day 1 June 2011: −45."
    assert told("expiry", {"lots": lots}, "fa") == "رسید 536365. منقضی، آخرین روز ۱۱ خرداد ۱۳۹۰: −۴۵."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "الأساس، نقطة واحدة عن كل ١٫٠٠ £ كاملة من ٤٥٫٥٠ £: ٤٥. ذهبي، زيادة بمقدار النصف: ٢٢."),
        ("fa", "پایه، ۱ امتیاز برای هر ۱٫۰۰ £ کامل از ۴۵٫۵۰ £: ۴۵. طلایی، نیم‌برابر بیشتر: ۲۲."),
    ],
)
def test_in_the_readers_language(language: str, expected: str) -> None:
    assert told("accrual", {"awards": [BASE, GOLD]}, language) == expected


def test_a_name_comes_from_the_entrys_own_version_then_from_any_then_it_is_the_code() -> None:
    assert NAMES.rule("base", VERSION, "en") == "Base"
    assert NAMES.rule("base", OLDER, "en") == "Old base"
    assert NAMES.rule("gone", VERSION, "en") == "Gone"
    assert NAMES.rule("november", VERSION, "fa") == "November"
    assert NAMES.rule("unheard_of", None, "ar") == "unheard_of"
    assert Names([(VERSION, {"rules": "?", "tiers": [7, {"code": "gold"}]})]).tier("gold", VERSION, "en") == "gold"


def test_codes_are_set_apart_where_the_language_runs_the_other_way() -> None:
    with translation.override("fa"):
        assert "\u2068536365\u2069" in str(slip("clawback", CLAWBACK, NAMES, VERSION, "GBP"))


JSON = st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.dictionaries(st.text(), inner))


@given(figures=st.dictionaries(st.sampled_from(["each", "units", "items", "cap", "percent", "factor", "tier"]), JSON))
@pytest.mark.parametrize("kind", ["per_amount", "multiplier", "tier_percentage", "per_unit", "first_purchase", "new"])
def test_figures_of_another_shape_leave_the_name_and_the_points(kind: str, figures: dict[str, Any]) -> None:
    award = {"rule": "base", "kind": kind, "points": 7, "figures": figures}
    assert told("accrual", {"awards": [award]}).endswith(": 7.")


def test_an_entry_of_a_kind_not_known_yet_has_an_empty_slip() -> None:
    assert told("lottery", {"anything": 1}) == ""
    assert told("accrual", None) == "Nothing on this receipt earns points."
