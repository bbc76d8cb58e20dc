"""Voiding a receipt, and cancelling a return: reversals by documents of their own."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, programme, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World

TIERS = programme(per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 100")


def test_a_void_takes_all_that_is_left() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann       A×2 100.00   -> +200
        back    C1  2011-01-06  ann of 1  A            -> -50: own 50
        void    V1  2011-01-07  1                      -> -150: own 150
        void    V1  2011-01-07  1                      -> again -150
        void    V2  2011-01-07  1                      -> refused receipt_void
        back    C2  2011-01-08  ann of 1  A            -> refused receipt_void
        back    C2  2011-01-08  ann       A            -> +0: unmatched A×1
        see         ann                                -> available 0, purchases 0, tier bronze
        buy     2   2011-01-09  ann       A 10.00      -> +110: base 10, welcome 100       # the first again
        """,
    )


def test_what_was_spent_is_found_as_a_return_finds_it() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann  A 100.00    -> +100
        buy     2   2011-01-06  ann  A 30.00     -> +30
        spend       2011-01-07  ann  100
        void    V1  2011-01-08  1                -> -100: others 30, owed 70
        """,
    )


def test_nobodys_receipt_can_be_voided_and_not_be_claimed_then() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  -  A 100.00      -> anonymous
        void    V1  2011-01-08  1                -> anonymous
        claim   D1  2011-01-09  1 by ann         -> refused receipt_void
        """,
    )


def test_cancelling_a_return_is_as_though_it_had_never_been() -> None:
    play(
        World(TIERS),
        """
        buy     1   2011-01-05  ann       A×2 100.00   -> +200
        back    C1  2011-01-06  ann of 1  A            -> -50: own 50
        see         ann                                -> available 150, qualifying 50, tier bronze
        unback  U1  2011-01-07  C1                     -> +50: own -50
        see         ann                                -> available 200, qualifying 100, tier silver
        unback  U1  2011-01-07  C1                     -> again +50
        unback  U2  2011-01-07  C1                     -> refused return_cancelled_already
        back    C2  2011-01-08  ann of 1  A×2          -> -200: own 200
        """,
    )


def test_what_was_taken_elsewhere_goes_back_there() -> None:
    # 100 of lot 1 are spent: 30 come from lot 2, 70 are owed, 50 of which lot 3 pays. Then the return was a mistake.
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A 100.00       -> +100
        buy     2   2011-01-06  ann       B 30.00        -> +30
        spend       2011-01-07  ann       100
        back    C1  2011-01-08  ann of 1  A              -> -100: others 30, owed 70
        buy     3   2011-01-09  ann       B 50.00        -> +50: base 50, debt paid 50
        unback  U1  2011-01-10  C1                       -> +100: others -80, owed -20
        see         ann                                  -> available 80, debt 0, lots 2:30 3:50, covers none
        """,
    )


def test_what_expired_before_or_since() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A×3 30.00    -> +30
        back    C1  2011-01-06  ann of 1  A            -> -10: own 10
        back    C2  2011-07-06  ann of 1  A            -> +0: expired 10
        unback  U2  2011-07-07  C2                     -> +0: expired -10
        unback  U1  2011-07-08  C1                     -> +0: own -10         # comes back, and has run out
        see         ann                                -> available 0, qualifying 30
        back    C3  2011-07-09  ann of 1  A×3          -> +0: expired 30
        """,
    )


def test_of_several_receipts_and_of_none() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A 30.00      -> +30
        buy     2   2011-01-06  ann       A 20.00      -> +20
        back    C1  2011-01-07  ann       A×2          -> -50: own 50
        unback  U1  2011-01-08  C1                     -> +50: own -50
        see         ann                                -> lots 1:30 2:20
        back    C2  2011-01-09  bob       A            -> +0: unmatched A×1
        unback  U2  2011-01-10  C2                     -> anonymous
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(programme()),
        """
        buy     1   2011-01-05  ann       A×2 30.00    -> +30
        back    C1  2011-01-06  ann of 1  A            -> -15
        void    V1  2011-01-07  9                      -> refused receipt_unknown
        void    V1  2011-01-07  C1                     -> refused receipt_unknown
        void    C1  2011-01-07  1                      -> refused document_reused_with_other_content
        unback  U1  2011-01-07  1                      -> refused return_unknown
        unback  U1  2011-01-07  9                      -> refused return_unknown
        void    V1  2011-01-07  1                      -> -15
        unback  U1  2011-01-07  C1                     -> refused receipt_void
        unback  V1  2011-01-07  C1                     -> refused document_reused_with_other_content
        """,
    )
