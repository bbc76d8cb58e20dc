"""A share of the amount, as money in a wallet of its own."""

from __future__ import annotations

from typing import Any

from tests.core.earning.evaluating import awards, facts
from tests.core.earning.trying import sold
from tests.core.programmes import per_amount, programme_with, rule, unit
from tests.core.scenarios import table
from tests.core.telling import awards_told
from wafa.core.programme import Programme

CREDIT = unit("credit", "money")


def cashback(percent: str, **fields: Any) -> Programme:
    """So much of the amount as store credit, and nothing else."""
    return programme_with(rule("cashback", "back", percent=percent, unit="credit", **fields), units=[CREDIT])


@table("""
    percent | receipt          | gives
    2.5     | A 0.39           | -               # 0.975 of a minor unit: floor
    2.5     | A 0.40           | back 1
    2.5     | A 0.79           | back 1
    2.5     | A 0.80           | back 2
    2.5     | A 100.00         | back 250
    2.5     | A 0.20, B 0.20   | back 1          # one floor for the receipt
    100     | A 1.23           | back 123
    0.01    | A 99.99          | -
    0.01    | A 100.00         | back 1
    33.333333333333333333 | A 3.00 | back 99
    2.5     | A 0.00           | -
    2.5     | -                | -
""")
def test_a_share_of_the_amount_in_minor_units(percent: str, receipt: str, gives: str) -> None:
    assert awards(cashback(percent), receipt) == gives


@table("""
    receipt            | gives
    A 10.00            | -
    B 10.00            | back 100
    A 10.00, B 10.09   | back 100
""")
def test_of_the_lines_that_it_reads(receipt: str, gives: str) -> None:
    under = cashback("10", lines={"items": ["B"]})
    assert awards_told(under.evaluate(facts(), sold(receipt))) == gives


def test_the_award_is_money_with_the_figures_that_it_came_from() -> None:
    [award] = cashback("2.50").evaluate(facts(), sold("A 10.00"))
    assert (award.unit, award.qualifying) == ("credit", False)
    assert award.figures == {"eligible_minor": 1000, "percent": "2.5"}


def test_points_beside_it_are_counted_by_themselves() -> None:
    both = [rule("cashback", "back", percent="5", unit="credit"), per_amount()]
    under = programme_with(*both, units=[CREDIT], limits={"per_receipt": {"most": 6}})
    found = under.evaluate(facts(), sold("A 8.00"))
    assert [(award.rule, award.points, award.unit) for award in found] == [
        ("back", 40, "credit"),
        ("base", 6, "points"),
    ]
