"""An exchange: goods come back and others are sold on one slip."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World

TIERS = programme(per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 100")


def test_what_comes_back_goes_before_what_is_sold_comes() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A×2 30.00         -> +30
        swap    X1  2011-01-06  ann of 1  B 20.00 for A     -> -15: own 15; +20: base 20
        swap    X1  2011-01-06  ann of 1  B 20.00 for A     -> again +5
        swap    X1  2011-01-06  ann of 1  B 21.00 for A     -> refused document_reused_with_other_content
        swap    X1  2011-01-06  ann of 1  B 20.00 for A×2   -> refused document_reused_with_other_content
        see         ann                                     -> available 35, lots 1:15 X1:20
        back    C1  2011-01-07  ann       B                 -> -20: own 20
        back    C2  2011-01-07  ann of X1  B                -> refused returned_more_than_left
        """,
    )


def test_the_tier_is_the_one_held_before_and_moves_once() -> None:
    # Silver by receipt 1 alone. Between the two halves the points would be bronze's.
    world = World(TIERS)
    play(
        world,
        """
        buy     1   2011-01-05  ann       A 100.00          -> +200: base 100, welcome 100
        swap    X1  2011-01-06  ann of 1  B 100.00 for A    -> -200: own 200; +250: base 100, tier 50, welcome 100
        see         ann                                     -> tier silver
        swap    X2  2011-01-07  ann of X1  B 10.00 for B    -> -250: own 250; +115: base 10, tier 5, welcome 100
        see         ann                                     -> tier bronze
        """,
    )


def test_another_members_receipt() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann       A 100.00          -> +200
        swap    X1  2011-01-06  bob of 1  B 50.00 for A     -> -200: own 200; +150: base 50, welcome 100
        see         ann                                     -> available 0, tier bronze
        see         bob                                     -> available 150, tier bronze
        """,
    )


def test_without_a_receipt_the_members_latest() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 30.00              -> +30
        buy     2   2011-01-06  ann  A 20.00              -> +20
        swap    X1  2011-01-07  ann  B 5.00 for A×2, C    -> -50: own 50, unmatched C×1; +5: base 5
        """,
    )


def test_nobodys_exchange() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  -         A×2 30.00         -> anonymous
        swap    X1  2011-01-06  - of 1    B 20.00 for A     -> anonymous
        swap    X2  2011-01-06  ann of 1  C 20.00 for A     -> +20: base 20
        buy     2   2011-01-06  ann       A 30.00           -> +30
        swap    X3  2011-01-06  - of 2    C 20.00 for A     -> -30: own 30
        swap    X4  2011-01-06  eve of X2  D 9.00 for C     -> -20: own 20
        claim   D1  2011-01-07  X4 by bob                   -> +9: base 9
        """,
    )


def test_it_can_be_cancelled_and_voided_by_halves() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A×2 30.00         -> +30
        swap    X1  2011-01-06  ann of 1  B 20.00 for A     -> -15: own 15; +20: base 20
        unback  U1  2011-01-07  X1                          -> +15: own -15
        void    V1  2011-01-07  X1                          -> -20: own 20
        see         ann                                     -> available 30, lots 1:30
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann          A 30.00            -> +30
        buy     2   2011-01-05  ann          A 30.00            -> +30
        void    V2  2011-01-05  2                               -> -30
        swap    X1  2011-01-06  nobody of 9  B -5.00 for A×0    -> refused quantity_not_above_zero
        swap    X1  2011-01-06  nobody of 9  B -5.00 for A      -> refused amount_below_zero
        swap    X1  2011-01-06  nobody of 9  B 5.00 for A       -> refused member_unknown
        swap    X1  2011-01-06  ann of 9     B 5.00 for A       -> refused receipt_unknown     # this cannot wait
        swap    X1  2011-01-06  ann of 2     B 5.00 for A×9     -> refused receipt_void
        swap    X1  2011-01-06  ann of 1     B 5.00 for A×2     -> refused returned_more_than_left
        """,
    )
