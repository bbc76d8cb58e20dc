"""The number of SQL statements of a batch does not depend on its size: counted at the server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.db import query
from tests.operations.statements import counted
from tests.world import HALF_A_YEAR, NOON, TILL, World, line
from wafa.core.commands import Command, Settle
from wafa.core.outcomes import Accepted, Duplicate, Refused, Settled
from wafa.operations.post import post
from wafa.store import statistics

# Where goods come back, the receipts are locked before their lines are read, and the lines that matched are written.
MOST, MOST_WITH_RETURNS = 20, 23
LATER = NOON + timedelta(days=200)


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Sixty members, each with a receipt whose points have lapsed by now and two later ones."""
    world = World(HALF_A_YEAR)
    numbers = [f"m{number}" for number in range(60)]
    world.enrol(*numbers)
    world.buy()
    statistics.refresh()
    for round_, days in enumerate((0, 100, 101)):
        at = NOON + timedelta(days=days)
        world.post(
            *(world.purchase(line("TEA", 90, 30), member=n, number=f"{round_}-{n}", at=at) for n in numbers)
        )  # fmt: skip
    statistics.refresh()
    world.now = LATER
    return world


def statements_of(shop: World, *commands: Command, **more: object) -> tuple[list[str], list[type]]:
    """What a batch sends to the server, and the kinds of its outcomes."""
    with counted() as statements:
        outcomes = post(shop.id, commands, TILL, **more)  # type: ignore[arg-type]
    return statements, [type(outcome) for outcome in outcomes]


def mixed(shop: World, size: int) -> list[Command]:
    """Of ten commands: four sales, a named return, one of a receipt in the batch, an unnamed one, one that repeats,
    one that is refused, one that lets points expire."""
    batch: list[Command] = []
    for place in range(size // 10):
        member = f"m{place}"
        sales = [shop.purchase(line("CUP", 7, 2), member=member) for _ in range(4)]
        batch += [
            *sales,
            shop.coming_back(line("TEA", 0), of=f"1-{member}", member=None),
            shop.coming_back(line("CUP", 0), of=sales[0]),
            shop.coming_back(line("TEA", 0, 29 + place % 3), member=member),
            sales[1],
            shop.purchase(member="nobody"),
            Settle(at=shop.now, wallets=(shop.wallet(f"m{59 - place}").id,)),
        ]
    return batch


def test_the_count_counts() -> None:
    with counted() as statements:
        query("SELECT 1")
        query("SELECT %s", 2)
    assert statements == ["SELECT 1", "SELECT 2"]


def test_purchases(shop: World) -> None:
    counts = {}
    for size in (1, 10, 500):
        statements, kinds = statements_of(
            shop, *(shop.purchase(line("CUP", 7), member=f"m{place % 60}") for place in range(size))
        )
        assert set(kinds) == {Accepted}
        assert (statements[0], statements[-1]) == ("BEGIN", "COMMIT")
        counts[size] = len(statements)
    assert counts[10] == counts[500] <= MOST
    assert counts[1] <= MOST


def test_purchases_returns_and_expiry(shop: World) -> None:
    counts = {}
    for size in (10, 500):
        statements, kinds = statements_of(shop, *mixed(shop, size))
        assert set(kinds) == {Accepted, Duplicate, Refused, Settled}
        counts[size] = len(statements)
    assert counts[10] == counts[500] <= MOST_WITH_RETURNS


def test_one_return_one_duplicate_one_refusal_one_expiry(shop: World) -> None:
    sold = shop.purchase(member="m55")
    shop.post(sold)
    single = {
        "named return": shop.coming_back(of=sold),
        "unnamed return": shop.coming_back(line("TEA", 0), member="m54"),
        "duplicate": sold,
        "refused": shop.purchase(member="nobody"),
        "anonymous": shop.purchase(member=None),
        "expiry": Settle(at=shop.now + timedelta(days=400), wallets=(shop.wallet("m53").id,)),
        "expiry of all": Settle(at=shop.now + timedelta(days=400)),
    }
    for name, command in single.items():
        statements, _ = statements_of(shop, command)
        assert len(statements) <= MOST, name


def test_returns_that_repeat(shop: World) -> None:
    """Every branch of the journal and of the claims at once: new, known, given back."""
    backs = [shop.coming_back(line("CUP", 0), member=f"m{place % 60}") for place in range(100)]
    shop.post(*backs[:50])
    counts = {
        size: len(statements_of(shop, *backs[50 - size // 2 : 50 + size // 2], shop.purchase(member="nobody"))[0])
        for size in (10, 100)
    }
    assert counts[10] == counts[100] <= MOST_WITH_RETURNS


def test_with_members_who_join_and_branches_that_open(shop: World) -> None:
    counts = {}
    for size in (1, 10, 500):
        numbers = [f"new-{size}-{place}" for place in range(size)]
        statements, _ = statements_of(
            shop,
            *(shop.purchase(member=number, branch=f"b-{size}-{number}") for number in numbers),
            enrol=dict.fromkeys(numbers, NOON),
            open_branches={f"b-{size}-{number}": "New" for number in numbers},
        )
        counts[size] = len(statements)
    assert counts[1] == counts[10] == counts[500] <= MOST


def test_everything_at_once(shop: World) -> None:
    """An import's batch: members join, branches open, things are sold, returned, repeated, refused, and expire."""
    counts = {}
    for size in (10, 100):
        number = f"late-{size}"
        known = shop.purchase(number=f"known-{size}")
        shop.post(known)
        statements, _ = statements_of(
            shop,
            *mixed(shop, size),
            known,
            shop.purchase(member=number, branch=number),
            enrol={number: NOON},
            open_branches={number: "New"},
        )
        counts[size] = len(statements)
    assert counts[10] == counts[100] <= MOST_WITH_RETURNS, counts
