"""A return that comes before its receipt waits, and applies with it (law 6)."""

from __future__ import annotations

from tests.core.programmes import programme
from tests.core.scenarios import play
from tests.core.world import World


def test_it_applies_with_its_receipt() -> None:
    play(
        World(programme(tiers="bronze 0, silver 20")),
        """
        back    C1  2011-01-06                ann of 1  A          -> waits for 1
        see         ann                                            -> available 0
        back    C1  2011-01-06                ann of 1  A          -> again +0
        back    C1  2011-01-06                ann of 1  A×2        -> refused document_reused_with_other_content
        buy     1   2011-01-05 at 2011-01-07  ann       A×3 30.00  -> +30: base 30; -10: own 10
        see         ann                                            -> available 20, qualifying 20, tier silver
        back    C2  2011-01-08                ann of 1  A×3        -> refused returned_more_than_left
        back    C2  2011-01-08                ann of 1  A×2        -> -20: own 20
        """,
    )


def test_several_apply_in_the_order_in_which_they_came_and_no_more_than_was_sold() -> None:
    came = "+30: base 30; -20: own 20; -10: own 10, unmatched A×1, unmatched B×1"
    play(
        World(programme()),
        f"""
        back  C1  2011-01-07                - of 1    A×2        -> waits for 1
        back  C2  2011-01-06 at 2011-01-08  ann of 1  A×2, B     -> waits for 1
        buy   1   2011-01-05 at 2011-01-09  ann       A×3 30.00  -> {came}
        see       ann                                            -> available 0, purchases 0
        """,
    )


def test_nobodys_receipt() -> None:
    world = World(programme())
    play(
        world,
        """
        back    C1  2011-01-06                ann of 1  A              -> waits for 1
        buy     1   2011-01-05 at 2011-01-09  -         A×3 30.00      -> anonymous
        back    C2  2011-01-10                - of 1    A×3            -> refused returned_more_than_left
        claim   D1  2011-01-11                1 by bob                 -> +20: base 20
        """,
    )


def test_one_that_waits_can_be_cancelled() -> None:
    play(
        World(programme()),
        """
        back    C1  2011-01-06                ann of 1  A              -> waits for 1
        unback  U1  2011-01-06                C1
        unback  U2  2011-01-06                C1                       -> refused return_cancelled_already
        buy     1   2011-01-05 at 2011-01-09  ann       A 30.00        -> +30
        """,
    )


def test_one_that_has_applied_can_be_cancelled() -> None:
    play(
        World(programme()),
        """
        back    C1  2011-01-06                ann of 1  A              -> waits for 1
        buy     1   2011-01-05 at 2011-01-09  ann       A 30.00        -> +30: base 30; -30: own 30
        unback  U1  2011-01-10                C1                       -> +30: own -30
        """,
    )


def test_the_number_may_turn_out_to_be_no_receipts() -> None:
    play(
        World(programme()),
        """
        back    C1  2011-01-06  ann of 2  A          -> waits for 2
        buy     1   2011-01-06  ann       A 30.00    -> +30
        back    2   2011-01-06  ann of 1  A          -> -30
        back    C3  2011-01-07  ann of 2  A          -> refused receipt_unknown
        """,
    )


def test_a_receipt_that_was_exchanged_for_something() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A 30.00          -> +30
        back    C1  2011-01-06  ann of 2  B                -> waits for 2
        swap    2   2011-01-06  ann of 1  B×2 40.00 for A  -> -30: own 30; +40: base 40; -20: own 20
        see         ann                                    -> available 20
        """,
    )
