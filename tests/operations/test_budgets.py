"""A rule's budget is never overrun, whoever sells at once; and nobody is cut while there is still something left."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from tests.db import query, refused
from tests.world import NOON, PLAIN, World, line
from wafa.operations.publish_programme import publish_programme
from wafa.queries.preview import Preview, preview
from wafa.store.models import BudgetSlice


def gift(budget: int, **more: Any) -> dict[str, Any]:
    """30 points a receipt, as long as there are any."""
    return {"code": "gift", "kind": "fixed", "points": 30, "budget": budget, "name": {"en": "Gift"}} | more


def shop(budget: int, *members: str, **more: Any) -> World:
    """Where each receipt gets 30 points as long as there are any, and nothing else."""
    return World(PLAIN | {"rules": [gift(budget, **more)]}, members or ("amal",))


def left(world: World) -> int:
    """What is left of it."""
    return sum(each.left for each in BudgetSlice.objects.of(world.id).filter(rule="gift"))


@pytest.mark.django_db
def test_it_gives_to_the_last_point_and_then_no_more() -> None:
    world = shop(100)
    given = [outcome.slip.points for outcome in world.post(*(world.purchase() for _ in range(5)))]  # type: ignore[union-attr]
    assert given == [30, 30, 30, 10, 0]
    assert left(world) == 0
    assert world.differences() == []


@pytest.mark.django_db
def test_one_by_one_the_same() -> None:
    world = shop(100)
    assert [world.buy().slip.points for _ in range(5)] == [30, 30, 30, 10, 0]  # type: ignore[union-attr]
    assert world.differences() == []


@pytest.mark.django_db
def test_what_comes_back_does_not_fill_it_up_again() -> None:
    world = shop(50)
    bought = world.purchase()
    world.post(bought)
    world.bring_back(line("TEA", 0), of=bought)
    assert (world.wallet().available, left(world)) == (0, 20)
    world.buy()
    assert (world.wallet().available, left(world)) == (20, 0)
    assert world.differences() == []


@pytest.mark.django_db
def test_a_version_that_changes_it_counts_what_was_given() -> None:
    world = shop(100)
    world.buy()
    for budget, remains in ((200, 170), (20, 0), (31, 1)):
        world.stand_at(world.now + timedelta(hours=1))
        publish_programme(world.merchant, PLAIN | {"rules": [gift(budget)]}, world.now)
        assert left(world) == remains
        assert world.differences() == []
    world.stand_at(world.now + timedelta(hours=1))
    assert world.buy().slip.points == 1  # type: ignore[union-attr]
    assert world.differences() == []


@pytest.mark.django_db
def test_a_preview_is_told_what_is_left_and_takes_nothing() -> None:
    world = shop(40)
    world.buy()
    would = preview(world.id, world.purchase())
    assert isinstance(would, Preview)
    assert (would.points, left(world)) == (10, 10)


@pytest.mark.django_db
def test_nobodys_receipts_take_nothing() -> None:
    world = shop(40)
    world.buy(member=None)
    assert left(world) == 40
    assert world.differences() == []


@pytest.mark.django_db
def test_the_database_lets_none_fall_below_zero() -> None:
    world = shop(40)
    refused("budget_slice_not_negative", 'UPDATE budget_slice SET "left" = -1 WHERE merchant_id = %s', world.id)


@pytest.mark.django_db
def test_verify_finds_what_was_given_beside_it() -> None:
    world = shop(40)
    world.buy()
    query('UPDATE budget_slice SET "left" = "left" + 1 WHERE merchant_id = %s AND slice = 15', world.id)
    assert [str(each) for each in world.differences()] == ["budget of gift: points left is 11, should be 10"]


def test_many_tills_at_once_give_it_to_the_last_point(transactional_db: None) -> None:
    """Eight tills, 40 receipts of 30 points each, and 1,000 points: 33 whole ones, a ten, and nothing beyond."""
    world = shop(1000, *(f"m{till}" for till in range(8)))
    together, given = Barrier(8), []

    def sell(till: int) -> None:
        together.wait()
        try:
            for _ in range(5):
                given.append(world.buy(member=f"m{till}").slip.points)  # type: ignore[union-attr]
        finally:
            connection.close()

    tills = [Thread(target=sell, args=[till]) for till in range(8)]
    for each in tills:
        each.start()
    for each in tills:
        each.join(60)
    assert sorted(given) == [*[0] * 6, 10, *[30] * 33]
    assert left(world) == 0
    assert world.differences() == []


def test_two_tills_do_not_wait_for_each_other(transactional_db: None) -> None:
    """One has given points and has not committed yet: the other sells meanwhile, from another slice."""
    world = shop(10_000, "amal", "bilal")
    done = []

    def sell() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            done.append(world.buy(member="bilal").slip.points)  # type: ignore[union-attr]
        finally:
            connection.close()

    with transaction.atomic():
        world.buy()
        other = Thread(target=sell)
        other.start()
        other.join(20)
        assert done == [30]
    assert left(world) == 9_940
    assert world.stand_at(NOON) is None
    assert world.differences() == []
