"""The number of SQL statements of a batch of requests does not depend on its size either.

But for merges: each takes a few statements of its own, since one may bring along what the one before it brought.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.operations.test_statements import statements_of
from tests.world import GENEROUS, World, line
from wafa.core import commands as ask
from wafa.core.commands import Command
from wafa.core.outcomes import Accepted, Posted
from wafa.store import statistics

SIZES = (2, 60)
MOST = 23


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Seventy members with receipts, returns and a hold each, and some receipts of nobody."""
    world = World(GENEROUS, members=[f"m{place}" for place in range(70)])
    world.buy(member="m69")
    statistics.refresh()
    for place in range(70):
        member = f"m{place}"
        world.post(
            *(world.purchase(line("TEA", 90, 3), member=member, number=f"{each}-{place}") for each in "ABCDE"),
            *(world.purchase(line("TEA", 90, 3), member=None, number=f"{each}-{place}") for each in "NO"),
            *(
                world.coming_back(line("TEA", 0), of=f"{each}-{place}", number=f"back {each}-{place}", member=None)
                for each in "DE"
            ),
            world.ask(ask.PlaceHold, member=member, points=5),
        )
    statistics.refresh()
    return world


def _named(shop: World, kind: type[Command], place: int, **fields: Any) -> Any:
    """What an earlier request of the member made."""
    (outcome,) = shop.post(shop.ask(kind, member=f"m{place}", points=5, **fields))
    assert isinstance(outcome, Posted)
    return outcome.slip.id


VERBS: dict[str, Callable[[World, int, str], Any]] = {
    "redeem": lambda shop, place, _: shop.ask(ask.Redeem, member=f"m{place}", points=5),
    "redeem stamps": lambda shop, place, _: shop.ask(ask.Redeem, member=f"m{place}", points=1, unit="stamps"),
    "cancel": lambda shop, place, _: shop.ask(ask.CancelRedemption, redemption=_named(shop, ask.Redeem, place)),
    "hold": lambda shop, place, _: shop.ask(ask.PlaceHold, member=f"m{place}", points=5),
    "capture": lambda shop, place, _: shop.ask(ask.CaptureHold, hold=_named(shop, ask.PlaceHold, place)),
    "release": lambda shop, place, _: shop.ask(ask.ReleaseHold, hold=_named(shop, ask.PlaceHold, place)),
    "adjust": lambda shop, place, _: shop.ask(ask.Adjust, member=f"m{place}", points=5, unit="stamps"),
    "open": lambda shop, place, _: shop.ask(ask.OpenBalance, member=f"m{place}", lots=(ask.OpeningLot(5),)),
    "transfer": lambda shop, place, _: shop.ask(ask.Transfer, member=f"m{place}", to=f"m{(place + 1) % 70}", points=5),
    "activate": lambda shop, place, one: shop.ask(
        ask.ActivateReceipt, receipt=("till", "", f"{'AB'[one == 'b']}-{place}")
    ),
    "move": lambda shop, place, one: shop.ask(
        ask.MoveReceipt, receipt=("till", "", f"{'AB'[one == 'b']}-{place}"), to=f"m{(place + 7) % 70}"
    ),
    "claim": lambda shop, place, one: shop.ask(
        ask.ClaimReceipt, receipt=("till", "", f"{'NO'[one == 'b']}-{place}"), member=f"m{place}"
    ),
    "void": lambda shop, place, one: shop.annul(
        ask.VoidReceipt, shop.purchase(number=f"{'AC'[one == 'b']}-{place}"), member=None
    ),
    "cancel return": lambda shop, place, one: shop.annul(
        ask.CancelReturn, shop.purchase(number=f"back {'DE'[one == 'b']}-{place}"), member=None
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_batch_of_one_kind(shop: World, verb: str) -> None:
    counts = {}
    for size, round_ in zip(SIZES, "ab", strict=True):
        commands = [VERBS[verb](shop, place, round_) for place in range(size)]
        statements, kinds = statements_of(shop, *commands)
        assert verb == "redeem stamps" or set(kinds) <= {Posted, Accepted}
        counts[size] = len(statements)
    assert counts[SIZES[0]] == counts[SIZES[1]] <= MOST, counts
