"""The base so many times: an award of its own, of what the factor adds."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.earning.evaluating import awards
from tests.core.programmes import first_purchase, multiplier, per_amount, per_unit, programme
from tests.core.scenarios import table
from wafa.core.earning.reading import Facts, Reading


@table("""
    factor               | receipt  | gives
    2                    | A 7.00   | base 7, double 7
    1.5                  | A 7.00   | base 7, double 3      # 3.5
    1.5                  | A 8.00   | base 8, double 4
    1.5                  | A 1.00   | base 1                # 0.5: an award of nothing is no award
    1.1                  | A 30.00  | base 30, double 3     # 1.1 - 1 is 0.10000000000000009 as floats ...
    1.1                  | A 9.00   | base 9
    2.3                  | A 10.00  | base 10, double 13    # ... and 2.3 - 1 is 1.2999999999999998: 12
    1.15                 | A 100.00 | base 100, double 15
    1                    | A 9.00   | base 9
    3                    | A 9.00   | base 9, double 18
    1.000000000000000001 | A 9.00   | base 9
    2                    | A 0.99   | -
    1000                 | A 1.00   | base 1, double 999
""")
def test_what_the_factor_adds(factor: str, receipt: str, gives: str) -> None:
    assert awards(programme(per_amount(), multiplier(factor)), receipt) == gives


def test_it_builds_on_its_base_alone() -> None:
    rules = [per_amount(), per_unit("A"), first_purchase(), multiplier("2")]
    assert awards(programme(*rules), "A 7.00") == "base 7, unit 5, welcome 100, double 7"


def test_two_multipliers_add_and_do_not_multiply() -> None:
    rules = [per_amount(), multiplier("2", "november"), multiplier("1.5", "weekend")]
    assert awards(programme(*rules), "A 7.00") == "base 7, november 7, weekend 3"


def test_of_two_bases_it_takes_the_one_it_names() -> None:
    rules = [per_amount("base"), per_amount("extra", points=10), multiplier("2", of="extra")]
    assert awards(programme(*rules), "A 3.00") == "base 3, extra 30, double 30"


def test_outside_the_days_of_its_base_there_is_nothing_to_multiply() -> None:
    rules = [per_amount(during="2011-11-01 2011-11-30"), multiplier("2")]
    assert awards(programme(*rules), "A 3.00", on="2011-11-30") == "base 3, double 3"
    assert awards(programme(*rules), "A 3.00", on="2011-12-01") == "-"


@pytest.mark.parametrize("factor", ["1", "1.5", "2", "1.25", "1000", "1.000000000000000001"])
def test_the_slip_shows_the_factor_as_it_was_written(factor: str) -> None:
    rule = programme(per_amount(), multiplier(factor)).rules[1]
    reading = Reading(Facts(date(2011, 1, 5), "bronze", 0), [], [], 1000, {"base": 10})
    assert rule.points(reading)[1] == {"of": "base", "of_points": 10, "factor": factor}
