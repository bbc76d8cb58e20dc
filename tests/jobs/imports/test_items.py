"""The catalogue out of a file: whole or not at all, and again without change."""

from __future__ import annotations

import pytest

from tests.db import query
from tests.jobs.imports.shop import Shop
from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.items import Catalogue, import_items

pytestmark = pytest.mark.django_db(transaction=True)
HEADING = "item,name,category,brand,supplier,tags"


def bring(shop: Shop, *rows: str, heading: str = HEADING) -> Catalogue:
    """Bring in a file of these rows."""
    return import_items(shop.merchant, shop.file(*rows, heading=heading))


def items(shop: Shop) -> dict[str, tuple[object, ...]]:
    """Items by code: name, category, the one above it, brand, supplier, tags."""
    rows = query(
        "SELECT i.code, i.name, c.code, p.code, i.brand, i.supplier, i.tags FROM item i "
        "LEFT JOIN category c ON c.id = i.category_id LEFT JOIN category p ON p.id = c.parent_id "
        "WHERE i.merchant_id = %s",
        shop.merchant.id,
    )
    return {code: tuple(rest) for code, *rest in rows}


def test_items_with_their_categories(shop: Shop) -> None:
    bring(shop, "BRIE,Brie,Dairy > Cheese,Lait,Farm,soft; white", "SOAP,Soap,,,,", "۱۲, شیر ,Dairy,,,")
    assert items(shop) == {
        "BRIE": ("Brie", "Cheese", "Dairy", "Lait", "Farm", ["soft", "white"]),
        "SOAP": ("Soap", None, None, "", "", []),
        "12": ("شیر", "Dairy", None, "", "", []),
    }


def test_the_same_file_again_changes_nothing_and_another_what_it_names(shop: Shop) -> None:
    rows = ["BRIE,Brie,Dairy > Cheese,Lait,Farm,soft", "SOAP,Soap,,,,"]
    bring(shop, *rows)
    before = items(shop)
    bring(shop, *rows[::-1])
    assert items(shop) == before
    bring(shop, "GOUDA,,Cheese,,,")
    assert items(shop)["GOUDA"][1:3] == ("Cheese", "Dairy")
    before = items(shop)
    bring(shop, "BRIE,Old Brie", heading="item,name")
    assert items(shop) == before | {"BRIE": ("Old Brie", None, None, "", "", [])}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",Nameless,,,,", "line 3: there is no item"),
        ("X,Name", "line 3: it has not as many cells as the heading"),
        (f"{'x' * 61},,,,,", "longer than 60 characters"),
        (f"X,,{'y' * 61},,,", "longer than 60 characters"),
        (f"X,,,,,fine;{'y' * 61}", "longer than 60 characters"),
        ("X,,Sale > Cheese,,,", "line 3: the category “Cheese” lies in “Sale” here"),
    ],
)
def test_a_row_that_cannot_be_used_keeps_all_out(shop: Shop, row: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        bring(shop, "BRIE,Brie,Dairy > Cheese,,,", row)
    assert told in str(refused.value)
    assert items(shop) == {}


def test_categories_do_not_lie_in_themselves(shop: Shop) -> None:
    bring(shop, "BRIE,,Dairy > Cheese,,,")
    with pytest.raises(UsageError, match="lie in themselves"):
        bring(shop, "BRIE,,Cheese > Dairy,,,")
    assert items(shop)["BRIE"][1:3] == ("Cheese", "Dairy")


def test_many_faults_are_not_all_told(shop: Shop) -> None:
    with pytest.raises(UsageError) as refused:
        bring(shop, *[",Nameless,,,,"] * 25)
    assert "… and 5 more." in str(refused.value)
