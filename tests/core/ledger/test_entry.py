"""The movements: what each posts, and what it does to the wallet and the lot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core import laws
from tests.core.ledger.wallets import RECEIPT, TODAY, entry, lot, lot_told, wallet
from tests.core.scenarios import table
from wafa.core.ledger.entry import Entry, Posting, claw_back_as_debt, claw_back_from, expire, issue, pay_debt, qualify
from wafa.core.ledger.wallet import Lot


def posted(entry: Entry) -> list[tuple[str, int]]:
    """(account, points) of each posting."""
    return [(posting.account, posting.points) for posting in entry.postings]


def test_issue_adds_a_lot_whole() -> None:
    purse, new = wallet(lot("A 5")), lot("B 10")
    made = entry(purse)
    issue(made, new)
    assert posted(made) == [("available", 10), ("issued", -10)]
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
    purse = wallet()
    made = entry(purse)
    claw_back_as_debt(made, 0, RECEIPT)
    claw_back_as_debt(made, 8, RECEIPT)
    assert posted(made) == [("debt", -8), ("clawed_back", 8)]
    assert (purse.debt, made.points) == (8, -8)


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
