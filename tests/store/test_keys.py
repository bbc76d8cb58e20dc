"""The merchant is in every key, unique rule and reference: read from the database's own catalogue."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests.db import query
from tests.world import owned_tables
from wafa.store.scope import MerchantOwned

Reference = tuple[str, tuple[str, ...], str, tuple[str, ...]]

OWNED = owned_tables()


def references() -> dict[str, Reference]:
    """Every foreign key of a table that a merchant owns: its columns here, the table there and its columns."""
    rows = query(
        """
        SELECT conname, conrelid::regclass::text, confrelid::regclass::text,
               (SELECT array_agg(attname::text ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
               (SELECT array_agg(attname::text ORDER BY place) FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
        FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::text[]::regclass[])
        """,
        OWNED,
    )
    return {name: (table, tuple(here), target, tuple(there)) for name, table, target, here, there in rows}


def references_by_statement() -> dict[str, Reference]:
    """Those that a trigger checks, once a statement; read from what it does."""
    rows = query(
        """
        SELECT c.relname::text, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgname = 'refers' AND c.relname = ANY(%s)
        """,
        OWNED,
    )
    looked_up = re.compile(
        r"SELECT FROM (\w+) t WHERE t.id = a.(\w+)(?: AND t.merchant_id IS NOT DISTINCT FROM a.merchant_id)?"
    )
    return {
        f"{table} {column}": (table, ("merchant_id", column), target, ("merchant_id", "id"))
        for table, source in rows
        for target, column in looked_up.findall(source)
    }


def unique_indexes() -> dict[str, tuple[str, bool, list[str]]]:
    """Every unique index of a table that a merchant owns: its table, whether it is the primary key, its columns."""
    rows = query(
        """
        SELECT indexrelid::regclass::text, indrelid::regclass::text, indisprimary,
               array(SELECT pg_get_indexdef(indexrelid, place, true) FROM generate_series(1, indnkeyatts) AS place)
        FROM pg_index WHERE indisunique AND indrelid = ANY(%s::text[]::regclass[])
        """,
        OWNED,
    )
    return {name: (table, primary, columns) for name, table, primary, columns in rows}


def test_the_tables_are_all_there() -> None:
    models = [model for model in apps.get_app_config("store").get_models() if model._meta.db_table != "merchant"]
    assert all(issubclass(model, MerchantOwned) for model in models)
    assert {model._meta.db_table for model in models} == set(OWNED)


@pytest.mark.parametrize("table", OWNED)
def test_the_primary_key_holds_the_merchant(table: str) -> None:
    keys = [columns for owner, primary, columns in unique_indexes().values() if primary and owner == table]
    assert keys == [["id", "merchant_id"]]


@pytest.mark.parametrize("table", OWNED)
def test_every_unique_rule_leads_with_the_merchant(table: str) -> None:
    others = {name: each[2] for name, each in unique_indexes().items() if each[0] == table and not each[1]}
    assert {name: columns[0] for name, columns in others.items()} == dict.fromkeys(others, "merchant_id")


@pytest.mark.parametrize("table", OWNED)
def test_every_reference_between_owned_tables_carries_the_merchant(table: str) -> None:
    for name, (here, columns, target, there) in references().items():
        if here == table and target in OWNED:
            assert columns[0] == "merchant_id", name
            assert there == ("merchant_id", "id"), name


@pytest.mark.parametrize("table", OWNED)
def test_every_column_that_points_at_an_owned_row_has_its_reference(table: str) -> None:
    model = next(model for model in MerchantOwned.__subclasses__() if model._meta.db_table == table)
    expected = {
        (table, ("merchant_id", field.column), field.related_model._meta.db_table, ("merchant_id", "id"))
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, MerchantOwned)
    }
    assert expected <= {*references().values(), *references_by_statement().values()}


@pytest.mark.parametrize("table", OWNED)
def test_every_row_belongs_to_a_merchant_that_is_there(table: str) -> None:
    assert query(
        "SELECT attnotnull FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'merchant_id'", table
    ) == [(True,)]
    known, reached = [*references().values(), *references_by_statement().values()], {"merchant"}
    while more := {here for here, _, target, _ in known if target in reached} - reached:
        reached |= more
    assert table in reached


def test_no_key_comes_from_a_sequence() -> None:
    defaults = query(
        """
        SELECT d.adrelid::regclass::text, pg_get_expr(adbin, adrelid) FROM pg_attrdef d
        WHERE d.adrelid = ANY(%s::text[]::regclass[]) AND pg_get_expr(adbin, adrelid) LIKE '%%nextval%%'
        """,
        [*OWNED, "merchant"],
    )
    identity = query(
        "SELECT attname FROM pg_attribute WHERE attrelid = ANY(%s::text[]::regclass[]) AND attidentity <> ''",
        [*OWNED, "merchant"],
    )
    assert (defaults, identity) == ([], [])


def test_rival_08_nothing_that_a_merchant_owns_is_a_float() -> None:
    inexact = query(
        """
        SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_name = ANY(%s) AND data_type IN ('real', 'double precision', 'money', 'numeric')
        """,
        [*OWNED, "merchant"],
    )
    assert inexact == []
