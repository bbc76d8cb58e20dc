"""The catalogue: made and brought up to date by code, whole or not at all."""

from __future__ import annotations

import pytest

from tests.db import query
from tests.world import World
from wafa.operations.keep_catalogue import (
    CategoryCircleError,
    CategoryRow,
    CategoryUnknownError,
    ItemRow,
    upsert_categories,
    upsert_items,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """A shop."""
    return World()


def tree(world: World) -> dict[str, tuple[str, str | None]]:
    """Categories by code: name, and the code of the one that each lies in."""
    rows = query(
        "SELECT c.code, c.name, p.code FROM category c LEFT JOIN category p ON p.id = c.parent_id "
        "WHERE c.merchant_id = %s",
        world.id,
    )
    return {code: (name, parent) for code, name, parent in rows}


def items(world: World) -> dict[str, tuple[object, ...]]:
    """Items by code: name, category, brand, supplier, tags."""
    rows = query(
        "SELECT i.code, i.name, c.code, i.brand, i.supplier, i.tags FROM item i "
        "LEFT JOIN category c ON c.id = i.category_id WHERE i.merchant_id = %s",
        world.id,
    )
    return {code: (*rest,) for code, *rest in rows}


def test_children_may_come_before_their_parents(world: World) -> None:
    upsert_categories(world.id, [CategoryRow("cheese", "Cheese", "dairy"), CategoryRow("dairy", "Dairy")])
    assert tree(world) == {"cheese": ("Cheese", "dairy"), "dairy": ("Dairy", None)}


def test_once_more_is_no_more_and_the_last_word_holds(world: World) -> None:
    upsert_categories(world.id, [CategoryRow("cheese", "Cheese", ""), CategoryRow("dairy")])
    upsert_categories(world.id, [CategoryRow("cheese", "?"), CategoryRow("cheese", "All cheese", "dairy")])
    assert tree(world) == {"cheese": ("All cheese", "dairy"), "dairy": ("", None)}
    upsert_categories(world.id, [CategoryRow("cheese", "All cheese")])
    assert tree(world)["cheese"] == ("All cheese", None)


def test_a_parent_that_is_not_there_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(CategoryUnknownError) as refused:
        upsert_categories(world.id, [CategoryRow("cheese", parent="dairy"), CategoryRow("tea")])
    assert refused.value.codes == ("dairy",)
    assert tree(world) == {}


@pytest.mark.parametrize("circle", [("a",), ("a", "b"), ("a", "b", "c")])
def test_a_category_never_lies_in_itself(world: World, circle: tuple[str, ...]) -> None:
    upsert_categories(world.id, [*(CategoryRow(code) for code in circle), CategoryRow("below", parent="a")])
    before = tree(world)
    around = zip(circle, (*circle[1:], circle[0]), strict=True)
    with pytest.raises(CategoryCircleError) as refused:
        upsert_categories(world.id, [CategoryRow(code, parent=parent) for code, parent in around])
    assert refused.value.codes == circle
    assert tree(world) == before


def test_items_are_made_and_changed_by_their_codes(world: World) -> None:
    upsert_categories(world.id, [CategoryRow("dairy")])
    upsert_items(
        world.id, [ItemRow("BRIE", "Brie", "dairy", "Lait", "Farm", ("soft", 'odd "tag", {}\\')), ItemRow("X")]
    )
    assert items(world) == {
        "BRIE": ("Brie", "dairy", "Lait", "Farm", ["soft", 'odd "tag", {}\\']),
        "X": ("", None, "", "", []),
    }
    upsert_items(world.id, [ItemRow("BRIE", "Brie de Meaux")])
    assert items(world)["BRIE"] == ("Brie de Meaux", None, "", "", [])


def test_an_item_of_no_known_category_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(CategoryUnknownError) as refused:
        upsert_items(world.id, [ItemRow("TEA"), ItemRow("BRIE", category="dairy")])
    assert refused.value.codes == ("dairy",)
    assert items(world) == {}


def test_codes_are_each_merchants_own(world: World) -> None:
    other = World()
    upsert_categories(other.id, [CategoryRow("dairy", "Theirs")])
    with pytest.raises(CategoryUnknownError):
        upsert_items(world.id, [ItemRow("BRIE", category="dairy")])
    upsert_categories(world.id, [CategoryRow("dairy", "Ours")])
    assert (tree(world), tree(other)) == ({"dairy": ("Ours", None)}, {"dairy": ("Theirs", None)})
