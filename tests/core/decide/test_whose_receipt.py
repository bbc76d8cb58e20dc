"""A receipt that is moved to the right member, and one without a member that is claimed late (law 11)."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme, programme_with, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World

TIERS = programme(per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 100")


def test_moved_it_is_reversed_and_evaluated_again() -> None:
    play(
        World(TIERS),
        """
        buy     2   2011-01-04  bob       B 100.00     -> +200
        buy     1   2011-01-05  ann       A×2 100.00   -> +200: base 100, welcome 100
        back    C1  2011-01-06  ann of 1  A            -> -50: own 50
        move    W1  2011-01-07  1 to bob               -> -150: own 150; +75: base 50, tier 25
        see         ann                                -> available 0, qualifying 0, purchases 0, tier bronze
        see         bob                                -> available 275, qualifying 150, tier silver
        move    W1  2011-01-07  1 to bob               -> again -150
        back    C2  2011-01-08  ann       A            -> +0: unmatched A×1
        back    C2  2011-01-08  ann       A            -> again +0
        back    C3  2011-01-08  bob       A            -> -75: own 75
        """,
    )


def test_moved_there_and_back() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann       A 100.00   -> +200
        move    W1  2011-01-06  1 to bob             -> -200: own 200; +200: base 100, welcome 100
        move    W2  2011-01-07  1 to ann             -> -200: own 200; +200: base 100, welcome 100
        see         bob                              -> available 0, tier bronze, purchases 0
        see         ann                              -> available 200, tier silver, purchases 1
        """,
    )


def test_what_the_wrong_one_has_spent_is_owed() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00     -> +30
        spend       2011-01-06  ann  20
        move    W1  2011-01-07  1 to bob         -> -30: own 10, owed 20; +30: base 30
        see         ann                          -> available 0, debt 20
        """,
    )


def test_the_last_day_is_still_the_purchases() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00     -> +30
        move    W1  2011-07-06  1 to bob         -> +0: expired 30; +0: base 30, lapsed 30
        """,
    )


def test_claimed_within_the_days() -> None:
    play(
        World(programme_with(per_amount(), first_purchase(100), claims={"days": 3})),
        """
        buy     1   2011-01-05        -       A×2 30.00   -> anonymous
        back    C1  2011-01-06        - of 1  A           -> anonymous
        claim   D1  2011-01-08 12:00  1 by ann            -> +115: base 15, welcome 100
        claim   D1  2011-01-08 12:01  1 by ann            -> again +115
        claim   D2  2011-01-08 12:01  1 by bob            -> refused receipt_has_a_member
        see         ann                                   -> available 115, days 1:2011-07-05, purchases 1
        back    C2  2011-01-09        ann     A           -> -115
        buy     3   2011-01-10        eve     A 30.00     -> anonymous member_blocked
        claim   D3  2011-01-13 12:01  3 by ann            -> refused receipt_too_old
        """,
    )


def test_nothing_is_left_to_claim() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  -       A 30.00   -> anonymous
        back    C1  2011-01-06  - of 1  A         -> anonymous
        claim   D1  2011-01-07  1 by ann          -> +0
        buy     2   2011-01-08  ann     B 5.00    -> +105
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +130
        buy     2   2011-01-05  ann  A 30.00   -> +30
        buy     3   2011-01-05  -    A 30.00   -> anonymous
        void    V2  2011-01-05  2              -> -30
        move    W1  2011-01-06  9 to nobody    -> refused member_unknown
        move    W1  2011-01-06  9 to eve       -> refused member_not_active
        move    W1  2011-01-06  9 to bob       -> refused receipt_unknown
        move    W1  2011-01-06  2 to bob       -> refused receipt_void
        move    W1  2011-01-06  3 to bob       -> refused receipt_has_no_member
        move    W1  2011-01-06  1 to ann       -> refused member_the_same
        claim   D1  2012-01-06  9 by nobody    -> refused member_unknown
        claim   D1  2012-01-06  9 by zoe       -> refused member_not_active
        claim   D1  2012-01-06  9 by bob       -> refused receipt_unknown
        claim   D1  2012-01-06  2 by bob       -> refused receipt_void
        claim   D1  2012-01-06  1 by bob       -> refused receipt_has_a_member
        claim   D1  2012-01-06  3 by bob       -> refused receipt_too_old
        """,
    )
