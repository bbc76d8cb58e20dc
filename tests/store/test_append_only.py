"""What has happened stays: the database refuses to change, remove or truncate it, whoever asks."""

from __future__ import annotations

import pytest

from tests.db import query, refused, rolled_back
from tests.world import World, line
from wafa.core.commands import PlaceHold

FOR_EVER = ("entry", "posting", "return_match")
PROJECTIONS = {
    "document": ("member_id",),
    "document_line": ("member_id", "returned_milli"),
    "lot": ("wallet_id", "remaining", "held", "expired", "answered", "covered", "pending", "expires_on"),
    "award": ("held_points",),
    "hold": ("wallet_id", "is_open"),
    "wallet": (
        *("available", "pending", "held", "debt", "qualifying", "eligible_purchases"),
        *("tier", "below_since", "sequence", "posted_at", "status"),
    ),
    "progress": ("qualifying", "spend_minor", "visits"),
}


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """A receipt of which something came back, and a hold: every table has a row."""
    world = World()
    world.buy(line("TEA", 60, 3), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    world.do(PlaceHold, points=5)
    assert all(world.rows()[table] for table in (*FOR_EVER, *PROJECTIONS))
    return world


def columns_of(table: str) -> list[str]:
    """Its columns, as the database has them."""
    return [
        row[0]
        for row in query(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", table
        )
    ]


@pytest.mark.parametrize("table", [*FOR_EVER, *PROJECTIONS])
def test_no_row_goes(shop: World, table: str) -> None:
    refused(f"{table} is append-only: DELETE refused", f"DELETE FROM {table} WHERE merchant_id = %s", shop.id)
    assert shop.rows()[table]


@pytest.mark.parametrize("table", [*FOR_EVER, *PROJECTIONS])
def test_no_table_is_emptied(shop: World, table: str) -> None:
    refused("is append-only: TRUNCATE refused", f"TRUNCATE {table} CASCADE")
    assert shop.rows()[table]


@pytest.mark.parametrize("table", FOR_EVER)
def test_no_column_of_what_happened_changes(shop: World, table: str) -> None:
    before = shop.rows()
    for column in columns_of(table):
        statement = f"UPDATE {table} SET {column} = {column} WHERE merchant_id = %s"
        refused(f"{table} is append-only: UPDATE refused", statement, shop.id)
    assert shop.rows() == before


@pytest.mark.parametrize("table", PROJECTIONS)
def test_only_projections_move(shop: World, table: str) -> None:
    for column in columns_of(table):
        statement = f"UPDATE {table} SET {column} = {column} WHERE merchant_id = %s"
        if column in PROJECTIONS[table]:
            with rolled_back():
                query(statement, shop.id)
        else:
            refused(f"{table} is append-only: UPDATE refused", statement, shop.id)


def test_a_projection_takes_no_other_column_along(shop: World) -> None:
    refused(
        "lot is append-only", "UPDATE lot SET remaining = remaining, points = points WHERE merchant_id = %s", shop.id
    )


def test_upserts_and_merges_are_updates_too(shop: World) -> None:
    refused(
        "entry is append-only",
        """
        INSERT INTO entry SELECT * FROM entry WHERE merchant_id = %s
        ON CONFLICT (id, merchant_id) DO UPDATE SET points = excluded.points + 1
        """,
        shop.id,
    )
    refused(
        "document is append-only",
        """
        MERGE INTO document d USING (SELECT id FROM document WHERE merchant_id = %s) AS other ON other.id = d.id
        WHEN MATCHED THEN UPDATE SET amount_minor = 0
        """,
        shop.id,
    )


@pytest.mark.parametrize("table", ["merchant", "branch", "member"])
def test_what_others_point_at_never_goes(shop: World, table: str) -> None:
    own = "id" if table == "merchant" else "merchant_id"
    refused(f"{table} is append-only: DELETE refused", f"DELETE FROM {table} WHERE {own} = %s", shop.id)
    refused("is append-only: TRUNCATE refused", f"TRUNCATE {table} CASCADE")


def test_a_number_that_is_taken_stays_as_it_is(shop: World) -> None:
    for column in columns_of("document_number"):
        statement = f"UPDATE document_number SET {column} = {column} WHERE merchant_id = %s"
        refused("document_number is append-only: UPDATE refused", statement, shop.id)
    refused("document_number is append-only: TRUNCATE refused", "TRUNCATE document_number CASCADE")
    refused("document_id_fk", "DELETE FROM document_number WHERE merchant_id = %s", shop.id)
