"""Pending points: there, but not to be spent before their day, or before something has happened."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.core.programmes import first_purchase, per_amount, programme_with
from tests.core.scenarios import play
from tests.core.world import World
from wafa.core.commands import Settle
from wafa.core.outcomes import Settled

AFTER_14 = {"kind": "after_days", "days": 14}
LATER = programme_with(available=AFTER_14)
ON_EVENT = programme_with(available={"kind": "on_event"})


def test_points_become_available_when_their_day_begins() -> None:
    play(
        World(LATER),
        """
        buy     1   2011-01-05        ann  A 30.00   -> +30
        see         ann                              -> available 0, pending 30, qualifying 30
        redeem  R1  2011-01-18 23:59  ann  1         -> refused insufficient_points
        settle      2011-01-18 23:59                 -> +0
        see         ann                              -> available 0, pending 30
        redeem  R1  2011-01-19 00:00  ann  30        -> -30: lots 1:30          # job or no job
        """,
    )


def test_the_day_is_the_merchants() -> None:
    play(
        World(LATER, zone=ZoneInfo("Asia/Riyadh")),
        """
        buy     1   2011-01-05 00:30  ann  A 30.00   -> +30
        settle      2011-01-18 23:59
        see         ann                              -> pending 30
        settle      2011-01-19 00:00
        see         ann                              -> available 30, pending 0
        """,
    )


def test_counted_after_their_day_they_are_available_at_once() -> None:
    play(
        World(LATER),
        """
        buy  1  2011-01-05 at 2011-01-18 23:59  ann  A 30.00   -> +30
        buy  2  2011-01-05 at 2011-01-19        ann  A 20.00   -> +20
        see     ann                                            -> available 50, pending 0
        """,
    )


def test_what_comes_back_meanwhile_is_taken_from_pending_points() -> None:
    play(
        World(LATER),
        """
        buy   1   2011-01-05  ann  A×2 30.00   -> +30
        back  C1  2011-01-06  ann  A           -> -15: own 15
        see       ann                          -> available 0, pending 15
        settle    2011-01-19
        see       ann                          -> available 15, pending 0
        """,
    )


def test_of_a_lot_with_nothing_left_there_is_nothing_to_tell() -> None:
    # All of it comes back before its day. When that comes the lot stops being pending, without an entry.
    world = World(LATER)
    play(
        world,
        """
        buy       1   2011-01-05  ann  A 30.00  -> +30
        back      C1  2011-01-06  ann  A        -> -30: own 30
        """,
    )
    [settled] = world.post(Settle(at=datetime(2011, 1, 20, 12, tzinfo=UTC)))
    assert isinstance(settled, Settled)
    assert settled.entries == ()
    assert not any(lot.pending for lot in world.wallet("ann").lots)
    play(
        world,
        """
        unback    U1  2011-01-21  C1            -> +30: own -30
        see           ann                       -> available 30, pending 0
        """,
    )


def test_what_comes_back_to_it_before_its_day_waits_for_that_day() -> None:
    play(
        World(LATER),
        """
        buy       1   2011-01-05  ann  A 30.00  -> +30
        back      C1  2011-01-06  ann  A        -> -30: own 30
        unback    U1  2011-01-07  C1            -> +30: own -30
        see           ann                       -> available 0, pending 30
        settle        2011-01-20                -> +0
        see           ann                       -> available 30, pending 0
        """,
    )


def test_an_empty_lot_beside_another_is_left_out_of_the_entry() -> None:
    world = World(LATER)
    play(
        world,
        """
        buy       1   2011-01-05  ann  A 30.00  -> +30
        buy       2   2011-01-06  ann  B 20.00  -> +20
        back      C1  2011-01-07  ann  A        -> -30: own 30
        """,
    )
    [settled] = world.post(Settle(at=datetime(2011, 2, 1, 12, tzinfo=UTC)))
    assert isinstance(settled, Settled)
    [entry] = settled.entries
    assert [(lot["number"], lot["points"]) for lot in entry.explanation["lots"]] == [("2", 20)]
    assert entry.occurred_at == datetime(2011, 1, 20, tzinfo=UTC), "when the second receipt's points were due"


def test_a_clawback_draws_on_pending_lots_after_available_ones() -> None:
    # Lot 1 was spent. Of its 50, 10 come of lot 2 (available), 30 of lot 3 (pending), and 10 are owed.
    rules = [per_amount(), first_purchase(10, available={"kind": "at_once"}, expiry={"kind": "never"})]
    play(
        World(programme_with(*rules, available=AFTER_14)),
        """
        buy     1   2011-01-05  ann       A 40.00   -> +50: base 40, welcome 10
        spend       2011-01-20  ann       50
        adjust  J1  2011-01-20  ann       10        -> +10
        buy     3   2011-01-20  ann       B 30.00   -> +30
        back    C1  2011-01-21  ann of 1  A         -> -50: others 40, owed 10
        see         ann                             -> available 0, pending 0, debt 10
        """,
    )


def test_pending_points_pay_debt_when_they_become_available() -> None:
    play(
        World(LATER),
        """
        buy     1   2011-01-05  ann       A 40.00   -> +40
        spend       2011-01-20  ann       40
        back    C1  2011-01-21  ann of 1  A         -> -40: owed 40
        buy     2   2011-01-22  ann       B 30.00   -> +30: base 30
        see         ann                             -> available 0, pending 30, debt 40
        settle      2011-02-05
        see         ann                             -> available 0, pending 0, debt 10
        """,
    )


def test_an_event_makes_them_available() -> None:
    play(
        World(ON_EVENT),
        """
        buy       1   2011-01-05  ann  A 30.00   -> +30
        buy       2   2011-01-05  ann  A 20.00   -> +20
        settle        2011-05-01                 -> +0
        see           ann                        -> available 0, pending 50
        activate  E1  2011-05-02  1              -> +0: lots 1:30
        see           ann                        -> available 30, pending 20
        activate  E1  2011-05-02  1              -> again +0
        activate  E2  2011-05-02  1              -> +0              # nothing is left to make available
        settle        2011-07-06                 -> -50             # pending or not, they run out
        see           ann                        -> available 0, pending 0
        """,
    )


def test_refusals_of_an_event_in_their_order() -> None:
    play(
        World(ON_EVENT),
        """
        buy       1   2011-01-05  ann  A 30.00   -> +30
        buy       2   2011-01-05  -    A 30.00   -> anonymous
        buy       3   2011-01-05  ann  A 30.00   -> +30
        void      V3  2011-01-05  3              -> -30
        activate  E1  2011-01-06  9              -> refused receipt_unknown
        activate  E1  2011-01-06  3              -> refused receipt_void
        activate  E1  2011-01-06  2              -> refused receipt_has_no_member
        activate  E1  2011-01-06  1              -> +0
        activate  E1  2011-01-06  3              -> refused key_reused_with_other_content
        """,
    )


def test_a_rule_may_have_terms_of_its_own() -> None:
    rules = [per_amount(), first_purchase(100, available=AFTER_14, expiry={"kind": "days", "days": 30})]
    play(
        World(programme_with(*rules)),
        """
        buy     1   2011-01-05  ann  A 30.00   -> +130
        see         ann                        -> available 30, pending 100, days 1:2011-02-04 1:2011-07-05
        settle      2011-01-19
        redeem  R1  2011-01-19  ann  110       -> -110: lots 1:100 1:10
        """,
    )
