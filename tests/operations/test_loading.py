"""Only as much is loaded as is needed: not the history of the member, not the members of the shop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.db import query, rolled_back, rows_read
from tests.world import NOON, PLAIN, World, line
from wafa.store import statistics
from wafa.store.loading import receipts

RECEIPTS = 500


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Amal has 500 receipts of one tea each, a minute apart; 300 others have two each."""
    world = World(PLAIN)
    others = [f"m{number}" for number in range(300)]
    world.enrol("bilal", *others)
    world.buy(line("TEA", 5), member="bilal")
    statistics.refresh()
    start = NOON - timedelta(minutes=RECEIPTS)
    world.post(
        *(
            world.purchase(
                line("TEA", 1), line("CUP", 1), number=f"R{place}", occurred_at=start + timedelta(minutes=place)
            )
            for place in range(RECEIPTS)
        ),
        *(world.purchase(line("TEA", 5), member=number) for number in others * 2),
    )
    statistics.refresh()
    return world


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The numbers of the receipts that each batch loads."""
    seen: list[list[str]] = []
    load = receipts.candidates

    def spy(*arguments: object) -> object:
        found = load(*arguments)  # type: ignore[arg-type]
        seen.append([receipt.number for _, receipt, _ in found])
        return found

    monkeypatch.setattr(receipts, "candidates", spy)
    return seen


def counts(world: World, loaded: list[list[str]], *commands: object) -> int:
    """How many receipts a batch loads; it comes to nothing."""
    with rolled_back():
        world.post(*commands)  # type: ignore[arg-type]
    return len(loaded.pop())


def test_rival_13_a_return_loads_one_receipt_of_500(shop: World, loaded: list[list[str]]) -> None:
    assert counts(shop, loaded, shop.coming_back(line("TEA", 0))) == 1


@pytest.mark.parametrize("pieces", [2, 3, 50])
def test_as_many_as_the_quantity_needs(shop: World, loaded: list[list[str]], pieces: int) -> None:
    assert counts(shop, loaded, shop.coming_back(line("TEA", 0, pieces))) == pieces


def test_a_batch_of_returns_loads_what_they_need_together(shop: World, loaded: list[list[str]]) -> None:
    backs = [shop.coming_back(line("TEA", 0)) for _ in range(5)]
    assert counts(shop, loaded, *backs) == 5
    assert counts(shop, loaded, shop.coming_back(line("TEA", 0), line("CUP", 0))) == 1


def test_what_has_come_back_already_is_passed_over(shop: World, loaded: list[list[str]]) -> None:
    with rolled_back():
        shop.post(shop.coming_back(line("TEA", 0, 100)))
        shop.post(shop.coming_back(line("TEA", 0, 2)))
    assert sorted(loaded[1]) == ["R398", "R399"]


def test_a_return_of_long_ago_does_not_load_what_came_later(shop: World, loaded: list[list[str]]) -> None:
    long_ago = NOON - timedelta(minutes=RECEIPTS - 9, seconds=30)
    assert counts(shop, loaded, shop.coming_back(line("TEA", 0), occurred_at=long_ago)) == 1


def test_a_named_return_loads_its_receipt(shop: World, loaded: list[list[str]]) -> None:
    # And the latest that holds the item, as though it did not say which.
    assert counts(shop, loaded, shop.coming_back(line("TEA", 0), of="R7")) == 2


def test_an_item_that_was_never_bought_loads_nothing(shop: World, loaded: list[list[str]]) -> None:
    assert counts(shop, loaded, shop.coming_back(line("SOAP", 0))) == 0


def test_a_purchase_loads_no_receipt(shop: World, loaded: list[list[str]]) -> None:
    assert counts(shop, loaded, shop.purchase()) == 0


# --- rows read, counted by the server ---------------------------------------------------------------------------------


def test_the_count_counts(shop: World) -> None:
    read = rows_read(lambda: query("SELECT count(actor_name) FROM entry WHERE merchant_id = %s", shop.id))
    assert read["entry"] >= RECEIPTS


def test_rival_32_what_a_purchase_reads_does_not_grow_with_the_history(shop: World) -> None:
    of_many = rows_read(lambda: shop.buy(line("TEA", 5)))
    of_one = rows_read(lambda: shop.buy(line("TEA", 5), member="bilal"))
    # Of two members' wallets the planner may read both; they are no history.
    assert of_many | {"wallet": 0} == of_one | {"wallet": 0}
    assert sum(of_many.values()) < 40, of_many


def test_rival_13_what_a_return_reads_does_not_grow_with_the_shop(shop: World) -> None:
    read = rows_read(lambda: shop.bring_back(line("TEA", 0), member="bilal"))
    assert sum(read.values()) < 60, read
