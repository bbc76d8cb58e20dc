"""Last days, by the policies of programmes, units and rules; and those that activity moves on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.programmes import first_purchase, per_amount, programme_with, unit
from tests.core.scenarios import play
from tests.core.world import World

IDLE = programme_with(expiry={"kind": "inactivity", "months": 3}, redemption={"restored": {"kind": "expire"}})


def ends(period: str, calendar: str = "gregorian") -> dict[str, Any]:
    return {"kind": "end_of", "period": period, "months": 6, "calendar": calendar}


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        ({"kind": "days", "days": 90}, "2011-05-31"),  # 2 March + 90
        ({"kind": "months", "months": 6}, "2011-09-02"),
        (ends("month"), "2011-09-30"),
        (ends("quarter"), "2011-09-30"),
        (ends("year"), "2011-12-31"),
        (ends("month", "jalali"), "2011-09-22"),  # 11 Esfand 1389; 11 Shahrivar 1390, whose last day is the 31st
        (ends("year", "jalali"), "2012-03-19"),  # 29 Esfand 1390
        ({"kind": "fixed", "on": "2012-03-31"}, "2012-03-31"),
        ({"kind": "inactivity", "months": 12}, "2012-03-02"),
        ({"kind": "never"}, "never"),
    ],
)
def test_the_last_day_of_points_of_2_march_2011(policy: dict[str, Any], last: str) -> None:
    play(World(programme_with(expiry=policy)), f"buy  1  2011-03-02  ann  A 5.00  -> +5\nsee  ann  -> days 1:{last}")


def test_a_fixed_day_gone_by() -> None:
    play(
        World(programme_with(expiry={"kind": "fixed", "on": "2011-03-01"})),
        "buy  1  2011-03-02  ann  A 5.00  -> +0: base 5, lapsed 5",
    )


def test_a_rule_may_have_its_own_and_half_of_each_comes_back() -> None:
    rules = [per_amount(), first_purchase(100, expiry={"kind": "days", "days": 30})]
    play(
        World(programme_with(*rules)),
        """
        buy     1   2011-01-05  ann  A×2 30.00   -> +130: base 30, welcome 100
        see         ann                          -> lots 1:100 1:30, days 1:2011-02-04 1:2011-07-05
        back    C1  2011-01-06  ann  A           -> -15: own 15
        see         ann                          -> lots 1:100 1:15
        settle      2011-02-05                   -> -100
        back    C2  2011-02-06  ann  A           -> -15: own 15, expired 100
        see         ann                          -> available 0, debt 0
        """,
    )


def test_every_activity_moves_the_last_day_on() -> None:
    play(
        World(IDLE),
        """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        see          ann                              -> days 1:2011-04-05
        buy      2   2011-02-10        ann  A 10.00   -> +10
        see          ann                              -> days 1:2011-05-10 2:2011-05-10
        redeem   R1  2011-05-10        ann  5         -> -5: lots 1:5          # the last day is still one of activity
        see          ann                              -> days 1:2011-08-10 2:2011-08-10
        hold     H1  2011-08-10 12:00  ann  5         -> +0
        capture  P1  2011-08-10 12:05  H1             -> -5
        see          ann                              -> days 1:2011-11-10 2:2011-11-10
        settle       2011-11-10                       -> +0
        settle       2011-11-11                       -> -30
        """,
    )


def test_what_is_counted_late_moves_nothing_back() -> None:
    play(
        World(IDLE),
        """
        buy  1  2011-02-10                ann  A 30.00   -> +30
        buy  2  2011-01-05 at 2011-02-11  ann  A 10.00   -> +10
        see     ann                                      -> days 1:2011-05-10 2:2011-05-10
        """,
    )


def test_a_return_an_adjustment_and_another_members_purchase_are_no_activity() -> None:
    play(
        World(IDLE),
        """
        buy     1   2011-01-05  ann  A×2 30.00   -> +30
        back    C1  2011-02-05  ann  A           -> -15
        adjust  J1  2011-02-06  ann  -5          -> -5
        buy     2   2011-02-07  bob  A 10.00     -> +10
        see         ann                          -> days 1:2011-04-05
        """,
    )


def test_only_lots_that_wait_for_activity_move() -> None:
    rules = [per_amount(), first_purchase(100, expiry={"kind": "months", "months": 2})]
    play(
        World(programme_with(*rules, expiry={"kind": "inactivity", "months": 3})),
        """
        buy  1  2011-01-05  ann  A 30.00   -> +130
        buy  2  2011-01-20  ann  A 30.00   -> +30
        see     ann                        -> days 1:2011-03-05 1:2011-04-20 2:2011-04-20
        """,
    )


def test_units_too() -> None:
    stamps = unit("stamps", expiry={"kind": "inactivity", "months": 3})
    play(
        World(programme_with(units=[stamps])),
        """
        adjust  J1  2011-01-05  ann in stamps  7   -> +7
        redeem  R1  2011-02-05  ann in stamps  2   -> -2
        see         ann in stamps                  -> days -:2011-05-05
        """,
    )
