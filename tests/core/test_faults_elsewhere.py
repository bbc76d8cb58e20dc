"""Faults that users of other loyalty systems reported: those that the law of points itself must prevent."""

from __future__ import annotations

from tests.core.programmes import first_purchase, per_amount, per_unit, programme, tier_percentage
from tests.core.scenarios import commands, play
from tests.core.telling import slip_of
from tests.core.world import LONDON, World

RULES = programme(
    per_amount(), tier_percentage({"silver": 25}), first_purchase(100), tiers="bronze 0, silver 1000", items=["GIFT"]
)


def test_the_same_receipt_synced_twice_earned_twice() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05                      ann  A 10.00    -> +110
        buy    1   2011-01-05                      ann  A 10.00    -> again +110
        buy    1   2011-01-05 at 2011-01-09        ann  A 10.00    -> again +110
        see        ann                                             -> available 110
        """,
    )


def test_bought_refunded_and_the_points_kept() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann  A 10.00    -> +110
        back   C1  2011-01-05  ann  A          -> -110
        buy    2   2011-01-06  ann  A 10.00    -> +110
        back   C2  2011-01-06  ann  A          -> -110
        see        ann                         -> available 0, debt 0, qualifying 0
        """,
    )


def test_a_refund_took_the_points_twice_and_a_partial_one_the_wrong_number() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann       A×3 10.00   -> +110         # 3.33 each
        back   C1  2011-01-06  ann of 1  A           -> -4: own 4    # 6.67 is left: 6
        back   C1  2011-01-06  ann of 1  A           -> again -4
        back   C2  2011-01-06  ann of 1  A×3         -> refused returned_more_than_left
        see        ann                               -> available 106
        """,
    )


def test_a_full_credit_note_took_no_points_back() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann       A×3 10.00, B 5.00   -> +115
        back   C1  2011-01-06  ann of 1  A×3 10.00, B 5.00   -> -115: own 115
        """,
    )


def test_a_sale_whose_points_were_spent_could_not_be_returned() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann  A 10.00    -> +110
        spend      2011-01-06  ann  110
        back   C1  2011-01-07  ann  A          -> -110: owed 110
        """,
    )


def test_expired_credits_left_the_sum_while_what_had_drawn_on_them_stayed() -> None:
    # 100 of lot 1 were spent before it ran out. Only the 10 that were left leave the balance.
    play(
        World(RULES),
        """
        buy     1  2011-01-05  ann  A 10.00    -> +110
        buy     2  2011-05-05  ann  A 50.00    -> +50
        spend      2011-05-06  ann  100
        settle     2011-07-06                  -> -10
        see        ann                         -> available 50, lots 2:50
        """,
    )


def test_two_draws_came_from_the_first_lot_alone_and_when_it_expired_the_balance_rose() -> None:
    play(
        World(programme()),
        """
        buy     1  2011-01-05  ann  A 100.00   -> +100
        buy     2  2011-02-05  ann  A 100.00   -> +100
        spend      2011-02-06  ann  60
        spend      2011-02-06  ann  60
        see        ann                         -> lots 2:80
        settle     2011-07-06                  -> +0
        see        ann                         -> available 80
        """,
    )


def test_lots_of_another_label_never_expired() -> None:
    # A purchase, a purchase that was moved along, a purchase counted late: a lot is a lot.
    play(
        World(RULES),
        """
        buy     1  2011-01-05                ann  A 10.00   -> +110
        buy     2  2011-01-05 at 2011-03-01  ann  A 10.00   -> +10
        buy     3  2011-01-05                bob  A 0.99    -> +100
        settle     2011-07-06                               -> -220
        """,
    )


def test_points_that_were_not_whole() -> None:
    # Ten times 0.10 is 1 point only if it is bought at once; nothing is ever 0.9999999999999999 or 268.28000000000003.
    rules = programme(per_amount())
    play(
        World(rules),
        """
        buy    1   2011-01-05  ann  A 0.10                   -> +0
        buy    2   2011-01-05  ann  {ten_times}              -> +1
        buy    3   2011-01-05  ann  A 268.28                 -> +268
        """.format(ten_times=", ".join(["A 0.10"] * 10)),
    )


def test_tiers_on_the_balance_so_that_spending_lost_the_tier() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann  A 1000.00  -> +1100
        spend      2011-01-06  ann  1100
        see        ann                         -> available 0, tier silver
        buy    2   2011-01-07  ann  A 100.00   -> +125: base 100, tier 25
        """,
    )


def test_the_statement_did_not_say_why_points_came_or_went() -> None:
    story = """
        buy     1   2011-01-05  ann  A 10.00
        back    C1  2011-01-06  ann  A
        buy     2   2011-01-07  ann  A 10.00
        settle      2012-01-01
    """
    outcomes = World(RULES).post(*commands(story, LONDON))
    entries = [entry for outcome in outcomes for entry in outcome.entries]
    assert [sum(each["points"] for each in entry.explanation.get("awards", ())) for entry in entries] == [
        110,
        0,
        110,
        0,
    ]
    assert [each["points"] for each in entries[1].explanation["receipts"][0]["awards"]] == [-10, -100]
    assert entries[3].explanation["lots"][0] | {"lot": ""} == {
        "lot": "",
        "document": str(slip_of(outcomes[2]).document.id),
        "number": "2",
        "points": 110,
        "expires_on": "2011-07-07",
    }


def test_one_order_changed_the_points_of_others() -> None:
    play(
        World(RULES),
        """
        buy    1   2011-01-05  ann       A 10.00   -> +110
        buy    2   2011-01-06  ann       A 10.00   -> +10
        buy    3   2011-01-06  bob       A 10.00   -> +110
        back   C1  2011-01-07  ann of 1  A         -> -110
        holds  2                                   -> base 10 of 10
        holds  3                                   -> base 10 of 10, welcome 100 of 100
        see        bob                             -> available 110
        """,
    )


def test_buying_a_gift_card_earned_points() -> None:
    play(World(RULES), "buy  1  2011-01-05  ann  GIFT 50.00  -> +0")


def test_a_negative_quantity_or_amount_was_accepted() -> None:
    rules = programme(per_amount(), per_unit("A"))
    play(
        World(rules),
        """
        buy    1   2011-01-05  ann  A×-5 10.00            -> refused quantity_not_above_zero
        buy    2   2011-01-05  ann  B 100.00, A -10.00    -> refused amount_below_zero
        back   C1  2011-01-05  ann  A×-5                  -> refused quantity_not_above_zero
        see        ann                                    -> available 0
        """,
    )
