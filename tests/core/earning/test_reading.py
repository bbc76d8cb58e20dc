"""The context kept with a receipt reads as it was kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from wafa.core.earning.reading import Award, Facts


@pytest.mark.parametrize("facts", [Facts(date(2011, 11, 30), "gold", 7), Facts(date.min, "", 0)])
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    assert Facts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


def test_an_award_tells_its_rule_its_points_and_the_figures_they_came_from() -> None:
    award = Award("base", "per_amount", 5, qualifying=True, figures={"eligible_minor": 550})
    assert award.as_json() == {"rule": "base", "kind": "per_amount", "points": 5, "figures": {"eligible_minor": 550}}
