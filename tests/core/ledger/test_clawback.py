"""Taking points back: the lot's own, then what of it has expired, then other lots, then debt."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from tests.core import laws
from tests.core.ledger.wallets import RECEIPT, TODAY, entry, lot, lot_told, wallet
from tests.core.scenarios import table
from wafa.core.ledger.clawback import Taken, claw_back
from wafa.core.ledger.lot import Lot


def lots_of(text: str) -> list[Lot]:
    """Others in their drawing order: each can be spent a month longer than the one before it."""
    texts = [] if text == "-" else text.split(", ")
    return [lot(each, expires_on=TODAY + timedelta(days=30 * place)) for place, each in enumerate(texts, start=1)]


def taken_told(taken: Taken) -> str:
    """`own 30, debt 5`."""
    return ", ".join(f"{name.split('_')[0]} {points}" for name, points in asdict(taken).items() if points) or "-"


# The own lot A was 100 points at first. What it has neither left nor lost to expiry was spent.
@table("""
    own       | others     | points | taken                        | own_after | others_after | debt
    A 100     | B 50       | 30     | own 30                       | A 70      | B 50         | 0
    A 100     | B 50       | 100    | own 100                      | A 0       | B 50         | 0
    A 20      | -          | 0      | -                            | A 20      | -            | 0

    A 0+100   | B 50       | 30     | already 30                   | A 0+100-30 | B 50        | 0    # gone already
    A 0+100   | B 50       | 100    | already 100                  | A 0+100-100 | B 50       | 0
    A 0+70-70 | B 50       | 30     | other 30                     | A 0+70-70 | B 20         | 0    # answers once
    A 0+40-30 | B 50       | 30     | already 10, other 20         | A 0+40-40 | B 30         | 0    # 10 had not yet
    A 10+40   | B 50       | 70     | own 10, already 40, other 20 | A 0+40-40 | B 30         | 0

    A 0       | B 50       | 30     | other 30                     | A 0       | B 20         | 0    # spent: others
    A 20      | B 50       | 30     | own 20, other 10             | A 0       | B 40         | 0
    A 0       | B 10, C 50 | 30     | other 30                     | A 0       | B 0, C 30    | 0    # soonest first
    A 0       | B 0, C 50  | 30     | other 30                     | A 0       | B 0, C 20    | 0
    A 0       | B 0+9, C 5 | 5      | other 5                      | A 0       | B 0+9, C 0   | 0    # B's answer for B

    A 0       | -          | 30     | debt 30                      | A 0       | -            | 30
    A 0       | B 0        | 30     | debt 30                      | A 0       | B 0          | 30
    A 0       | B 30       | 100    | other 30, debt 70            | A 0       | B 0          | 70   # law 6's example
    A 1+2     | B 3, C 4   | 100    | own 1, already 2, other 7, debt 90 | A 0+2-2 | B 0, C 0 | 90
""")
def test_in_this_order(
    own: str, others: str, points: str, taken: str, own_after: str, others_after: str, debt: str
) -> None:
    mine, rest = lot(own, expires_on=TODAY), lots_of(others)
    purse = wallet(*reversed(rest), mine)
    posted = entry(purse)

    came = claw_back(posted, mine, int(points), RECEIPT, TODAY)

    assert taken_told(came) == taken
    assert (lot_told(mine), ", ".join(map(lot_told, rest)) or "-") == (own_after, others_after)
    assert purse.debt == int(debt)
    assert posted.points == -(came.own_lot + came.other_lots + came.debt)
    laws.check_entry(posted)
    laws.check_wallet(purse)


def test_other_lots_are_drawn_soonest_first_then_oldest_and_those_without_an_end_last() -> None:
    own = lot("A 0")
    never, never_later = lot("never 10", sequence=2), lot("later 10", sequence=9)
    june, june_older = (lot(f"{name} 10", sequence, date(2011, 6, 1)) for name, sequence in (("june", 8), ("older", 3)))
    may = lot("may 10", sequence=9, expires_on=date(2011, 5, 31))
    purse = wallet(never_later, june, never, own, may, june_older)

    order = []
    for _ in range(5):
        before = {each: each.remaining for each in purse.lots}
        claw_back(entry(purse), own, 10, RECEIPT, TODAY)
        order += [each.number for each in purse.lots if each.remaining < before[each]]

    assert order == ["may", "older", "june", "never", "later"]


def test_a_lapsed_lot_is_not_drawn_though_nobody_has_expired_it_yet() -> None:
    yesterday, today = (
        lot(f"{name} 10", expires_on=TODAY + timedelta(days=days)) for name, days in (("B", -1), ("C", 0))
    )
    own = lot("A 0")
    taken = claw_back(entry(wallet(own, yesterday, today)), own, 15, RECEIPT, TODAY)
    assert taken_told(taken) == "other 10, debt 5"
    assert (yesterday.remaining, today.remaining) == (10, 0)


def test_every_draw_is_recorded_with_the_lot_it_came_from_and_the_receipt_it_is_about() -> None:
    own, other = lot("A 20"), lot("B 5", expires_on=date(2011, 6, 1))
    purse = wallet(own, other)
    posted = entry(purse)
    claw_back(posted, own, 30, RECEIPT, TODAY)
    assert [(each.account, each.points, each.lot and each.lot.number) for each in posted.postings] == [
        ("available", -20, "A"),
        ("clawed_back", 20, "A"),
        ("available", -5, "B"),
        ("clawed_back", 5, "B"),
        ("debt", -5, None),
        ("clawed_back", 5, None),
    ]
    assert {each.document_id for each in posted.postings} == {RECEIPT}


def test_drawing_from_a_wallet_whose_lots_were_not_all_loaded_stops() -> None:
    own = lot("A 5")
    purse = wallet(own)
    purse.draws_allowed = False
    assert taken_told(claw_back(entry(purse), own, 5, RECEIPT, TODAY)) == "own 5"
    with pytest.raises(AssertionError, match="not all loaded"):
        claw_back(entry(purse), own, 5, RECEIPT, TODAY)


def test_taken_adds_up() -> None:
    assert Taken(1, 2, 3, 4) + Taken(10, 20, 30, 40) == Taken(11, 22, 33, 44)
