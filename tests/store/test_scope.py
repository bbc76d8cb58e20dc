"""Merchant scope: what does not name its merchant raises; what does sees that merchant's rows and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models
from django.test.utils import CaptureQueriesContext

from tests.db import query
from tests.world import World
from wafa.store.models import Branch, Entry, Member, Wallet
from wafa.store.net import across_merchants
from wafa.store.scope import MerchantOwned, UnscopedQueryError

MODELS = MerchantOwned.__subclasses__()
WAYS: dict[str, Callable[[Any], Any]] = {
    "all": lambda objects: objects.all(),
    "filter": lambda objects: objects.filter(id=None),
    "exclude": lambda objects: objects.exclude(id=None),
    "get": lambda objects: objects.get(id=None),
    "first": lambda objects: objects.first(),
    "count": lambda objects: objects.count(),
    "exists": lambda objects: objects.exists(),
    "values": lambda objects: objects.values(),
    "in_bulk": lambda objects: objects.in_bulk(),
    "iterator": lambda objects: objects.iterator(),
    "aggregate": lambda objects: objects.aggregate(n=models.Count("id")),
    "select_for_update": lambda objects: objects.select_for_update(),
    "update": lambda objects: objects.update(id=None),
    "bulk_create": lambda objects: objects.bulk_create([]),
    "bulk_update": lambda objects: objects.bulk_update([], ["id"]),
    "get_or_create": lambda objects: objects.get_or_create(id=None),
    "update_or_create": lambda objects: objects.update_or_create(id=None),
    "raw": lambda objects: list(objects.raw(f"SELECT * FROM {objects.model._meta.db_table}")),
}


@pytest.fixture(scope="module")
def shops(transactional_db: None) -> tuple[World, World]:
    """Two merchants with a member of the same number and a receipt each."""
    worlds = (World(), World())
    for world in worlds:
        world.buy(number="R1")
    return worlds


@pytest.fixture
def world(shops: tuple[World, World]) -> World:
    """One of them."""
    return shops[0]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_manager_answers_to_a_merchant_only(model: type[MerchantOwned]) -> None:
    for way in WAYS.values():
        with pytest.raises(UnscopedQueryError, match=rf"{model.__name__}.objects.of\("):
            way(model.objects)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_of_sees_the_merchants_own(shops: tuple[World, World], model: type[MerchantOwned]) -> None:
    mine, theirs = ({row.id for row in model.objects.of(shop.merchant)} for shop in shops)
    assert mine.isdisjoint(theirs)
    assert mine == {row.id for row in model.objects.of(shops[0].id)}
    assert {row.merchant_id for row in model.objects.of(shops[0].id)} <= {shops[0].id}


def test_of_finds_nothing_of_others_by_id(shops: tuple[World, World]) -> None:
    mine, theirs = shops
    assert not Wallet.objects.of(mine.id).filter(id=theirs.wallet().id).exists()


# --- rows -------------------------------------------------------------------------------------------------------------


def test_saving_a_new_row_names_the_merchant(world: World) -> None:
    branch = Branch(merchant=world.merchant, code="new", name="New")
    with CaptureQueriesContext(connection) as queries:
        branch.save()
    (insert,) = [each["sql"] for each in queries]
    assert insert.startswith('INSERT INTO "branch"')
    assert world.id.hex in insert


def test_saving_a_changed_row_names_the_merchant(world: World) -> None:
    branch = Branch.objects.of(world.id).get(code="olaya")
    branch.name = "Olaya Street"
    with CaptureQueriesContext(connection) as queries:
        branch.save()
    (update,) = [each["sql"] for each in queries]
    where = update.partition(" WHERE ")[2]
    assert update.startswith('UPDATE "branch"')
    assert f""""branch"."merchant_id" = '{world.id.hex}'""" in where
    assert f""""branch"."id" = '{branch.id.hex}'""" in where
    assert Branch.objects.of(world.id).get(code="olaya").name == "Olaya Street"


def test_saving_one_field_names_the_merchant(world: World) -> None:
    branch = Branch.objects.of(world.id).get(code="airport")
    with CaptureQueriesContext(connection) as queries:
        branch.save(update_fields=["name"])
    assert world.id.hex in queries[0]["sql"].partition(" WHERE ")[2]


def test_a_row_is_not_saved_into_another_merchants(shops: tuple[World, World]) -> None:
    mine, theirs = shops
    branch = Branch.objects.of(theirs.id).get(code="olaya")
    branch.merchant, branch.name = mine.merchant, "Taken"
    with pytest.raises(DatabaseError, match="did not affect any rows"):
        branch.save(force_update=True)
    assert Branch.objects.of(theirs.id).get(code="olaya").name == "Olaya"


def test_a_row_without_a_merchant_is_refused() -> None:
    with pytest.raises(DatabaseError, match='null value in column "merchant_id"'):
        Branch(code="stray", name="Stray").save()


def test_a_row_does_not_delete_itself(world: World) -> None:
    with pytest.raises(UnscopedQueryError):
        world.member().delete()


# --- from a row to others ---------------------------------------------------------------------------------------------


def merchant_is_named(queries: CaptureQueriesContext, world: World) -> bool:
    """Whether each statement has the merchant in its condition."""
    return all(world.id.hex in each["sql"].partition(" WHERE ")[2] for each in queries)


@pytest.mark.parametrize(
    "way",
    [
        lambda entry: entry.wallet,
        lambda entry: entry.document.branch,
        lambda entry: entry.refresh_from_db(),
        lambda entry: list(Entry.objects.of(entry.merchant_id).prefetch_related("wallet")),
        lambda entry: list(Member.objects.of(entry.merchant_id).first().wallet_set.all()),
        lambda entry: list(Entry.objects.of(entry.merchant_id).select_related("wallet__member")),
        lambda entry: entry.full_clean(),
    ],
    ids=["forward", "forward twice", "refresh", "prefetch", "reverse", "select_related", "full_clean"],
)
def test_the_way_to_other_rows_is_scoped_or_closed(world: World, way: Callable[[Entry], Any]) -> None:
    entry = Entry.objects.of(world.id).get()
    with CaptureQueriesContext(connection) as queries:
        try:
            way(entry)
        except UnscopedQueryError:
            return
    assert merchant_is_named(queries, world)


# --- the net under raw SQL --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM wallet",
        'SELECT 1 FROM "entry" WHERE "entry"."id" = gen_random_uuid()',
        "UPDATE wallet SET available = 0 WHERE id = gen_random_uuid()",
        "DELETE FROM document_number WHERE id = gen_random_uuid()",
        "WITH gone AS (DELETE FROM branch RETURNING 1) SELECT count(*) FROM gone",
        "SELECT e.merchant_id, count(*) FROM entry e GROUP BY e.merchant_id",
        "SELECT count(*) FROM entry e JOIN wallet w ON w.merchant_id = e.merchant_id AND w.id = e.wallet_id",
    ],
)
def test_raw_sql_that_names_no_merchant_raises(statement: str) -> None:
    with pytest.raises(UnscopedQueryError):
        query(statement)


def test_raw_sql_that_names_its_merchant_goes_through(world: World) -> None:
    assert query("SELECT count(*) FROM wallet WHERE merchant_id = %s", world.id) == [(1,)]


def test_looking_across_merchants_has_to_be_said(shops: tuple[World, World]) -> None:
    with across_merchants():
        assert query("SELECT count(DISTINCT merchant_id) FROM wallet") == [(2,)]
    with pytest.raises(UnscopedQueryError):
        query("SELECT count(DISTINCT merchant_id) FROM wallet")
