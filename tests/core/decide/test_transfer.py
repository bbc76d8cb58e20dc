"""Passing points on: the lots keep their last day, so that it launders none."""

from __future__ import annotations

from tests.core.programmes import programme, programme_with, unit
from tests.core.scenarios import play
from tests.core.world import World

FREE = programme_with(transfers={})
LIMITS = programme_with(
    units=[unit("stamps")], transfers={"fee_percent": 5, "least": 10, "most": 50, "most_a_month": 80}
)


def test_lots_keep_their_last_day() -> None:
    play(
        World(FREE),
        """
        buy     1   2011-01-05  ann         A 30.00   -> +30
        buy     2   2011-02-05  ann         A 50.00   -> +50
        buy     3   2011-01-20  bob         A 10.00   -> +10
        give    T1  2011-02-06  ann to bob  40        -> -40: lots 1:30 2:10; +40: lots -:30 -:10
        see         ann                               -> available 40, lots 2:40
        see         bob                               -> days -:2011-07-05 3:2011-07-20 -:2011-08-05
        give    T1  2011-02-06  ann to bob  40        -> again -40
        settle      2011-07-06                        -> -30
        give    T2  2011-07-07  bob to ann  10        -> -10: lots 3:10; +10: lots -:10
        """,
    )


def test_it_pays_the_receivers_debt() -> None:
    play(
        World(FREE),
        """
        buy     1   2011-01-05  ann         A 30.00   -> +30
        buy     2   2011-01-05  bob         A 20.00   -> +20
        spend       2011-01-06  bob         20
        back    C1  2011-01-07  bob         A         -> -20: owed 20
        give    T1  2011-01-08  ann to bob  30        -> -30: lots 1:30; +30: lots -:30, debt paid 20
        see         bob                               -> available 10, debt 0
        """,
    )


def test_what_the_giver_gave_away_is_clawed_back_from_the_giver() -> None:
    play(
        World(FREE),
        """
        buy     1   2011-01-05  ann         A 30.00   -> +30
        give    T1  2011-01-06  ann to bob  30        -> -30: lots 1:30; +30: lots -:30
        back    C1  2011-01-07  ann         A         -> -30: owed 30
        see         bob                               -> available 30
        """,
    )


def test_the_fee_is_on_top_and_rounded_up() -> None:
    play(
        World(LIMITS),
        """
        buy     1   2011-01-05  ann         A 52.00   -> +52
        give    T1  2011-01-06  ann to bob  50        -> refused insufficient_points     # 50 and a fee of 3
        buy     2   2011-01-06  ann         A 1.00    -> +1
        give    T1  2011-01-06  ann to bob  50        -> -53: lots 1:50, fee 3; +50: lots -:50
        see         ann                               -> available 0
        """,
    )


def test_limits_of_one_and_of_a_month() -> None:
    play(
        World(LIMITS),
        """
        buy     1   2011-01-05  ann         A 500.00  -> +500
        give    T1  2011-01-06  ann to bob  9         -> refused fewer_points_than_the_least
        give    T1  2011-01-06  ann to bob  51        -> refused transfer_limit_exceeded
        give    T1  2011-01-06  ann to bob  50        -> -53; +50
        give    T2  2011-01-06  ann to cem  31        -> refused transfer_limit_exceeded
        give    T2  2011-01-06  ann to cem  30        -> -32; +30
        give    T3  2011-01-06  ann to cem  10        -> refused transfer_limit_exceeded
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(LIMITS),
        """
        give    T1  2011-01-06  nobody to stranger in x  0     -> refused points_not_above_zero
        give    T1  2011-01-06  nobody to stranger in x  5     -> refused unit_unknown
        give    T1  2011-01-06  nobody to stranger       5     -> refused member_unknown
        give    T1  2011-01-06  eve to stranger          5     -> refused member_unknown
        give    T1  2011-01-06  eve to bob               5     -> refused member_not_active
        give    T1  2011-01-06  ann to zoe               5     -> refused member_not_active
        give    T1  2011-01-06  ann to ann               5     -> refused member_the_same
        give    T1  2011-01-06  ann to bob               5     -> refused fewer_points_than_the_least
        give    T1  2011-01-06  ann to bob               51    -> refused transfer_limit_exceeded
        give    T1  2011-01-06  ann to bob in stamps     10    -> refused insufficient_points
        """,
    )
    play(
        World(programme()),
        """
        give    T1  2011-01-06  ann to ann               5     -> refused member_the_same
        give    T1  2011-01-06  ann to bob               5     -> refused transfers_not_allowed
        """,
    )
