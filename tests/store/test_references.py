"""No row of one merchant can point at another's: each reference is tried, with a row that is right in all else."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction

from tests.db import query, refused
from tests.store.doors import open_the_door
from tests.store.webhooks import tell_somebody
from tests.world import NOON, World, line
from wafa.core.commands import PlaceHold
from wafa.operations.keep_catalogue import CategoryRow, ItemRow, upsert_categories, upsert_items
from wafa.store.models import Branch, ImportRefusal, ImportRun, Staff

# What a copy of a row needs so that nothing but the reference is wrong with it.
APART = {
    "document_line": "'position', position + 100",
    "outbox_event": "'number', null",
    "entry": "'sequence', sequence + 100, 'document_id', null, 'request_key', null, 'request_hash', null",
    "member": "'number', 'another'",
    "progress": "'day', day + 100",
    "award": "'rule', 'another'",
    "import_refusal": "'number', 'another'",
    "category": "'code', 'another'",
    "item": "'code', 'another'",
    "member_token": "'value', 'another'",
    "waiting_adjustment": "'key', 'another'",
    "api_key": "'secret_hash', '\\x00'",
}
REFERENCES = [
    ("staff", "branch_id", "branch"),
    ("wallet", "member_id", "member"),
    ("document", "receipt_id", "document_number"),
    ("return_match", "returned_line_id", "document_line"),
    ("return_match", "sold_line_id", "document_line"),
    ("hold", "id", "entry"),
    ("hold", "wallet_id", "wallet"),
    ("member", "survivor_id", "member"),
    ("member", "referrer_id", "member"),
    ("import_refusal", "run_id", "import_run"),
    ("category", "parent_id", "category"),
    ("item", "category_id", "category"),
    ("api_key", "follows_id", "api_key"),
    ("member_token", "member_id", "member"),
    ("waiting_adjustment", "asked_by_id", "api_key"),
    ("webhook_delivery", "endpoint_id", "webhook_endpoint"),
    ("webhook_delivery", "event_id", "outbox_event"),
]
# References that are checked once a statement: of rows that never change, to rows that never go.
BY_STATEMENT = [
    ("outbox_event", "wallet_id", "wallet"),
    ("lot", "issuing_branch_id", "branch"),
    ("lot", "origin_id", "wallet"),
    ("lot", "wallet_id", "wallet"),
    ("progress", "wallet_id", "wallet"),
    ("entry", "redeeming_branch_id", "branch"),
    ("entry", "programme_version_id", "programme_version"),
    ("entry", "wallet_id", "wallet"),
    ("document_line", "member_id", "member"),
    ("document", "branch_id", "branch"),
    ("document", "named_member_id", "member"),
    ("document", "member_id", "member"),
    ("entry", "document_id", "document"),
    ("entry", "of_id", "entry"),
    ("lot", "entry_id", "entry"),
    ("lot", "document_id", "document"),
    ("document_line", "document_id", "document"),
    ("award", "document_id", "document"),
    ("award", "entry_id", "entry"),
    ("award", "lot_id", "lot"),
    ("posting", "entry_id", "entry"),
    ("posting", "lot_id", "lot"),
    ("posting", "document_id", "document"),
    ("posting", "for_lot_id", "lot"),
]


def shop_with_everything(name: str) -> World:
    """A row in every table."""
    world = World()
    world.buy(line("TEA", 60, 3), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    world.do(PlaceHold, points=5)
    branch = Branch.objects.of(world.id).get(code="olaya")
    user = get_user_model().objects.create(username=name)
    Staff(merchant=world.merchant, user=user, role="cashier", branch=branch).save()
    facts = {"file_name": "f", "file_digest": b"", "mapping": "m", "source": "till", "replay": False}
    run = ImportRun(merchant=world.merchant, started_at=NOON, **facts)
    run.save()
    ImportRefusal(merchant=world.merchant, run=run, source="till", number="R9", content_hash=b"").save()
    upsert_categories(world.id, [CategoryRow("drinks")])
    upsert_items(world.id, [ItemRow("TEA", category="drinks")])
    open_the_door(world)
    tell_somebody(world)
    return world


@pytest.fixture(scope="module")
def shops(transactional_db: None) -> tuple[World, World]:
    """Two merchants with the same at both."""
    return shop_with_everything("one"), shop_with_everything("two")


def copied(table: str, column: str) -> str:
    """A statement that adds a copy of a row, with another value in one column."""
    apart = f"{APART[table]}, " if table in APART else ""
    # Of some the own id is a reference too.
    new = {
        "document": "(SELECT id FROM document_number WHERE merchant_id = t.merchant_id AND number = 'free')",
        "hold": "(SELECT id FROM entry WHERE merchant_id = t.merchant_id AND kind = 'accrual' LIMIT 1)",
    }.get(table, "gen_random_uuid()")
    if table == "staff":
        apart = "'user_id', (SELECT id FROM auth_user WHERE username = 'free'), "
    if table == "posting":
        # With another one that makes up for it.
        apart = "'points', t.points * way, "
    return f"""
        INSERT INTO {table} SELECT changed.* FROM unnest(array[1, -1]) AS way
        CROSS JOIN (SELECT * FROM {table} WHERE merchant_id = %s LIMIT 1) AS t
        CROSS JOIN LATERAL jsonb_populate_record(
            NULL::{table}, to_jsonb(t) || jsonb_build_object('id', {new}, {apart}'{column}', %s)
        ) AS changed
        WHERE way = 1 OR '{table}' = 'posting'
    """


@pytest.fixture(autouse=True)
def free_number(shops: tuple[World, World]) -> None:
    """A number without a document, and a user who works nowhere."""
    query(
        """
        INSERT INTO document_number (merchant_id, id, source, period, number)
        VALUES (%s, gen_random_uuid(), 'x', '', 'free') ON CONFLICT DO NOTHING
        """,
        shops[0].id,
    )
    get_user_model().objects.get_or_create(username="free")


@pytest.mark.parametrize(("table", "column", "target"), [*REFERENCES, *BY_STATEMENT])
def test_a_row_of_another_merchant_cannot_be_named(
    shops: tuple[World, World], table: str, column: str, target: str
) -> None:
    mine, theirs = shops
    other = query(f"SELECT id FROM {target} WHERE merchant_id = %s ORDER BY id DESC LIMIT 1", theirs.id)[0][0]
    by = f'violates foreign key constraint "{table}_{column}_fk"'
    if (table, column, target) in BY_STATEMENT:
        by = f"{column} of {table} points at no row of {target}"
    refused(by, copied(table, column), mine.id, other)


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        ("document", "member_id", "member"),
        ("document_line", "member_id", "member"),
        ("lot", "wallet_id", "wallet"),
    ],
)
def test_what_moves_cannot_move_to_another_merchants(
    shops: tuple[World, World], table: str, column: str, target: str
) -> None:
    mine, theirs = shops
    other = query(f"SELECT id FROM {target} WHERE merchant_id = %s LIMIT 1", theirs.id)[0][0]
    by = f"{column} of {table} points at no row of {target}"
    refused(by, f"UPDATE {table} SET {column} = %s WHERE merchant_id = %s", other, mine.id)


@pytest.mark.parametrize("table", ["document_number", "outbox_event"])
def test_every_row_needs_a_merchant_that_is_there(shops: tuple[World, World], table: str) -> None:
    alone = "'number', 'another'" if table == "document_number" else "'wallet_id', null"
    statement = f"""
        INSERT INTO {table} SELECT changed.* FROM (SELECT * FROM {table} WHERE merchant_id = %s LIMIT 1) AS t
        CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, to_jsonb(t) || jsonb_build_object(
            'id', gen_random_uuid(), {alone}, 'merchant_id', gen_random_uuid())) AS changed
    """
    refused(f"merchant_id of {table} points at no row of merchant", statement, shops[0].id)


def test_no_entry_goes_by_a_draft(shops: tuple[World, World]) -> None:
    mine, _ = shops
    draft = query(
        """
        INSERT INTO programme_version SELECT changed.* FROM
            (SELECT * FROM programme_version WHERE merchant_id = %s LIMIT 1) AS t
        CROSS JOIN LATERAL jsonb_populate_record(NULL::programme_version, to_jsonb(t) || jsonb_build_object(
            'id', gen_random_uuid(), 'state', 'draft', 'number', 99)) AS changed
        RETURNING id
        """,
        mine.id,
    )[0][0]
    by = "programme_version_id of entry points at no row of programme_version"
    refused(by, copied("entry", "programme_version_id"), mine.id, draft)


@pytest.mark.parametrize("table", ["branch", "programme_version", "merchant"])
def test_rows_that_all_tills_point_at_are_locked_by_none(shops: tuple[World, World], table: str) -> None:
    """A sale is counted while somebody else keeps the row from being touched (law 10)."""
    mine, _ = shops
    own = "id" if table == "merchant" else "merchant_id"
    held = connections.create_connection("default")
    try:
        with transaction.atomic(), held.cursor() as other:
            other.execute("BEGIN")
            other.execute(f"SELECT id FROM {table} WHERE {own} = %s FOR UPDATE", [mine.id])
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
            mine.buy(line("TEA", 60), number=f"while {table} is held")
            other.execute("ROLLBACK")
    finally:
        held.close()


def test_a_document_needs_its_own_merchants_number(shops: tuple[World, World]) -> None:
    mine, theirs = shops
    other = query("SELECT id FROM document_number WHERE merchant_id = %s LIMIT 1", theirs.id)[0][0]
    refused("document_id_fk", copied("document", "id"), mine.id, other)


def test_none_is_without_a_test() -> None:
    named = query(
        """
        SELECT conname FROM pg_constraint
        WHERE contype = 'f' AND cardinality(conkey) > 1 AND conrelid::regclass::text NOT LIKE 'procrastinate%%'
        """
    )
    assert {name for (name,) in named} == {f"{table}_{column}_fk" for table, column, _ in REFERENCES} | {
        "document_id_fk"
    }
