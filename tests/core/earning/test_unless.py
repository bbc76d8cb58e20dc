"""What on a receipt keeps a rule from giving anything."""

from __future__ import annotations

import pytest

from tests.core.earning.evaluating import awards
from tests.core.programmes import body, first_purchase, multiplier, per_amount, per_unit, programme, tier_percentage
from tests.core.scenarios import table
from wafa.core.programme import Programme

FULL_PRICE = programme(per_amount(), multiplier(unless={"discounted": True}))
NO_TOBACCO = programme(per_amount(), multiplier(unless={"items": ["TOBACCO", "LIGHTER"]}))
NEITHER = programme(per_amount(), multiplier(unless={"items": ["TOBACCO"], "discounted": True}))
EXCLUDED = programme(
    per_amount(), multiplier(unless={"items": ["POST"], "discounted": True}), items=["POST", "VOUCHER"]
)


@table("""
    receipt                          | gives
    A 10.00                          | base 10, double 10
    A 10.00, B 5.00                  | base 15, double 15
    A 10.00, B 5.00 reduced          | base 15                # one discounted line is enough
    A 10.00 reduced                  | base 10
    A 10.00 reduced, B 5.00 reduced  | base 15
    A 10.00, B 0.00 reduced          | base 10                # even one that is given away
""")
def test_double_points_unless_something_is_discounted(receipt: str, gives: str) -> None:
    assert awards(FULL_PRICE, receipt) == gives


@table("""
    sold                              | left                     | gives
    A 10.00, B 5.00 reduced           | A 10.00                  | base 10, double 10    # more than the 15 of the sale
    A 10.00, B 5.00 reduced           | B 5.00 reduced           | base 5
    A 10.00, B×2 10.00 reduced        | A 10.00, B 5.00 reduced  | base 15               # one of the two is still there
    A 10.00, B 5.00 reduced           | -                        | -
""")
def test_it_is_about_what_is_left_of_the_receipt(sold: str, left: str, gives: str) -> None:
    assert awards(FULL_PRICE, sold) in ("base 15", "base 20")
    assert awards(FULL_PRICE, left) == gives


@table("""
    receipt                   | gives
    A 10.00                   | base 10, double 10
    A 10.00, TOBACCO 5.00     | base 15
    A 10.00, LIGHTER 5.00     | base 15                # any of the items
    A 10.00, tobacco 5.00     | base 15, double 15     # codes are case-sensitive
    A 10.00 reduced           | base 10, double 10     # a discount is another matter
""")
def test_double_points_unless_there_is_tobacco(receipt: str, gives: str) -> None:
    assert awards(NO_TOBACCO, receipt) == gives


@table("""
    receipt                       | gives
    A 10.00                       | base 10, double 10
    A 10.00, TOBACCO 5.00         | base 15
    A 10.00, B 5.00 reduced       | base 15
    A 10.00, TOBACCO 5.00 reduced | base 15
""")
def test_either_is_enough(receipt: str, gives: str) -> None:
    assert awards(NEITHER, receipt) == gives


@table("""
    receipt                       | gives
    A 10.00, VOUCHER 5.00         | base 10, double 10
    A 10.00, POST 5.00            | base 10               # an excluded item earns nothing, but it is on the receipt
    A 10.00, VOUCHER 5.00 reduced | base 10
""")
def test_excluded_items_are_on_the_receipt_too(receipt: str, gives: str) -> None:
    assert awards(EXCLUDED, receipt) == gives


def test_any_kind_of_rule_may_have_it_and_what_builds_on_such_a_rule_builds_on_nothing() -> None:
    full = {"unless": {"discounted": True}}
    rules = [per_amount(**full), per_amount("all"), tier_percentage({"bronze": 50}), multiplier("2")]
    rules += [per_unit("A", **full), first_purchase(**full)]
    assert awards(programme(*rules), "A 8.00") == "base 8, all 8, tier 4, double 8, unit 5, welcome 100"
    assert awards(programme(*rules), "A 8.00 reduced") == "all 8"


@pytest.mark.parametrize("unless", [{"items": ["A"]}, {"discounted": True}, {"items": [], "discounted": True}])
def test_it_says_items_or_discounts_or_both(unless: dict[str, object]) -> None:
    assert Programme.read(body(per_amount(unless=unless))).rules[0].unless


def test_a_rule_without_it_has_none() -> None:
    assert programme(per_amount()).rules[0].unless is None
