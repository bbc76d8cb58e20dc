"""Scenarios with their figures worked out in the text."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.core.programmes import first_purchase, per_amount, programme, programme_with, rule
from tests.core.scenarios import play
from tests.core.world import World


@pytest.mark.parametrize(
    "returned",
    [
        "back  C1  2011-07-10  ann of 1  A×2                         -> -40: expired 60, others 30, owed 10",
        """
        back   C1  2011-07-10  ann of 1  A                           -> +0: expired 50
        back   C2  2011-07-10  ann of 1  A                           -> -40: expired 10, others 30, owed 10
        """,
    ],
    ids=["at once", "in halves"],
)
def test_partly_spent_partly_expired_then_returned_in_halves_and_at_once(returned: str) -> None:
    # Lot 1 of 100: 40 are spent, 60 expire. 100 come back: the 60 that expired answer, the 40 that were spent come from
    # lot 2, which has 30, and 10 are owed. In halves: 50 of the 60 answer for the first; for the second the last 10
    # answer, and 40 are missing.
    play(
        World(programme()),
        f"""
        buy     1   2011-01-05  ann  A×2 100.00      -> +100
        spend       2011-01-06  ann  40
        buy     2   2011-07-01  ann  B 30.00         -> +30
        settle      2011-07-06                       -> -60
        {returned}
        see         ann                              -> available 0, debt 10, qualifying 30, lots none
        holds       1                                -> base 0 of 100
        """,
    )


@pytest.mark.parametrize(
    "story",
    [
        """
        redeem  R1  2011-07-02  ann       40         -> -40: lots 1:40
        settle      2011-07-06                       -> -60
        back    C1  2011-07-07  ann of 1  A          -> +0: expired 50
        """,
        """
        redeem  R1  2011-07-02  ann       40         -> -40: lots 1:40
        back    C1  2011-07-03  ann of 1  A          -> -50: own 50
        settle      2011-07-06                       -> -10
        """,
        """
        back    C1  2011-07-02  ann of 1  A          -> -50: own 50
        redeem  R1  2011-07-03  ann       40         -> -40: lots 1:40
        settle      2011-07-06                       -> -10
        """,
    ],
)
def test_spent_expired_and_half_returned_whichever_came_first(story: str) -> None:
    # Lot 1 of 100 (last day 5 July): 40 are spent, half its goods come back, the rest expires. Lot 2 keeps its 30. Of
    # the other half 10 had expired and not answered yet; of the 40 that were spent 30 come from lot 2, 10 are owed.
    play(
        World(programme()),
        f"""
        buy     1   2011-01-05  ann       A×2 100.00 -> +100
        buy     2   2011-02-01  ann       B 30.00    -> +30
        {story}
        see         ann                              -> available 30, debt 0, lots 2:30, qualifying 80
        holds       1                                -> base 50 of 100
        back    C2  2011-07-21  ann of 1  A          -> -40: expired 10, others 30, owed 10
        """,
    )


def test_two_lots_of_one_receipt_with_different_last_days_half_returned() -> None:
    # 2 A for 60.00: base 60 for six months, november 60 more for one month. On 6 January the double points are gone,
    # 25 of them having been spent: 35 expired. One A comes back: 30 of each award. base: 30 of its own lot. november:
    # 30 of the 35 that expired answer. The other: base its last 30; november: the last 5 answer, 25 were spent, which
    # lot 2 has 10 of: 15 are owed.
    bonus = rule("multiplier", "november", of="base", factor="2", expiry={"kind": "months", "months": 1})
    play(
        World(programme(per_amount(), bonus)),
        """
        buy     1   2011-12-05        ann       A×2 60.00   -> +120: base 60, november 60
        see         ann                                     -> lots 1:60 1:60, days 1:2012-01-05 1:2012-06-05
        redeem  R1  2011-12-06        ann       25          -> -25: lots 1:25
        back    C1  2012-01-06        ann of 1  A           -> -30: own 30, expired 30
        see         ann                                     -> available 30, lots 1:30
        buy     2   2012-01-07        ann       B 5.00      -> +10
        back    C2  2012-01-08        ann of 1  A           -> -55: own 30, expired 5, others 10, owed 15
        see         ann                                     -> available 0, debt 15, qualifying 5
        """,
    )


def test_law_6_worked() -> None:
    # Lot A of 100 is redeemed; its receipt comes back, taking 30 from lot B and owing 70; lot M of 50 pays 50 of that;
    # the redemption is cancelled: A 0, B 30, M 50, no debt.
    play(
        World(programme()),
        """
        buy     A   2011-01-05  ann       a 100.00   -> +100
        redeem  R1  2011-01-06  ann       100        -> -100: lots A:100
        buy     B   2011-01-07  ann       b 30.00    -> +30
        back    CA  2011-01-08  ann of A  a          -> -100: others 30, owed 70
        see         ann                              -> available 0, debt 70, covers A:B:30 A:debt:70
        buy     M   2011-01-09  ann       m 50.00    -> +50: base 50, debt paid 50
        see         ann                              -> available 0, debt 20, covers A:B:30 A:debt:20 A:M:50
        cancel  K1  2011-01-10  R1                   -> +100: lots A:100, debt paid 20
        see         ann                              -> available 80, debt 0, lots B:30 M:50, covers none
        """,
    )


STEPS = {
    "return": "back    CA  2011-{day}  ann of A  a",
    "cancel": "cancel  K1  2011-{day}  R1",
    "credit": "buy     M   2011-{day}  ann       m 50.00",
    "expiry": "settle      2011-{day}",
}


@pytest.mark.parametrize("order", list(permutations(STEPS)), ids="-".join)
def test_redeemed_then_returned_cancelled_credited_and_expired_in_every_order(order: tuple[str, ...]) -> None:
    # Lot A of 100 (last day 5 July) is redeemed. In whatever order its goods come back, the redemption is cancelled,
    # lot M of 50 is credited, A's last day passes: in the end lot A has nothing, B and M are whole, nobody owes
    # anything. What A gets back after its last day expires, and answers for what comes back; what comes back before
    # the redemption is cancelled, B and M pay for, and get back.
    last_day = order.index("expiry")
    days = [f"07-{2 + place if place < last_day else 6 + place:02d}" for place in range(len(order))]
    story = "\n".join(STEPS[step].format(day=day) for step, day in zip(order, days, strict=True))
    play(
        World(programme()),
        f"""
        buy     A   2011-01-05  ann       a 100.00   -> +100
        buy     B   2011-02-05  ann       b 30.00    -> +30
        redeem  R1  2011-02-06  ann       100        -> -100: lots A:100
        {story}
        see         ann                              -> available 80, debt 0, lots B:30 M:50, qualifying 80, covers none
        holds       A                                -> base 0 of 100
        """,
    )


@pytest.mark.parametrize("order", [each for each in permutations(STEPS) if each[-1] == "cancel"], ids="-".join)
def test_and_with_grace_the_same_where_all_else_came_first(order: tuple[str, ...]) -> None:
    days = ("07-06", "07-07", "07-08", "07-09")
    story = "\n".join(STEPS[step].format(day=day) for step, day in zip(order, days, strict=True))
    play(
        World(programme_with(redemption={"restored": {"kind": "grace", "days": 30}})),
        f"""
        buy     A   2011-01-05  ann       a 100.00   -> +100
        buy     B   2011-02-05  ann       b 30.00    -> +30
        redeem  R1  2011-02-06  ann       100        -> -100: lots A:100
        {story}
        see         ann                              -> available 80, debt 0, lots B:30 M:50, covers none
        """,
    )


def test_a_day_cap_reached_the_first_receipt_returned_a_third_bought() -> None:
    # 100 points a day. 70; then 30 of 60, as no more were left. The first comes back: its 70 are free again, and the
    # second keeps its 30. The third, of 80, gets 70. What comes back of the second leaves it min(30, 20).
    play(
        World(programme_with(per_amount(cap={"points": 100, "per": "day"}))),
        """
        buy     1   2011-01-05 09:00  ann       A 70.00     -> +70: base 70
        buy     2   2011-01-05 10:00  ann       B×3 60.00   -> +30: base 30
        back    C1  2011-01-05 11:00  ann of 1  A           -> -70: own 70
        holds   2                                           -> base 30 of 30
        buy     3   2011-01-05 12:00  ann       C 80.00     -> +70: base 70
        buy     4   2011-01-05 13:00  ann       C 80.00     -> +0
        back    C2  2011-01-06        ann of 2  B           -> +0           # 40.00 are left: still 30
        back    C3  2011-01-06        ann of 2  B           -> -10: own 10  # 20.00
        buy     5   2011-01-05 14:00 at 2011-01-07  ann  C 80.00  -> +10: base 10     # of that day, counted later
        buy     6   2011-01-07        ann       C 80.00     -> +80: base 80
        """,
    )


def test_500_points_at_1000_spent_in_a_month_reached_then_returned_below() -> None:
    # 600.00 and 500.00 reach it on receipt 2. 200.00 of it come back: 300.00 with 600.00 before it do not: its 500 go.
    # 200.00 bought again reach it again: 1,100.00 on receipt 3. What comes back of receipt 1 changes nothing for it:
    # its context says that 900.00 had been spent before.
    bonus = rule("spend_reached", "thousand", points=500, minor=100_000, per="month")
    play(
        World(programme_with(per_amount(), bonus)),
        """
        buy     1   2011-01-05  ann       A 600.00              -> +600: base 600
        buy     2   2011-01-06  ann       B 300.00, C 200.00    -> +1000: base 500, thousand 500
        back    C2  2011-01-07  ann of 2  C                     -> -700: own 700
        holds   2                                               -> base 300 of 500, thousand 0 of 500
        buy     3   2011-01-08  ann       C 200.00              -> +700: base 200, thousand 500
        back    C1  2011-01-09  ann of 1  A                     -> -600: own 600
        holds   3                                               -> base 200 of 200, thousand 500 of 500
        buy     4   2011-01-10  ann       A 600.00              -> +600: base 600     # reached once more, but 3 has it
        buy     5   2011-02-01  ann       A 1000.00             -> +1500: base 1000, thousand 500
        """,
    )


def test_the_first_of_a_month_was_returned_in_full_and_the_next_is_the_first() -> None:
    play(
        World(programme(per_amount(), first_purchase(100))),
        """
        buy     1   2011-01-05  ann       A 10.00   -> +110: base 10, welcome 100
        redeem  R1  2011-01-06  ann       110       -> -110
        back    C1  2011-01-07  ann of 1  A         -> -110: owed 110
        buy     2   2011-01-08  ann       A 10.00   -> +110: base 10, welcome 100, debt paid 110
        cancel  K1  2011-01-09  R1                  -> +110: lots 1:110
        see         ann                             -> available 110, debt 0, lots 2:110
        """,
    )
