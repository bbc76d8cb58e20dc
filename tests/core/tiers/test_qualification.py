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
    held   | qualifying | accrual | clawback
    bronze | 99         | bronze  | bronze
    bronze | 100        | silver  | bronze     # giving back never lifts
    bronze | 500        | gold    | bronze
    silver | 99         | silver  | bronze     # gaining never lowers
    silver | 0          | silver  | bronze
    gold   | 499        | gold    | silver
    gold   | 500        | gold    | gold
    gold   | 0          | gold    | bronze     # two steps at once
    purple | 100        | silver  | purple     # a tier of an older ladder stands below this one
""")
def test_accrual_only_lifts_and_clawback_only_lowers(held: str, qualifying: str, accrual: str, clawback: str) -> None:
    assert after_accrual(LADDER, held, int(qualifying)) == accrual
    assert after_clawback(LADDER, held, int(qualifying)) == clawback


@pytest.mark.parametrize("qualifying", [0, 150, 199])
def test_a_code_that_both_ladders_have_keeps_its_place(qualifying: int) -> None:
    assert after_accrual(ANOTHER, "silver", qualifying) == "silver"
