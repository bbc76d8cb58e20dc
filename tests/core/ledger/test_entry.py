"""The movements: what each posts, and what it does to the wallet and the lot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core import laws
from tests.core.ledger.wallets import RECEIPT, TODAY, entry, lot, lot_told, wallet
from tests.core.scenarios import table
from wafa.core.ledger.accounts import DEBT, FORGIVEN, WITHHELD
from wafa.core.ledger.entry import Entry, Posting
from wafa.core.ledger.lot import Lot
from wafa.core.ledger.movements import (
    activate,
    capture,
    claw_back_from,
    cover_by,
    cover_from,
    draw,
    expire,
    forfeit,
    issue,
    pay_debt,
    qualify,
    restore,
    write_off,
)


def posted(entry: Entry) -> list[tuple[str, int]]:
    """(account, points) of each posting."""
    return [(posting.account, posting.points) for posting in entry.postings]


def test_issue_adds_a_lot_whole() -> None:
    purse, new = wallet(lot("A 5")), lot("B 0")
    new.points = 10
    made = entry(purse)
    issue(made, new)
    assert posted(made) == [("issued", -10), ("available", 10)]
    assert (purse.available, made.points, made.opened, purse.lots[-1]) == (15, 10, [new], new)


@table("""
    debt | given | paid | left
    0    | A 10 | 0    | A 10
    4    | A 10 | 4    | A 6
    10   | A 10 | 10   | A 0
    15   | A 10 | 10   | A 0
""")
def test_debt_is_paid_as_far_as_the_lot_goes(debt: str, given: str, paid: str, left: str) -> None:
    new = lot(given)
    purse = wallet(new, debt=int(debt))
    made = entry(purse)
    assert pay_debt(made, new) == int(paid)
    assert lot_told(new) == left
    laws.check_wallet(purse)
    assert (purse.available, purse.debt, made.points) == (new.remaining, int(debt) - int(paid), 0)
    laws.check_entry(made)


def test_expire_takes_what_is_left() -> None:
    old = lot("A 30+5")
    purse = wallet(old, lot("B 7"))
    made = entry(purse)
    assert expire(made, old) == 30
    assert posted(made) == [("available", -30), ("expired", 30)]
    assert (lot_told(old), purse.available, made.points) == ("A 0+35", 7, -30)


def test_claw_back_from_takes_what_there_is() -> None:
    old = lot("A 30")
    purse = wallet(old)
    made = entry(purse)
    assert (claw_back_from(made, old, 20, RECEIPT), claw_back_from(made, old, 20, RECEIPT)) == (20, 10)
    assert claw_back_from(made, old, 20, RECEIPT) == 0
    assert posted(made) == [("available", -20), ("clawed_back", 20), ("available", -10), ("clawed_back", 10)]
    assert (purse.available, made.points) == (0, -30)


def test_what_is_not_there_is_owed() -> None:
    gone = lot("A 0")
    purse = wallet(gone)
    made = entry(purse)
    cover_by(made, gone, DEBT, 0, RECEIPT)
    cover_by(made, gone, DEBT, 8, RECEIPT)
    assert posted(made) == [("debt", -8), ("clawed_back", 8)]
    assert (purse.debt, gone.covered, made.points) == (8, 8, -8)
    laws.check_wallet(purse)


def test_what_is_forgiven_or_withheld_is_not_owed() -> None:
    gone = lot("A 0")
    purse = wallet(gone)
    made = entry(purse)
    cover_by(made, gone, FORGIVEN, 8, RECEIPT)
    cover_by(made, gone, WITHHELD, 5, RECEIPT)
    assert posted(made) == [("forgiven", -8), ("clawed_back", 8), ("withheld", -5), ("clawed_back", 5)]
    assert (purse.debt, gone.covered, made.points) == (0, 13, 0)
    laws.check_wallet(purse)


def test_what_is_owed_can_be_written_off() -> None:
    purse = wallet(lot("A 0"), debt=9)
    made = entry(purse)
    assert write_off(made) == 9
    assert posted(made) == [("forgiven", -9), ("debt", 9)]
    assert (purse.debt, [(each.account, each.points) for each in purse.covers]) == (0, [("forgiven", 9)])
    laws.check_wallet(purse)


def test_drawing_goes_from_lot_to_lot_and_restoring_to_the_very_same() -> None:
    first, second = lot("A 30", expires_on=TODAY), lot("B 50")
    purse = wallet(second, first)
    made = entry(purse)
    assert draw(made, 40, "redeemed", TODAY) == [(first, 30), (second, 10)]
    assert posted(made) == [("available", -30), ("redeemed", 30), ("available", -10), ("redeemed", 10)]
    restore(made, second, 10, "redeemed", TODAY)
    restore(made, first, 30, "redeemed", TODAY)
    assert (lot_told(first), lot_told(second), purse.available, made.points) == ("A 30", "B 50", 80, 0)
    laws.check_wallet(purse)


def test_drawing_more_than_there_is_stops() -> None:
    lapsed = lot("A 30", expires_on=TODAY - timedelta(days=1))
    with pytest.raises(AssertionError, match="more points were drawn"):
        draw(entry(wallet(lapsed, lot("B 5"))), 6, "redeemed", TODAY)


def test_what_is_held_is_neither_available_nor_gone() -> None:
    some = lot("A 30")
    purse = wallet(some)
    made = entry(purse)
    draw(made, 20, "held", TODAY)
    assert (some.remaining, some.held, purse.figures(), made.points) == (
        10,
        20,
        {"available": 10, "pending": 0, "held": 20, "debt": 0},
        0,
    )
    capture(made, some, 15)
    restore(made, some, 5, "held", TODAY)
    assert (lot_told(some), some.held, made.points) == ("A 15", 0, -15)


def test_what_is_restored_after_its_last_day_expires_at_once() -> None:
    old = lot("A 10", expires_on=TODAY)
    made = entry(wallet(old))
    draw(made, 10, "redeemed", TODAY)
    restore(made, old, 10, "redeemed", TODAY + timedelta(days=1))
    assert posted(made)[2:] == [("redeemed", -10), ("available", 10), ("available", -10), ("expired", 10)]
    assert lot_told(old) == "A 0+10"


def test_pending_points_become_available_and_pay_debt() -> None:
    waiting = lot("A 0")
    waiting.points, waiting.pending = 10, True
    purse = wallet(debt=4)
    made = entry(purse)
    issue(made, waiting)
    assert (purse.pending, purse.available, purse.debt) == (10, 0, 4)
    assert activate(made, waiting) == 10
    assert (purse.pending, purse.available, purse.debt) == (0, 6, 0)
    laws.check_wallet(purse)


def test_forfeiting_takes_what_is_left() -> None:
    purse = wallet(lot("A 30+5"))
    made = entry(purse)
    assert forfeit(made, purse.lots[0]) == 30
    assert posted(made) == [("available", -30), ("forfeited", 30)]
    assert lot_told(purse.lots[0]) == "A 0+5"


def test_a_cover_is_recorded_with_the_lot_that_it_is_for() -> None:
    gone, other = lot("A 0"), lot("B 20")
    purse = wallet(gone, other)
    made = entry(purse)
    assert cover_from(made, gone, other, 30, RECEIPT) == 20
    assert {(each.lot, each.for_lot) for each in made.postings} == {(other, gone)}
    assert (gone.covered, other.remaining) == (20, 0)
    laws.check_wallet(purse)


def test_what_qualifies_is_no_points_to_spend() -> None:
    purse = wallet(lot("A 5"))
    made = entry(purse)
    for points in (30, 0, -10):
        qualify(made, points, RECEIPT)
    assert posted(made) == [("qualifying", 30), ("qualified", -30), ("qualifying", -10), ("qualified", 10)]
    assert (purse.qualifying, purse.available, made.points) == (20, 5, 0)


def test_entries_of_a_wallet_are_numbered_and_closing_notes_what_it_holds() -> None:
    purse = wallet(lot("A 5"))
    purse.tier = "silver"
    first, second = entry(purse), entry(purse)
    assert (first.sequence, second.sequence, purse.sequence) == (1, 2, 2)
    second.close()
    purse.available = 99
    assert second.after == {"available": 5, "pending": 0, "held": 0, "debt": 0}
    assert (second.tier_before, second.tier_after) == ("silver", "silver")


def test_an_entry_that_does_not_balance_cannot_be_closed() -> None:
    made = entry(wallet())
    made.postings.append(Posting("available", 1))
    with pytest.raises(AssertionError, match="add up to zero"):
        made.close()


def test_an_entry_balances_in_points_and_in_what_qualifies() -> None:
    made = entry(wallet())
    made.postings += [Posting("available", 1), Posting("qualified", -1)]
    with pytest.raises(AssertionError):
        made.close()


@table("""
    days | left | lapsed
    -1   | 1    | yes
    0    | 1    | no        # the last day is a day on which it can be spent
    1    | 1    | no
    -1   | 0    | no        # nothing is left to lapse
    -    | 1    | no
""")
def test_lapsed(days: str, left: str, lapsed: str) -> None:
    expires_on = None if days == "-" else TODAY + timedelta(days=int(days))
    assert lot(f"A {left}", expires_on=expires_on).has_lapsed(TODAY) == (lapsed == "yes")


def test_drawing_order_of_lots_that_are_alike_in_all_is_still_an_order() -> None:
    alike = [lot("A 1"), lot("A 1")]
    assert sorted([alike[1], alike[0]], key=Lot.drawing_order) == alike
