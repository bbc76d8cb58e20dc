"""Adjusting by hand, for a reason; and opening balances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.programmes import programme, programme_with, unit
from tests.core.scenarios import commands, play
from tests.core.telling import told
from tests.core.world import LONDON, World
from wafa.core.commands import Adjust, OpenBalance, OpeningLot

STAMPS = programme_with(units=[unit("stamps")], tiers="bronze 0, silver 100")


def test_points_are_given_as_a_lot_with_the_programmes_last_day_or_its_own() -> None:
    play(
        World(programme()),
        """
        adjust  J1  2011-01-05  ann  50                    -> +50: lots -:50
        adjust  J2  2011-01-05  ann  20 until 2011-02-01   -> +20: lots -:20
        see         ann                                    -> lots -:20 -:50, days -:2011-02-01 -:2011-07-05
        see         ann                                    -> qualifying 0, tier none
        settle      2011-02-02                             -> -20
        adjust  J1  2011-01-05  ann  50                    -> again +50
        """,
    )


def test_points_are_taken_as_a_redemption_takes_them_and_never_into_debt() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        buy     2   2011-02-05  ann  A 50.00   -> +50
        adjust  J1  2011-02-06  ann  -40       -> -40: lots 1:30 2:10
        adjust  J2  2011-02-06  ann  -41       -> refused insufficient_points
        see         ann                        -> available 40, debt 0
        """,
    )


def test_points_given_pay_debt_first_and_those_of_a_day_gone_by_lapse() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00               -> +30
        spend       2011-01-06  ann  30
        back    C1  2011-01-07  ann  A                     -> -30: owed 30
        adjust  J1  2011-01-08  ann  10 until 2011-01-07   -> +0: lots -:10, lapsed 10
        adjust  J2  2011-01-08  ann  50 until 2011-01-08   -> +50: lots -:50, debt paid 30
        see         ann                                    -> available 20, debt 0
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(STAMPS),
        """
        adjust  J1  2011-01-05  nobody in x     0     -> refused points_not_above_zero
        adjust  J1  2011-01-05  nobody in x     -5    -> refused unit_unknown
        adjust  J1  2011-01-05  nobody          -5    -> refused member_unknown
        adjust  J1  2011-01-05  eve             -5    -> refused member_not_active
        adjust  J1  2011-01-05  ann in stamps   -5    -> refused insufficient_points
        adjust  J1  2011-01-05  ann in stamps   5     -> +5
        adjust  J1  2011-01-05  ann             5     -> refused key_reused_with_other_content
        """,
    )


@pytest.mark.parametrize("missing", [{"reason": ""}, {"note": ""}, {"reason": "  "}, {"note": " "}])
def test_a_reason_and_a_note_are_asked_for(missing: dict[str, str]) -> None:
    [sound] = commands("adjust  J1  2011-01-05  ann  5", LONDON)
    assert isinstance(sound, Adjust)
    [outcome] = World(STAMPS).post(replace(sound, points=0, **missing))
    assert told(outcome) == "refused reason_missing"


def test_the_branch_that_gives_is_the_lots_and_must_be_known() -> None:
    world = World(STAMPS)
    [sound] = commands("adjust  J1  2011-01-05  ann  5", LONDON)
    assert isinstance(sound, Adjust)
    outcomes = world.post(replace(sound, branch="south", unit="x"), replace(sound, branch="north"))
    assert [told(each) for each in outcomes] == ["refused branch_unknown", "+5: lots -:5"]
    assert world.wallet("ann").lots[0].issuing_branch_id == world.snapshot.branches["north"]


def test_an_opening_balance_brings_lots_with_their_own_last_days_and_progress_for_life() -> None:
    play(
        World(STAMPS),
        """
        open  O1  2011-01-05  ann     100 until 2011-06-01, 50, 7 until 2011-01-04, qualifying 120   -> +150
        see       ann                        -> available 150, days -:2011-06-01 -:never, qualifying 120, tier silver
        open  O1  2011-01-05  ann     100 until 2011-06-01, 50, 7 until 2011-01-04, qualifying 120   -> again +150
        open  O1  2011-01-05  ann            100   -> refused key_reused_with_other_content
        open  O2  2011-01-05  ann in stamps  3     -> +3: lots -:3
        open  O3  2011-01-05  bob            qualifying 100   -> +0
        see       bob                        -> available 0, tier silver
        """,
    )


def test_an_opening_balance_pays_debt() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00     -> +30
        spend       2011-01-06  ann  30
        back    C1  2011-01-07  ann  A           -> -30: owed 30
        open    O1  2011-01-08  ann  20, 20      -> +40: lots -:20 -:20, debt paid 30
        see         ann                          -> available 10, debt 0
        """,
    )


def test_refusals_of_an_opening_balance_in_their_order() -> None:
    play(
        World(STAMPS),
        """
        open  O1  2011-01-05  nobody in x   10, 0          -> refused points_not_above_zero
        open  O1  2011-01-05  nobody in x   qualifying 0   -> refused points_not_above_zero
        open  O1  2011-01-05  nobody in x   10             -> refused unit_unknown
        open  O1  2011-01-05  nobody        10             -> refused member_unknown
        open  O1  2011-01-05  zoe           10             -> refused member_not_active
        """,
    )


def test_what_is_too_much_is_refused() -> None:
    most = 10**15
    world = World(STAMPS)
    [adjust, opening] = commands("adjust  J1  2011-01-05  ann  5\nopen  O1  2011-01-05  ann  5", LONDON)
    assert isinstance(adjust, Adjust)
    assert isinstance(opening, OpenBalance)
    one = OpeningLot(1)
    tried = [
        replace(adjust, points=most + 1),
        replace(adjust, points=-most - 1),
        replace(opening, lots=(OpeningLot(most), one)),
        replace(opening, lots=(one,) * 1001),
        replace(opening, qualifying=most + 1),
    ]
    assert {told(each) for each in world.post(*tried)} == {"refused figure_out_of_range"}
