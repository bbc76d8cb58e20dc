"""The context kept with a receipt reads as it was kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from wafa.core.earning.reading import Award, Facts

NOVEMBER = date(2011, 11, 30)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(NOVEMBER, "gold", 7),
        Facts(date.min, "", 0),
        Facts(NOVEMBER, "gold", 7, {"base": 40, "unit": 0}),
        Facts(NOVEMBER, "gold", 7, {}, {"day": 0, "month": 40_000}),
        Facts(NOVEMBER, "gold", 7, {"big": 500}, {"month": 40_000}),
    ],
)
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    assert Facts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


def test_what_no_rule_reads_is_not_kept() -> None:
    plain = {"occurred_on": "2011-11-30", "tier": "gold", "earlier_purchases": 7}
    assert Facts(NOVEMBER, "gold", 7).as_json() == plain
    assert Facts(NOVEMBER, "gold", 7, {"base": 0}).as_json() == plain | {"headroom": {"base": 0}}
    assert Facts(NOVEMBER, "gold", 7, spent={"day": 0}).as_json() == plain | {"spent": {"day": 0}}


def test_contexts_kept_before_there_were_caps_read_as_ever() -> None:
    kept = {"occurred_on": "2011-11-30", "tier": "gold", "earlier_purchases": 7}
    assert Facts.from_json(kept) == Facts(NOVEMBER, "gold", 7, {}, {})


def test_an_award_tells_its_rule_its_points_and_the_figures_they_came_from() -> None:
    award = Award("base", "per_amount", 5, qualifying=True, figures={"eligible_minor": 550})
    assert award.as_json() == {"rule": "base", "kind": "per_amount", "points": 5, "figures": {"eligible_minor": 550}}
