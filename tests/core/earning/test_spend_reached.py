"""Points once so much is spent in a day, a week or a month."""

from __future__ import annotations

import pytest

from tests.core.earning.evaluating import awards, facts, lines, only_award
from tests.core.programmes import per_amount, programme, rule
from tests.core.scenarios import table
from wafa.core.earning.caps import Cap


def thousand(per: str = "month", **fields: object) -> dict[str, object]:
    """500 points at 1,000.00."""
    return rule("spend_reached", "big", points=500, minor=100_000, per=per, **fields)


MONTHLY = programme(thousand(), items=["VOUCHER"])


@table("""
    spent         | receipt                   | gives
    month 0.00    | A 999.99                  | -
    month 0.00    | A 1000.00                 | big 500     # with one receipt
    month 0.00    | A 2500.00                 | big 500     # reached once, not twice
    month 400.00  | A 599.99                  | -
    month 400.00  | A 600.00                  | big 500     # with this one
    month 999.99  | A 0.01                    | big 500
    month 999.99  | A 0.00                    | -
    month 1000.00 | A 50.00                   | -           # an earlier one reached it
    month 1000.00 | A 1000.00                 | -
    month 400.00  | A 500.00, VOUCHER 100.00  | -           # what is excluded is not spent
    month 400.00  | A 300.00, B 300.00        | big 500
""")
def test_on_the_receipt_that_reaches_it(spent: str, receipt: str, gives: str) -> None:
    assert awards(MONTHLY, receipt, headroom="big 500", spent=spent) == gives


@table("""
    headroom | spent        | gives
    big 500  | month 600.00 | big 500
    big 0    | month 600.00 | -          # a return let the spend fall, but the first 500 are still held
    big 200  | month 600.00 | big 200    # a version of 300 points gave less
""")
def test_reached_again_it_is_not_given_again(headroom: str, spent: str, gives: str) -> None:
    assert awards(MONTHLY, "A 400.00", headroom=headroom, spent=spent) == gives


@table("""
    left      | gives
    A 600.00  | big 500
    A 599.99  | -            # returned below: the points go
    -         | -
""")
def test_a_return_that_leaves_it_unreached_takes_the_points(left: str, gives: str) -> None:
    assert awards(MONTHLY, left, headroom="big 500", spent="month 400.00") == gives


@pytest.mark.parametrize("per", ["day", "week", "month"])
def test_it_reads_the_spend_of_its_own_period_and_is_its_own_cap(per: str) -> None:
    rules = programme(thousand(per))
    assert rules.rules[0].windows_read() == {per}
    assert rules.rules[0].cap == Cap(500, per)
    others = ", ".join(f"{other} 5000.00" for other in ("day", "week", "month") if other != per)
    assert awards(rules, "A 600.00", headroom="big 500", spent=f"{others}, {per} 400.00") == "big 500"


def test_other_kinds_read_no_spend() -> None:
    assert programme(per_amount(cap={"points": 1, "per": "day"})).rules[0].windows_read() == frozenset()


def test_its_figures() -> None:
    assert only_award(MONTHLY, "A 700.00", "big 500", "month 400.00").figures == {
        "per": "month",
        "minor": 100_000,
        "spent_before": 40_000,
        "eligible_minor": 70_000,
    }


def test_it_is_not_evaluated_without_what_was_spent() -> None:
    with pytest.raises(KeyError, match="month"):
        MONTHLY.evaluate(facts(headroom="big 500"), lines("A 45.00"))


def test_it_may_have_days_and_what_it_must_not_meet() -> None:
    rules = programme(thousand(during="2011-11-01 2011-11-30", unless={"items": ["TOBACCO"]}))
    given = {"headroom": "big 500", "spent": "month 0.00"}
    assert awards(rules, "A 1000.00", on="2011-11-30", **given) == "big 500"
    assert awards(rules, "A 1000.00, TOBACCO 1.00", on="2011-11-30", **given) == "-"
    assert awards(rules, "A 1000.00", on="2011-12-01", **given) == "-"
