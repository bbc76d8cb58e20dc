"""What was withheld in money for points that were gone: it stays paid, until the goods are the customer's again.

Each step is a batch of its own, so that what stood for the points is read from the postings each time (law 6).

Worked: a receipt of 100 riyals gave 100 points; 60 of them are redeemed. The goods come back: 40 points are taken from
the lot, and for the 60 that are gone the till withholds their worth, 10 halalas each: 6.00 riyals. If the redemption
is cancelled, the 60 are the customer's: they have paid for them. If the return is cancelled, the till hands the 6.00
out again, and the lot gets its 40 back. After both, in either order, there are 100 points, as before both.
"""

from __future__ import annotations

import pytest
from django.db.models import Sum

from tests.world import HALF_A_YEAR, World, line
from wafa.core.commands import CancelRedemption, CancelReturn, Command, RecordReturn
from wafa.core.ledger.accounts import WITHHELD
from wafa.core.outcomes import Accepted, Posted, Refused
from wafa.store.models import Lot, Posting

REFUSING = HALF_A_YEAR | {"debt": "refuse", "redemption": {"worth": {"points": 10, "minor": 100}}}


@pytest.fixture
def world() -> World:
    """A point for each riyal, ten of them worth one; what points do not cover is withheld."""
    return World(REFUSING)


def stands(world: World) -> tuple[int, int, int]:
    """What can be spent, what stands for points of the lot, and how many of these were paid for in money."""
    lot = Lot.objects.of(world.id).get()
    paid = Posting.objects.of(world.id).filter(account=WITHHELD).aggregate(points=Sum("points"))["points"]
    assert world.differences() == []
    return world.wallet().available, lot.covered, -(paid or 0)


def spent_and_brought_back(world: World) -> tuple[Posted, RecordReturn]:
    """The redemption, and the return that was accepted in the end."""
    world.buy(line("SOAP", 100), number="S")
    redeemed = world.spend(60, number="S")
    back = world.coming_back(line("SOAP", 100), of="S", withheld_minor=599)
    [refused] = world.post(back)
    assert isinstance(refused, Refused)
    assert refused.detail == {"points": 60, "withhold_minor": 600}
    back = world.coming_back(line("SOAP", 100), of="S", withheld_minor=600)
    assert took(world, back) == {"own_lot": 40, "already_expired": 0, "other_lots": 0, "debt": 0, "withheld": 60}
    assert stands(world) == (0, 60, 60)
    return redeemed, back


def took(world: World, command: Command) -> dict[str, int]:
    """Where a document took points from, or gave them back to."""
    [outcome] = world.post(command)
    assert isinstance(outcome, Accepted), outcome
    taken: dict[str, int] = outcome.slip.explanation["receipts"][0]["taken"]
    return taken


GAVE_BACK = {"own_lot": -40, "already_expired": 0, "other_lots": 0, "debt": 0, "withheld": -60}


def test_a_cancelled_redemption_leaves_it_paid_and_a_cancelled_return_hands_it_out(world: World) -> None:
    redeemed, back = spent_and_brought_back(world)
    world.do(CancelRedemption, redemption=redeemed.slip.id)
    assert stands(world) == (60, 60, 60)
    assert took(world, world.annul(CancelReturn, back)) == GAVE_BACK
    assert stands(world) == (100, 0, 0)


def test_the_other_way_round(world: World) -> None:
    redeemed, back = spent_and_brought_back(world)
    assert took(world, world.annul(CancelReturn, back)) == GAVE_BACK
    assert stands(world) == (40, 0, 0)
    world.do(CancelRedemption, redemption=redeemed.slip.id)
    assert stands(world) == (100, 0, 0)


def test_money_pays_for_what_nothing_else_does_and_is_handed_out_before_that(world: World) -> None:
    """Of the 60 that are gone, 25 come of a lot of Amal's that is still there, and 35 are paid for: 3.50 riyals."""
    world.buy(line("SOAP", 100), number="S")
    world.spend(60, number="S")
    world.buy(line("TEA", 25), number="T")
    back = world.coming_back(line("SOAP", 100), of="S", withheld_minor=350)
    assert took(world, back) == {"own_lot": 40, "already_expired": 0, "other_lots": 25, "debt": 0, "withheld": 35}
    assert world.wallet().available == 0
    assert took(world, world.annul(CancelReturn, back)) == {
        "own_lot": -40, "already_expired": 0, "other_lots": -25, "debt": 0, "withheld": -35,
    }  # fmt: skip
    rests = dict(Lot.objects.of(world.id).values_list("document__number", "remaining"))
    assert rests == {"S": 40, "T": 25}
    assert world.differences() == []
