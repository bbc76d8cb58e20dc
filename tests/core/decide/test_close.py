"""Leaving: what is left is forfeited, what is owed is forgiven, and nothing is credited any more."""

from __future__ import annotations

from tests.core.programmes import programme_with, unit
from tests.core.scenarios import play
from tests.core.world import World

RULES = programme_with(units=[unit("stamps")])


def test_every_wallet_is_emptied() -> None:
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann            A 30.00   -> +30
        adjust  J1  2011-01-05  ann in stamps  4         -> +4
        close   Z1  2011-01-06  ann                      -> -30: forfeited 30; -4: forfeited 4
        see         ann                                  -> available 0, status closed, qualifying 30
        see         ann in stamps                        -> available 0
        buy     2   2011-01-07  ann            A 30.00   -> anonymous member_closed
        redeem  R1  2011-01-07  ann            1         -> refused member_not_active
        close   Z1  2011-01-08  ann                      -> again -30
        close   Z2  2011-01-08  ann                      -> refused member_not_active
        """,
    )


def test_what_is_owed_is_forgiven() -> None:
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        spend       2011-01-06  ann  30
        back    C1  2011-01-07  ann  A         -> -30: owed 30
        close   Z1  2011-01-08  ann            -> +30: forgiven 30; +0
        see         ann                        -> debt 0, covers 1:forgiven:30
        """,
    )


def test_goods_of_one_who_left_come_back_all_the_same() -> None:
    # The 30 were forfeited: nobody has them, so they are owed; whoever has left will not pay.
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        close   Z1  2011-01-06  ann            -> -30: forfeited 30; +0
        back    C1  2011-01-07  ann  A         -> -30: owed 30
        """,
    )


def test_a_return_of_before_that_is_cancelled_gives_nothing_again() -> None:
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        back    C1  2011-01-06  ann  A         -> -30: own 30
        close   Z1  2011-01-07  ann            -> +0; +0
        unback  U1  2011-01-08  C1             -> +0: own -30, forfeited 30
        see         ann                        -> available 0, qualifying 30
        """,
    )


def test_and_one_of_afterwards_owes_nothing_again() -> None:
    play(
        World(RULES),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +30
        close   Z1  2011-01-06  ann            -> -30: forfeited 30; +0
        back    C1  2011-01-07  ann  A         -> -30: owed 30
        unback  U1  2011-01-08  C1             -> +30: owed -30
        see         ann                        -> available 0, debt 0
        """,
    )


def test_parting_from_one_who_has_left_leaves_them_nothing() -> None:
    # Ann's 20 paid of bob's debt of 30. Parted, he owes all of it again; her 20 she would have forfeited.
    play(
        World(RULES),
        """
        buy      1   2011-01-05  bob           A 30.00   -> +30
        spend        2011-01-06  bob           30
        back     C1  2011-01-07  bob           A         -> -30: owed 30
        buy      2   2011-01-06  ann           A 20.00   -> +20
        merge    M1  2011-01-07  bob into ann            -> +30; -30; +0; +0
        close    Z1  2011-01-08  ann                     -> +10: forgiven 10; +0
        unmerge  N1  2011-01-09  M1
        see          ann                                 -> available 0, debt 0, status closed
        see          bob                                 -> available 0, status active
        """,
    )


def test_a_blocked_member_may_leave() -> None:
    play(World(RULES), "close  Z1  2011-01-06  eve  -> +0; +0")


def test_refusals_in_their_order() -> None:
    play(
        World(RULES),
        """
        buy      1   2011-01-05        ann     A 30.00   -> +30
        hold     H1  2011-01-06 12:00  ann     10        -> +0
        close    Z1  2011-01-06 12:01  nobody            -> refused member_unknown
        close    Z1  2011-01-06 12:01  zoe               -> refused member_not_active
        close    Z1  2011-01-06 12:01  ann               -> refused hold_open
        close    Z1  2011-01-06 12:15  ann               -> -30: forfeited 30; +0     # its time is over
        """,
    )
