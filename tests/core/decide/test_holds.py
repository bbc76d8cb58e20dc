"""Holds: points reserved for a limited time, then spent or given back to the very lots (law 8)."""

from __future__ import annotations

from tests.core.programmes import programme, programme_with
from tests.core.scenarios import play
from tests.core.world import World

BOUNDS = programme_with(holds={"minutes": 10, "least": 5, "most": 60}, redemption={"worth": {"points": 1, "minor": 2}})


def test_held_points_are_neither_available_nor_gone() -> None:
    play(
        World(programme()),
        """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        buy      2   2011-02-05        ann  A 50.00   -> +50
        hold     H1  2011-02-06 12:00  ann  40        -> +0: lots 1:30 2:10
        see          ann                              -> available 40, held 40, lots 2:40, holds 1:30 2:10
        redeem   R1  2011-02-06 12:01  ann  41        -> refused insufficient_points
        capture  P1  2011-02-06 12:02  H1             -> -40: lots 1:30 2:10, captured 40
        see          ann                              -> available 40, held 0
        capture  P2  2011-02-06 12:02  H1             -> refused hold_closed_already
        release  L1  2011-02-06 12:02  H1             -> refused hold_closed_already
        """,
    )


def test_part_is_captured_and_the_rest_goes_back() -> None:
    play(
        World(BOUNDS),
        """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        buy      2   2011-02-05        ann  A 50.00   -> +50
        hold     H1  2011-02-06 12:00  ann  40        -> +0
        capture  P1  2011-02-06 12:02  H1   41        -> refused captured_more_than_held
        capture  P1  2011-02-06 12:02  H1   35        -> -35: lots 1:30 2:5, worth 70, captured 35, back 5
        see          ann                              -> available 45, held 0, lots 2:45
        """,
    )


def test_released_by_the_till_or_by_time() -> None:
    play(
        World(BOUNDS),
        """
        buy      1   2011-01-05        ann  A 30.00     -> +30
        hold     H1  2011-01-06 12:00  ann  20          -> +0
        release  L1  2011-01-06 12:09  H1               -> +0: lots 1:20
        hold     H2  2011-01-06 12:00  ann  20          -> +0
        settle       2011-01-06 12:18                   -> +0
        see          ann                                -> available 10, held 20     # placed at 12:09: ten minutes
        settle       2011-01-06 12:19                   -> +0
        see          ann                                -> available 30, held 0
        hold     H3  2011-01-06 13:00  ann  20 for 60   -> +0
        release  L3  2011-01-06 14:00  H3               -> refused hold_closed_already      # that very minute
        redeem   R1  2011-01-06 14:00  ann  30          -> -30
        """,
    )


def test_what_is_captured_is_honoured_after_the_lots_last_day() -> None:
    play(
        World(programme_with(holds={"minutes": 60, "least": 1, "most": 60})),
        """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        hold     H1  2011-07-05 23:50  ann  20        -> +0
        settle       2011-07-06 00:10                 -> -10
        see          ann                              -> available 0, held 20
        capture  P1  2011-07-06 00:15  H1   15        -> -20: lots 1:15, captured 15, lapsed 5, back 5
        see          ann                              -> available 0, held 0
        """,
    )


def test_what_is_released_after_the_lots_last_day_expires_at_once() -> None:
    story = """
        buy      1   2011-01-05        ann  A 30.00   -> +30
        hold     H1  2011-07-05 23:50  ann  20        -> +0
        {then}
        see          ann                              -> available 0, held 0, lots none
        """
    for then in ("release  L1  2011-07-06 00:00  H1  -> -20: lots 1:20, lapsed 20", "settle  2011-07-07"):
        play(World(programme()), story.format(then=then))


def test_a_hold_that_ran_out_before_the_last_day_gave_its_points_back_in_time() -> None:
    # Nobody looked for days. At 13:15 the hold ran out, and the debt of noon was paid: the points did not expire first.
    play(
        World(programme()),
        """
        buy      2   2011-01-04        ann       B 20.00   -> +20
        spend        2011-01-04        ann       20
        buy      1   2011-01-05        ann       A 30.00   -> +30
        hold     H1  2011-07-05 13:00  ann       30        -> +0
        back     C2  2011-07-05 13:05  ann of 2  B         -> -20: owed 20
        settle       2011-07-20                            -> -10
        see          ann                                   -> available 0, debt 0, covers 2:1:20
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(BOUNDS),
        """
        buy      1   2011-01-05        ann            A 30.00     -> +30
        hold     H1  2011-01-06 12:00  ann            0           -> refused points_not_above_zero
        hold     H1  2011-01-06 12:00  ann            5 for 0     -> refused figure_out_of_range
        hold     H1  2011-01-06 12:00  nobody in x    5 for 4     -> refused unit_unknown
        hold     H1  2011-01-06 12:00  nobody         5 for 4     -> refused member_unknown
        hold     H1  2011-01-06 12:00  eve            5 for 4     -> refused member_not_active
        hold     H1  2011-01-06 12:00  ann            31 for 4    -> refused hold_time_out_of_bounds
        hold     H1  2011-01-06 12:00  ann            31 for 61   -> refused hold_time_out_of_bounds
        hold     H1  2011-01-06 12:00  ann            31 for 60   -> refused insufficient_points
        hold     H1  2011-01-06 12:00  ann            30 for 5    -> +0
        hold     H1  2011-01-06 12:00  ann            30 for 5    -> again +0
        capture  P1  2011-01-06 12:01  H9             0           -> refused points_not_above_zero
        capture  P1  2011-01-06 12:01  H9                         -> refused hold_unknown
        release  L1  2011-01-06 12:01  H9                         -> refused hold_unknown
        redeem   R1  2011-01-06 12:01  bob            1           -> refused insufficient_points
        capture  P1  2011-01-06 12:05  H1             31          -> refused hold_closed_already
        """,
    )


def test_a_redemption_is_no_hold() -> None:
    play(
        World(programme()),
        """
        buy      1   2011-01-05  ann  A 30.00   -> +30
        redeem   R1  2011-01-06  ann  20        -> -20
        capture  P1  2011-01-06  R1             -> refused hold_unknown
        release  L1  2011-01-06  R1             -> refused hold_unknown
        """,
    )


def test_goods_of_a_held_lot_come_back_before_the_hold_is_released() -> None:
    # Lot 1 is held whole; its clawback takes 30 of lot 2 and owes 20. The release puts all of it right again.
    play(
        World(programme()),
        """
        buy      1   2011-01-05        ann       A 50.00   -> +50
        buy      2   2011-01-06        ann       B 30.00   -> +30
        hold     H1  2011-01-07 12:00  ann       50        -> +0
        back     C1  2011-01-07 12:01  ann of 1  A         -> -50: others 30, owed 20
        see          ann                                   -> available 0, held 50, debt 20, covers 1:2:30 1:debt:20
        release  L1  2011-01-07 12:02  H1                  -> +0: lots 1:50, debt paid 20
        see          ann                                   -> available 30, held 0, debt 0, lots 2:30, covers none
        """,
    )
