"""Reviews: who no longer reaches what they hold keeps it for the grace period, then falls (law 9)."""

from __future__ import annotations

from typing import Any

from tests.core.programmes import per_amount, programme_with
from tests.core.scenarios import play
from tests.core.world import World
from wafa.core.programme import Programme

YEAR = {"kind": "calendar_year", "calendar": "gregorian"}


def ladder(measure: str = "points", window: dict[str, Any] | None = None, **fields: Any) -> Programme:
    """Silver from 100, gold from 500 of the measure's units."""
    return programme_with(
        per_amount(),
        tiers="bronze 0, silver 100, gold 500",
        months=None,
        qualification={"measure": measure, "window": window or YEAR} | fields,
    )


def test_a_tier_is_held_to_the_end_of_the_next_year_then_falls() -> None:
    play(
        World(ladder()),
        """
        buy     1   2011-01-05  ann  A 500.00   -> +500
        review      2011-06-01  ann             -> nothing
        review      2012-12-31  ann             -> nothing
        buy     2   2012-12-31  ann  A 120.00   -> +120
        review      2013-01-01  ann             -> gold to silver
        review      2013-01-01  ann             -> nothing
        review      2014-01-01  ann             -> silver to bronze
        """,
    )


def test_grace_and_soft_landing() -> None:
    play(
        World(ladder(grace_days=30, soft_landing=True)),
        """
        buy     1   2011-01-05  ann  A 500.00   -> +500
        review      2013-01-01  ann             -> gold below since 2013-01-01
        review      2013-01-30  ann             -> nothing
        review      2013-01-31  ann             -> gold to silver below since 2013-01-31
        review      2013-03-01  ann             -> nothing
        review      2013-03-02  ann             -> silver to bronze
        """,
    )


def test_what_is_earned_in_the_grace_keeps_it() -> None:
    play(
        World(ladder(grace_days=30)),
        """
        buy     1   2011-01-05  ann  A 100.00   -> +100
        review      2013-01-01  ann             -> silver below since 2013-01-01
        buy     2   2013-01-20  ann  A 100.00   -> +100
        see         ann                         -> tier silver, below_since none
        review      2013-02-01  ann             -> nothing
        """,
    )


def test_of_spend_in_rolling_months() -> None:
    # Minor units: silver from 1.00, gold from 5.00.
    play(
        World(ladder("spend", {"kind": "rolling_months", "months": 3})),
        """
        buy     1   2011-01-05  ann  A 5.00     -> +5
        see         ann                         -> tier gold, qualifying 500
        buy     2   2011-03-05  ann  B 1.50     -> +1
        review      2011-03-31  ann             -> nothing
        review      2011-04-01  ann             -> gold to silver
        back    C2  2011-04-02  ann  B          -> -1
        see         ann                         -> tier bronze, qualifying 500        # what it had earned falls at once
        """,
    )


def test_of_visits_for_life() -> None:
    rules = programme_with(
        per_amount(),
        tiers="bronze 0, silver 2",
        qualification={"measure": "visits", "window": {"kind": "lifetime"}},
    )
    play(
        World(rules),
        """
        buy     1   2011-01-05  ann  A 5.00     -> +5
        buy     2   2011-01-06  ann  B 0.00     -> +0      # nothing was spent: no visit
        see         ann                         -> tier bronze, qualifying 1
        buy     3   2011-01-07  ann  C 0.50     -> +0
        see         ann                         -> tier silver, qualifying 2
        back    C3  2011-01-08  ann  C          -> +0
        see         ann                         -> tier bronze, qualifying 1
        """,
    )


def test_bought_in_december_returned_in_january() -> None:
    # 2011: 60 in November, 450 in December: 510, gold. The return in January is December's: 60 are left of 2011, and
    # none are of 2012 (they don't go below nothing): bronze, at once. What is earned in January counts from 0.
    play(
        World(ladder()),
        """
        buy     1   2011-11-01  ann       A 60.00    -> +60
        buy     2   2011-12-20  ann       B 450.00   -> +450
        see         ann                              -> tier gold
        back    C2  2012-01-10  ann of 2  B          -> -450: own 450
        see         ann                              -> qualifying 60, tier bronze
        buy     3   2012-01-11  ann       A 100.00   -> +100
        see         ann                              -> tier silver
        review      2012-12-31  ann                  -> nothing
        """,
    )


def test_bought_in_december_returned_in_january_what_this_year_has_earned_holds() -> None:
    play(
        World(ladder()),
        """
        buy     2   2011-12-20  ann       B 500.00   -> +500
        buy     3   2012-01-05  ann       A 100.00   -> +100
        back    C2  2012-01-10  ann of 2  B          -> -500: own 500
        see         ann                              -> qualifying 100, tier silver
        """,
    )


def test_who_has_no_tier_yet_is_not_reviewed() -> None:
    play(World(ladder()), "review  2013-01-01  ann  -> nothing")
