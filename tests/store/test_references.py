"""No row of one merchant can point at another's: each reference is tried, with a row that is right in all else."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from tests.db import query, refused
from tests.world import NOON, World, line
from wafa.store.models import Branch, ImportRefusal, ImportRun, Staff

# What a copy of a row needs so that nothing but the reference is wrong with it.
APART = {
    "document_line": "'position', position + 100",
    "entry": "'sequence', sequence + 100, 'document_id', null",
    "award": "'rule', 'another'",
    "import_refusal": "'number', 'another'",
}
REFERENCES = [
    ("staff", "branch_id", "branch"),
    ("wallet", "member_id", "member"),
    ("document", "receipt_id", "document_number"),
    ("document", "member_id", "member"),
    ("document", "named_member_id", "member"),
    ("document", "branch_id", "branch"),
    ("document_line", "document_id", "document"),
    ("document_line", "member_id", "member"),
    ("return_match", "returned_line_id", "document_line"),
    ("return_match", "sold_line_id", "document_line"),
    ("entry", "wallet_id", "wallet"),
    ("entry", "document_id", "document"),
    ("entry", "programme_version_id", "programme_version"),
    ("lot", "wallet_id", "wallet"),
    ("lot", "entry_id", "entry"),
    ("lot", "document_id", "document"),
    ("lot", "issuing_branch_id", "branch"),
    ("award", "document_id", "document"),
    ("award", "lot_id", "lot"),
    ("posting", "entry_id", "entry"),
    ("posting", "lot_id", "lot"),
    ("posting", "document_id", "document"),
    ("outbox_event", "wallet_id", "wallet"),
    ("import_refusal", "run_id", "import_run"),
]


def shop_with_everything(name: str) -> World:
    """A row in every table."""
    world = World()
    world.buy(line("TEA", 60, 3), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    branch = Branch.objects.of(world.id).get(code="olaya")
    user = get_user_model().objects.create(username=name)
    Staff(merchant=world.merchant, user=user, role="cashier", branch=branch).save()
    facts = {"file_name": "f", "file_digest": b"", "mapping": "m", "source": "till", "replay": False}
    run = ImportRun(merchant=world.merchant, started_at=NOON, **facts)
    run.save()
    ImportRefusal(merchant=world.merchant, run=run, source="till", number="R9", content_hash=b"").save()
    return world


@pytest.fixture(scope="module")
def shops(transactional_db: None) -> tuple[World, World]:
    """Two merchants with the same at both."""
    return shop_with_everything("one"), shop_with_everything("two")


def copied(table: str, column: str) -> str:
    """A statement that adds a copy of a row, with another value in one column."""
    apart = f"{APART[table]}, " if table in APART else ""
    if table == "document":
        # Its own id is a reference too: to a number that has been claimed.
        new = "(SELECT id FROM document_number WHERE merchant_id = t.merchant_id AND number = 'free')"
    else:
        new = "gen_random_uuid()"
    if table == "staff":
        apart = "'user_id', (SELECT id FROM auth_user WHERE username = 'free'), "
    return f"""
        INSERT INTO {table} SELECT changed.* FROM {table} AS t CROSS JOIN LATERAL jsonb_populate_record(
            t, jsonb_build_object('id', {new}, {apart}'{column}', %s)
        ) AS changed
        WHERE t.merchant_id = %s LIMIT 1
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


@pytest.mark.parametrize(("table", "column", "target"), REFERENCES)
def test_a_row_of_another_merchant_cannot_be_named(
    shops: tuple[World, World], table: str, column: str, target: str
) -> None:
    mine, theirs = shops
    other = query(f"SELECT id FROM {target} WHERE merchant_id = %s ORDER BY id DESC LIMIT 1", theirs.id)[0][0]
    refused(f'violates foreign key constraint "{table}_{column}_fk"', copied(table, column), other, mine.id)


def test_a_document_needs_its_own_merchants_number(shops: tuple[World, World]) -> None:
    mine, theirs = shops
    other = query("SELECT id FROM document_number WHERE merchant_id = %s LIMIT 1", theirs.id)[0][0]
    refused("document_id_fk", copied("document", "id"), other, mine.id)


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
