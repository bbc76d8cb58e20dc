"""What the properties have found, each as an example of its own, with its figures; and what they showed not to hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.core.programmes import Json, body, per_amount
from tests.core.world import LONG_AGO, exchange, goods_back, key_of, purchase
from tests.properties.shop import Shop, told
from wafa.core.commands import (
    CancelRedemption,
    CancelReturn,
    Line,
    MergeMembers,
    MoveReceipt,
    OpenBalance,
    OpeningLot,
    Redeem,
    Settle,
    Transfer,
    UndoMerge,
    VoidReceipt,
)

NOON = datetime(2011, 1, 5, 12, tzinfo=UTC)
PLACE: dict[str, Any] = {"source": "till", "branch": "main", "currency": "GBP"}
WORTH: Json = {"redemption": {"worth": {"points": 1, "minor": 1}}}


def shop(*rules: Json, months: int | None = None, **sections: Any) -> Shop:
    return Shop([(LONG_AGO, body(*rules, months=months) | sections)])


def bought(number: str, points: int, member: str = "ann", at: datetime = NOON, **fields: Any) -> Any:
    """A receipt of so many pounds, which earns a point a pound."""
    return purchase(number, Line("A", points * 1000, points * 100), member=member, **({"at": at} | fields))


def returned(number: str, points: int, receipt: str, at: datetime = NOON, **fields: Any) -> Any:
    return goods_back(number, Line("A", points * 1000, 0), at=at, receipt=key_of(receipt), **fields)


def redeemed(key: str, points: int, member: str = "ann", at: datetime = NOON) -> Redeem:
    return Redeem(at=at, key=key, branch="main", member=member, points=points)


def cancelled(key: str, redemption: str, at: datetime = NOON) -> CancelRedemption:
    return CancelRedemption(at=at, key=key, branch="main", redemption=redemption)  # type: ignore[arg-type]


def available(shop: Shop, member: str) -> tuple[int, int]:
    """What a member has, and owes."""
    wallet = shop.wallet(member)
    return wallet.available, wallet.debt


# The order of refusals.


def test_of_two_members_an_unknown_one_is_refused_before_a_blocked_one() -> None:
    world = shop(transfers={})
    [transfer] = world.take(Transfer(at=NOON, key="a", member="eve", to="nobody", points=1))
    [merge] = world.take(MergeMembers(at=NOON, key="b", member="eve", into="nobody"))
    assert told(transfer) == told(merge) == ("refused", "member_unknown")


def test_a_void_receipt_that_is_moved_to_its_own_member_is_refused_for_the_member() -> None:
    world = shop()
    world.take(bought("1", 10), VoidReceipt(at=NOON, occurred_at=NOON, number="2", annulled=key_of("1"), **PLACE))
    [outcome] = world.take(MoveReceipt(at=NOON, key="a", receipt=key_of("1"), to="ann"))
    assert told(outcome) == ("refused", "member_the_same")


# Which points are drawn and until when they last.


def test_points_counted_late_last_as_long_as_the_latest_activity_says() -> None:
    # Two months after the last activity. Bought on 5 January and in the till's memory until 5 April; on 1 April the
    # member was there again: so all points last until 1 June.
    world = shop(expiry={"kind": "inactivity", "months": 2})
    april = datetime(2011, 4, 1, 12, tzinfo=UTC)
    world.take(bought("1", 10, at=april), bought("2", 20, at=april + timedelta(days=4), occurred_at=NOON))
    assert available(world, "ann") == (30, 0)
    assert {lot.expires_on for lot in world.wallet("ann").lots} == {date(2011, 6, 1)}


def test_debt_is_paid_by_the_lot_that_runs_out_first() -> None:
    # 10 are owed. The next receipt earns 20 that last for a year and 20 that last for a month.
    world = shop(
        per_amount("base", expiry={"kind": "months", "months": 12}),
        per_amount("extra", expiry={"kind": "months", "months": 1}, during="2011-02-01 2011-12-31"),
    )
    later = NOON + timedelta(days=40)
    world.take(bought("1", 10), redeemed("spent", 10), returned("2", 10, "1"), bought("3", 20, at=later))
    assert [(lot.number, lot.remaining) for lot in world.wallet("ann").lots] == [("1", 0), ("3", 20), ("3", 10)]


def test_debt_is_paid_by_the_opening_lot_that_runs_out_first() -> None:
    world = shop()
    lots = (OpeningLot(20), OpeningLot(20, date(2011, 3, 1)))
    owes = (bought("1", 10), redeemed("spent", 10), returned("2", 10, "1"))
    world.take(*owes, OpenBalance(at=NOON, key="opened", member="ann", lots=lots))
    by_last_day = {lot.expires_on: lot.remaining for lot in world.wallet("ann").lots if not lot.document_id}
    assert by_last_day == {None: 20, date(2011, 3, 1): 10}


# Where nobody is there to withhold money from.


def test_what_a_return_that_came_first_takes_is_owed_where_the_programme_would_refuse_it() -> None:
    # Receipt 1 went to bob after ann had spent it: she owes 10. Her next receipt, of 10, pays them; what had come back
    # of it before it came takes them again.
    world = shop(debt="refuse", **WORTH)
    world.take(bought("1", 10), redeemed("spent", 10), MoveReceipt(at=NOON, key="moved", receipt=key_of("1"), to="bob"))
    assert available(world, "ann") == (0, 10)
    world.take(returned("3", 10, "2"), bought("2", 10))
    assert available(world, "ann") == (0, 10)


def test_points_that_were_paid_for_in_money_do_not_come_back_twice() -> None:
    # 60 are spent, the goods come back, and 60 pence are withheld. Then the redemption is cancelled: the 60 are the
    # member's, who has paid for them. Then the return is: the goods are kept after all, and the money is due again.
    world = shop(debt="refuse", **WORTH)
    world.take(bought("1", 60), redeemed("spent", 60), returned("2", 60, "1", withheld_minor=60))
    world.take(cancelled("restored", "spent"))
    assert available(world, "ann") == (60, 0)
    [outcome] = world.take(CancelReturn(at=NOON, occurred_at=NOON, number="3", annulled=key_of("2"), **PLACE))
    assert available(world, "ann") == (60, 0)
    [part] = outcome.slip.explanation["receipts"]  # type: ignore[union-attr]
    assert part["taken"]["withheld"] == -60


# Parting what was merged.


def test_undoing_a_merge_leaves_no_debt_of_the_one_to_be_paid_by_the_other() -> None:
    # ann has spent two receipts of 100; merged into bob, who has 100, both come back: his 100 give for the first, and
    # 100 are owed for the second. Parted, he has his 100 again, and she owes 200.
    world = shop()
    world.take(bought("1", 100), bought("2", 100), redeemed("spent", 200), bought("3", 100, member="bob"))
    world.take(MergeMembers(at=NOON, key="merged", member="ann", into="bob"))
    world.take(returned("4", 100, "1"), returned("5", 100, "2"))
    assert available(world, "bob") == (0, 100)
    world.take(UndoMerge(at=NOON, key="parted", merge="merged"))  # type: ignore[arg-type]
    assert (available(world, "ann"), available(world, "bob")) == ((0, 200), (100, 0))


def test_undoing_a_merge_gives_the_survivor_the_room_under_a_cap_back_in_the_same_batch() -> None:
    # 60 a day: ann has had 60, so bob, who is she for a while, gets none; then he is himself again.
    world = shop(per_amount(cap={"points": 60, "per": "day"}))
    world.take(bought("1", 60), MergeMembers(at=NOON, key="merged", member="ann", into="bob"))
    undo = UndoMerge(at=NOON, key="parted", merge="merged")  # type: ignore[arg-type]
    world.take(bought("2", 50, member="bob"), undo, bought("3", 50, member="bob"), bought("4", 50, member="ann"))
    assert (available(world, "ann"), available(world, "bob")) == ((60, 0), (50, 0))


# What does not hold, and why.


def test_where_points_ran_out_in_between_it_matters_which_receipt_came_back_first() -> None:
    # A earned 100, of which 50 are spent; then B earned 100 for a month. Of the two, one comes back before B runs out,
    # all of A or half of B, and the other after it. If it is B first, 50 of A are nowhere to be found later: what has
    # run out stands in for its own lot alone (law 6). If it is A, B gives these 50 while it can, and its other 50 run
    # out, and stand in for what it loses itself.
    long, short = {"kind": "never"}, {"kind": "months", "months": 1}
    rules = (
        per_amount("base", during="2011-01-01 2011-01-31", expiry=long),
        per_amount("later", during="2011-02-01 2011-02-28", expiry=short),
    )
    february, april = datetime(2011, 2, 1, 12, tzinfo=UTC), datetime(2011, 4, 1, 12, tzinfo=UTC)

    def after(first: tuple[str, int], second: tuple[str, int]) -> tuple[int, int]:
        world = shop(*rules)
        world.take(bought("A", 100), redeemed("spent", 50), bought("B", 100, at=february))
        world.take(returned("R1", first[1], first[0], at=february), Settle(at=april))
        world.take(returned("R2", second[1], second[0], at=april))
        return available(world, "ann")

    assert after(("B", 50), ("A", 100)) == (0, 50)
    assert after(("A", 100), ("B", 50)) == (0, 0)


def test_pending_points_that_gave_for_others_stay_given_when_another_lot_gets_points_back() -> None:
    # 10 of receipt 1 are spent, and so are 10 of receipt 2; 3 earns 10 that are pending. 1 comes back: the pending 10
    # give for it. The second redemption is cancelled: 10 are available. Had it never been made, 2 would have given for
    # 1, and the pending 10 would be there. The sum is the same.
    rules = (per_amount("base", during="2011-01-01 2011-01-31"), per_amount("later", during="2011-02-01 2011-02-28"))
    slow = rules[1] | {"available": {"kind": "after_days", "days": 14}}
    february = datetime(2011, 2, 1, 12, tzinfo=UTC)
    figures = []
    for second in ([redeemed("second", 10, at=february)], []):
        world = shop(rules[0], slow)
        world.take(bought("1", 10), redeemed("first", 10), bought("2", 10), bought("3", 10, at=february), *second)
        world.take(returned("4", 10, "1", at=february))
        if second:
            world.take(cancelled("restored", "second", at=february))
        wallet = world.wallet("ann")
        figures.append((wallet.available, wallet.pending))
    assert figures == [(10, 0), (0, 10)]


def test_an_exchange_whose_return_is_not_covered_leaves_nothing_sold() -> None:
    world = shop(debt="refuse", **WORTH)
    world.take(bought("1", 10), redeemed("spent", 10))
    swapped = exchange("2", Line("B", 1000, 500), returned=(Line("A", 10_000, 0),), receipt=key_of("1"))
    [outcome] = world.take(swapped)
    assert told(outcome) == ("refused", "return_not_covered", 10, 10)
    assert key_of("2") not in world.snapshot.receipts
