"""The ladder: who climbs it when, and who falls."""

from __future__ import annotations

import pytest

from tests.core.programmes import programme
from tests.core.scenarios import table
from wafa.core.tiers.qualification import after_accrual, after_clawback, next_tier, tier_for

LADDER = programme(tiers="bronze 0, silver 100, gold 500").tiers
ANOTHER = programme(tiers="blue 0, silver 200, red 900").tiers


@table("""
    qualifying | tier   | next
    0          | bronze | silver
    99         | bronze | silver
    100        | silver | gold
    499        | silver | gold
    500        | gold   | -
    1000000    | gold   | -
""")
def test_a_tier_is_reached_at_its_threshold(qualifying: str, tier: str, next: str) -> None:
    nearest = next_tier(LADDER, int(qualifying))
    assert tier_for(LADDER, int(qualifying)).code == tier
    assert (nearest.code if nearest else "-") == next


@table("""
    held   | qualifying | tier
    bronze | 99         | bronze
    bronze | 100        | silver
    bronze | 500        | gold
    silver | 99         | silver     # gaining never lowers
    silver | 0          | silver
    gold   | 499        | gold
    purple | 0          | bronze     # a tier of an older ladder stands below this one
    purple | 100        | silver
""")
def test_accrual_only_lifts(held: str, qualifying: str, tier: str) -> None:
    assert after_accrual(LADDER, held, int(qualifying)) == tier


@table("""
    held   | before | after | tier
    silver | 100    | 99    | bronze
    silver | 499    | 100   | silver
    gold   | 500    | 499   | silver
    gold   | 500    | 500   | gold
    gold   | 500    | 0     | bronze     # two steps at once
    bronze | 600    | 550   | bronze     # giving back never lifts
    silver | 90     | 80    | silver     # the ladder supported no more before: what came back had not earned it
    gold   | 150    | 120   | gold
    gold   | 150    | 90    | bronze     # what came back had earned a step: it falls to what is left
    purple | 100    | 0     | purple     # a tier of an older ladder stands below this one
""")
def test_clawback_only_lowers(held: str, before: str, after: str, tier: str) -> None:
    assert after_clawback(LADDER, held, int(before), int(after)) == tier


@pytest.mark.parametrize("qualifying", [0, 150, 199])
def test_a_code_that_both_ladders_have_keeps_its_place(qualifying: int) -> None:
    assert after_accrual(ANOTHER, "silver", qualifying) == "silver"
