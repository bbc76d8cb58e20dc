"""A share of the base by the tier held before the receipt."""

from __future__ import annotations

from tests.core.earning.evaluating import awards
from tests.core.programmes import multiplier, per_amount, programme, tier_percentage
from tests.core.scenarios import table

RULES = [per_amount(), tier_percentage({"silver": 25, "gold": 50, "ruby": 10_000})]
PROGRAMME = programme(*RULES, tiers="bronze 0, silver 10, gold 20, ruby 30")


@table("""
    before | receipt  | gives
    bronze | A 45.00  | base 45
    silver | A 45.00  | base 45, tier 11       # 11.25
    gold   | A 45.00  | base 45, tier 22       # 22.5: the design's own example
    silver | A 3.00   | base 3                 # 0.75
    silver | A 4.00   | base 4, tier 1
    gold   | A 1.00   | base 1
    gold   | A 2.00   | base 2, tier 1
    gold   | A 0.99   | -
    ruby   | A 2.00   | base 2, tier 200       # a hundred times as much again
    pearl  | A 45.00  | base 45                # a tier that the rule does not speak of
""")
def test_share_of_the_base(before: str, receipt: str, gives: str) -> None:
    assert awards(PROGRAMME, receipt, before) == gives


def test_each_award_is_rounded_on_its_own() -> None:
    # 7 points: half as much again is 3.5, a quarter is 1.75. Together 5.25 would be 5; apart they are 3 and 1.
    rules = [per_amount(), multiplier("1.5"), tier_percentage({"silver": 25})]
    assert awards(programme(*rules, tiers="bronze 0, silver 1"), "A 7.00", "silver") == "base 7, double 3, tier 1"
