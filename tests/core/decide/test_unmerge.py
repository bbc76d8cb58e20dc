"""A merge is undone: what came along goes back as far as it is there, what was accrued since stays."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.core.programmes import first_purchase, per_amount, programme, programme_with, tier_percentage
from tests.core.scenarios import play
from tests.core.world import World
from wafa.core.commands import UndoMerge
from wafa.core.outcomes import Posted

TIERS = programme(per_amount(), tier_percentage({"silver": 50}), first_purchase(100), tiers="bronze 0, silver 100")
PLAIN = programme()
LATER = datetime(2011, 1, 8, 12, tzinfo=UTC)


def test_merged_and_undone_is_as_though_nothing_had_been() -> None:
    play(
        World(TIERS),
        """
        buy      1   2011-01-05  ann           A 60.00   -> +160
        buy      2   2011-01-06  bob           A 50.00   -> +150
        open     O1  2011-01-06  bob           7, qualifying 5   -> +7
        merge    M1  2011-01-07  bob into ann            -> -157; +157
        see          ann                                 -> tier silver
        unmerge  N1  2011-01-08  M1                      -> -157; +157
        unmerge  N1  2011-01-08  M1                      -> again -157
        unmerge  N2  2011-01-08  M1                      -> refused merge_undone_already
        see          ann                                 -> available 160, qualifying 60, purchases 1, tier bronze
        see          bob                                 -> available 157, qualifying 55, purchases 1, tier bronze
        buy      3   2011-01-09  bob           A 10.00   -> +10: base 10
        back     C1  2011-01-10  ann           A×9       -> -160: own 160, unmatched A×8
        back     C2  2011-01-10  bob           A×9       -> -160: own 160, unmatched A×7
        """,
    )


def test_each_entry_names_the_other_member_by_number() -> None:
    # As the merge was asked for: an absorbed number stands for the survivor, and may be given to somebody else later.
    world = World(PLAIN)
    play(
        world,
        """
        buy      1   2011-01-05  cem           A 30.00   -> +30
        merge    M1  2011-01-06  cem into bob            -> -30; +30
        merge    M2  2011-01-07  cem into ann            -> -30; +30      # cem is bob by now
        """,
    )
    [undone] = world.post(UndoMerge(at=LATER, key="N1", merge=world.named["M2"]))
    assert isinstance(undone, Posted)
    gone, back = undone.entries
    assert gone.explanation == {"member": "cem", "points": -30}
    assert back.explanation == {"from": "ann", "points": 30}


def test_what_was_accrued_since_stays_and_what_was_spent_is_spent() -> None:
    # Bob's lot runs out first, so his are the 20 that were spent.
    play(
        World(PLAIN),
        """
        buy      2   2011-01-04  bob           A 50.00   -> +50
        buy      1   2011-01-05  ann           A 60.00   -> +60
        merge    M1  2011-01-07  bob into ann            -> -50; +50
        redeem   R1  2011-01-08  bob           20        -> -20: lots 2:20
        buy      3   2011-01-08  bob           A 10.00   -> +10
        unmerge  N1  2011-01-09  M1                      -> -30; +30
        see          ann                                 -> available 70, lots 1:60 3:10, purchases 2
        see          bob                                 -> available 30, lots 2:30, purchases 1
        cancel   K1  2011-01-10  R1                      -> +20: lots 2:20
        see          bob                                 -> available 50
        back     C3  2011-01-11  bob of 3      A         -> -10: own 10
        see          ann                                 -> available 60
        """,
    )


def test_a_redemption_of_both_ones_lots_is_cancelled_after_they_parted() -> None:
    play(
        World(PLAIN),
        """
        buy      2   2011-01-04  bob           A 50.00   -> +50
        buy      1   2011-01-05  ann           A 60.00   -> +60
        merge    M1  2011-01-07  bob into ann            -> -50; +50
        redeem   R1  2011-01-08  bob           70        -> -70: lots 2:50 1:20
        unmerge  N1  2011-01-09  M1                      -> +0; +0
        cancel   K1  2011-01-10  R1                      -> +50: lots 2:50; +20: lots 1:20
        see          ann                                 -> available 60
        see          bob                                 -> available 50
        """,
    )


def test_returns_in_between_go_with_their_receipt() -> None:
    play(
        World(TIERS),
        """
        buy      1   2011-01-05  ann           A 60.00    -> +160
        buy      2   2011-01-06  bob           B×2 50.00  -> +150
        merge    M1  2011-01-07  bob into ann             -> -150; +150
        back     C1  2011-01-08  ann           B          -> -25: own 25
        unmerge  N1  2011-01-09  M1                       -> -125; +125
        see          bob                                  -> available 125, qualifying 25, purchases 1
        see          ann                                  -> available 160, qualifying 60, purchases 1
        back     C2  2011-01-10  bob           B          -> -125: own 125
        """,
    )


def test_what_the_ones_points_gave_for_the_others_goes_back_to_them() -> None:
    # Bob's debt of 30 took ann's 20 and left 10. Parted, ann has her 20 again, and bob owes his 30.
    play(
        World(PLAIN),
        """
        buy      1   2011-01-05  bob           A 30.00   -> +30
        spend        2011-01-06  bob           30
        back     C1  2011-01-07  bob           A         -> -30: owed 30
        buy      2   2011-01-06  ann           A 20.00   -> +20
        merge    M1  2011-01-07  bob into ann            -> +30; -30: debt paid 20
        unmerge  N1  2011-01-08  M1                      -> +30; -30
        see          ann                                 -> available 20, debt 0, covers none
        see          bob                                 -> available 0, debt 30, covers 1:debt:30
        """,
    )


def test_and_pays_the_ones_own_debt_with_it() -> None:
    # Since the merge ann's lot 3 came back as well: 25 were spent of it. The debts were: bob's 10, then ann's 25.
    play(
        World(PLAIN),
        """
        buy      1   2011-01-05  bob           A 30.00   -> +30
        spend        2011-01-06  bob           30
        back     C1  2011-01-07  bob           A         -> -30: owed 30
        buy      3   2011-01-04  ann           A 25.00   -> +25
        spend        2011-01-05  ann           25
        buy      2   2011-01-06  ann           B 20.00   -> +20
        merge    M1  2011-01-07  bob into ann            -> +30; -30: debt paid 20
        back     C3  2011-01-08  ann of 3      A         -> -25: owed 25
        see          ann                                 -> debt 35, covers 1:debt:10 1:2:20 3:debt:25
        unmerge  N1  2011-01-09  M1                      -> +30; -30
        see          ann                                 -> available 0, debt 5, covers 3:debt:5 3:2:20
        see          bob                                 -> available 0, debt 30
        """,
    )


def test_what_was_moved_away_since_does_not_come_back() -> None:
    play(
        World(PLAIN),
        """
        buy      1   2011-01-05  bob           A 30.00   -> +30
        buy      2   2011-01-06  bob           A 20.00   -> +20
        merge    M1  2011-01-07  bob into ann            -> -50; +50
        move     W1  2011-01-08  1 to cem                -> -30: own 30; +30: base 30
        move     W2  2011-01-08  2 to cem                -> -20: own 20; +20: base 20
        move     W3  2011-01-08  2 to ann                -> -20: own 20; +20: base 20      # and there again, anew
        unmerge  N1  2011-01-09  M1                      -> +0; +0
        see          ann                                 -> available 20, qualifying 20
        see          bob                                 -> available 0, qualifying 0, purchases 0
        back     C1  2011-01-10  cem           A         -> -30: own 30
        back     C2  2011-01-10  ann           A         -> -20: own 20
        """,
    )


def test_a_cap_counts_each_card_for_itself_again() -> None:
    play(
        World(programme_with(per_amount(cap={"points": 50, "per": "day"}))),
        """
        buy      1   2011-01-05 09:00  ann           A 30.00   -> +30
        buy      2   2011-01-05 09:00  bob           A 15.00   -> +15
        merge    M1  2011-01-05 10:00  bob into ann            -> -15; +15
        unmerge  N1  2011-01-05 10:01  M1                      -> -15; +15
        buy      3   2011-01-05 11:00  ann           A 40.00   -> +20
        buy      4   2011-01-05 11:00  bob           A 40.00   -> +35
        """,
    )


def test_merged_on() -> None:
    play(
        World(PLAIN),
        """
        buy      1   2011-01-05  cem           A 30.00   -> +30
        merge    M1  2011-01-06  cem into bob            -> -30; +30
        merge    M2  2011-01-07  bob into ann            -> -30; +30
        buy      2   2011-01-07  cem           A 5.00    -> +5
        see          ann                                 -> available 35
        unmerge  N1  2011-01-08  M1                      -> refused merged_since
        unmerge  N2  2011-01-08  M2                      -> -30; +30
        see          cem                                 -> available 30      # who is bob
        unmerge  N1  2011-01-09  M1                      -> -30; +30
        see          cem                                 -> available 30
        see          bob                                 -> available 0
        see          ann                                 -> available 5
        """,
    )


def test_refusals_in_their_order() -> None:
    play(
        World(programme_with(merges={"undo_days": 3})),
        """
        buy      1   2011-01-05        bob           A 30.00   -> +30
        redeem   R1  2011-01-05        bob           1         -> -1
        merge    M1  2011-01-06 12:00  bob into ann            -> -29; +29
        unmerge  N1  2011-01-06 12:00  M9                      -> refused merge_unknown
        unmerge  N1  2011-01-06 12:00  R1                      -> refused merge_unknown
        hold     H1  2011-01-09 11:59  ann           10        -> +0
        unmerge  N1  2011-01-09 12:00  M1                      -> refused hold_open
        unmerge  N1  2011-01-09 12:01  M1                      -> refused merge_too_old
        """,
    )
