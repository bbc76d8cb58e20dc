"""Points for what is no purchase, each once in its period: the merchant's day, week, month, year, or a subject."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.programmes import programme_with
from tests.core.scenarios import play
from tests.core.world import World


def activity(code: str, once_per: str, points: int = 10, **more: Any) -> dict[str, Any]:
    """Its JSON."""
    return {"code": code, "kind": "event", "points": points, "once_per": once_per, "name": {"en": code}} | more


def shop(*activities: dict[str, Any]) -> World:
    """Where these count, and whose points last six months."""
    return World(programme_with(activities=list(activities)))


@pytest.mark.parametrize(
    ("once_per", "again", "anew"),
    [
        ("day", "2011-01-05 23:59", "2011-01-06 00:00"),
        ("week", "2011-01-09", "2011-01-10"),  # from Monday
        ("month", "2011-01-31", "2011-02-01"),
        ("year", "2011-12-31", "2012-01-01"),
    ],
)
def test_once_in_each_period(once_per: str, again: str, anew: str) -> None:
    play(
        shop(activity("check_in", once_per)),
        f"""
        did  A1  2011-01-05  ann  check_in   -> +10: lots -:10
        did  A2  {again}     ann  check_in   -> refused activity_counted_already
        did  A3  {again}     bob  check_in   -> +10: lots -:10
        did  A4  {anew}      ann  check_in   -> +10: lots -:10
        did  A1  2011-01-05  ann  check_in   -> again +10
        """,
    )


def test_once_for_each_subject_and_once_in_a_life() -> None:
    play(
        shop(activity("review", "subject"), activity("app", "lifetime", 50)),
        """
        did  A1  2011-01-05  ann  review of TEA   -> +10: lots -:10
        did  A2  2012-01-05  ann  review of TEA   -> refused activity_counted_already
        did  A3  2012-01-05  ann  review of CUP   -> +10: lots -:10
        did  A4  2012-01-05  ann  app             -> +50: lots -:50
        did  A5  2019-01-05  ann  app             -> refused activity_counted_already
        """,
    )


def test_what_the_programme_does_not_know_or_not_on_that_day() -> None:
    summer = activity("summer", "day", during={"from": "2011-06-01", "to": "2011-08-31"})
    play(
        shop(summer),
        """
        did  A1  2011-05-31  ann      summer   -> refused activity_unknown
        did  A2  2011-06-01  ann      summer   -> +10: lots -:10
        did  A3  2011-09-01  ann      summer   -> refused activity_unknown
        did  A4  2011-06-01  ann      winter   -> refused activity_unknown
        did  A5  2011-06-01  nobody   summer   -> refused member_unknown
        """,
    )


def test_points_pay_debt_and_last_as_the_activity_says() -> None:
    play(
        shop(activity("survey", "day", 30, expiry={"kind": "days", "days": 10})),
        """
        buy     1   2011-01-05  ann  A 20.00   -> +20
        spend       2011-01-06  ann  20
        back    C1  2011-01-07  ann  A         -> -20: owed 20
        did     A1  2011-01-08  ann  survey    -> +30: lots -:30, debt paid 20
        see         ann                        -> available 10, debt 0, days -:2011-01-18
        settle      2011-01-19                 -> -10
        """,
    )


def test_a_merge_brings_along_what_has_counted() -> None:
    play(
        shop(activity("app", "lifetime")),
        """
        did    A1  2011-01-05  bob           app   -> +10: lots -:10
        merge  M1  2011-01-06  bob into ann
        did    A2  2011-01-07  ann           app   -> refused activity_counted_already
        """,
    )
