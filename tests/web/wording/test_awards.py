"""Why a rule gave what it gave: the kinds and the caps that slips tell of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wafa.wording.awards import clause

BASE = {"eligible_minor": 4550, "per_minor": 100, "each": 1}
UNITS = {"items": ["85123A"], "each": 5}
REACHED = {"minor": 100_000, "spent_before": 40_000, "eligible_minor": 60_000}


def told(kind: str, points: int, figures: dict[str, Any]) -> str:
    """The clause in English, without marks that only steer direction."""
    with translation.override("en"):
        return re.sub("[\u2066-\u2069]", "", clause(kind, points, figures, "GBP"))


@pytest.mark.parametrize(
    ("per", "says"),
    [
        ("day", "for £1,000.00 spent in a day"),
        ("week", "for £1,000.00 spent in a week"),
        ("month", "for £1,000.00 spent in a month"),
    ],
)
def test_so_much_spent(per: str, says: str) -> None:
    assert told("spend_reached", 500, REACHED | {"per": per}) == says


@pytest.mark.parametrize("per", ["day", "week", "month"])
def test_a_cut_award_says_what_its_cap_had_left(per: str) -> None:
    cut = {"uncut": 45, "headroom": 40, "per": per}
    reason = "1 point for each full £1.00 of £45.50"
    assert told("per_amount", 40, BASE | cut) == f"{reason}; cut at 40, all that was left for the {per}"
    assert told("multiplier", 40, {"factor": "2"} | cut) == f"double points; cut at 40, all that was left for the {per}"


@pytest.mark.parametrize(
    ("points", "figures", "says"),
    [
        (10, {"units": 2, "uncut": 10, "cap": 12}, "2 units of 85123A, 5 each"),
        (12, {"units": 3, "uncut": 15, "cap": 12}, "3 units of 85123A, 5 each; at most 12 a receipt"),
        (
            7,
            {"units": 2, "uncut": 10, "cap": 12, "headroom": 7, "per": "week"},
            "2 units of 85123A, 5 each; cut at 7, all that was left for the week",
        ),
        (
            7,
            {"units": 3, "uncut": 15, "cap": 12, "headroom": 7, "per": "week"},
            "3 units of 85123A, 5 each; at most 12 a receipt; cut at 7, all that was left for the week",
        ),
    ],
)
def test_the_receipts_own_cap_is_told_only_where_it_cut(points: int, figures: dict[str, Any], says: str) -> None:
    assert told("per_unit", points, UNITS | figures) == says


SHAPES = st.none() | st.integers() | st.sampled_from(["", "x", "7", "day"]) | st.lists(st.integers(), max_size=2)


@given(figures=st.dictionaries(st.sampled_from(["per", "minor", "headroom", "uncut", "factor"]), SHAPES))
@pytest.mark.parametrize("kind", ["spend_reached", "multiplier", "first_purchase"])
def test_figures_of_another_shape_are_passed_over(kind: str, figures: dict[str, Any]) -> None:
    assert isinstance(told(kind, 7, figures), str)
