"""Each CHECK constraint fires. A new one needs its line here: the list is compared with the database's own."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from tests.db import query, refused
from tests.world import World, line, owned_tables
from wafa.store.ids import new_id
from wafa.store.models import Staff
from wafa.store.rows import copy

# What the row is set to, and the constraint that refuses it. The columns are those of a row that is copied first, so
# that no guard of fixed columns is asked.
BROKEN = [
    ("wallet", "wallet_not_negative", {"available": -1}),
    ("wallet", "wallet_not_negative", {"pending": -1}),
    ("wallet", "wallet_not_negative", {"held": -1}),
    ("wallet", "wallet_not_negative", {"available": 0, "debt": -1}),
    ("wallet", "wallet_debt_paid_first", {"available": 1, "debt": 1}),
    ("wallet", "wallet_purchases_not_negative", {"eligible_purchases": -1}),
    ("lot", "lot_not_negative", {"remaining": -1}),
    ("lot", "lot_within_its_size", {"points": 10, "remaining": 11, "expired": 0}),
    ("lot", "lot_within_its_size", {"points": 10, "remaining": 6, "expired": 5}),
    ("lot", "lot_expired_answers_once", {"remaining": 0, "expired": 3, "answered": 4}),
    ("lot", "lot_expired_answers_once", {"answered": -1}),
    ("award", "award_within_first", {"held_points": -1}),
    ("award", "award_within_first", {"first_points": 5, "held_points": 6}),
    ("posting", "posting_not_zero", {"points": 0}),
    ("posting", "posting_account_known", {"account": "pocket"}),
    ("entry", "entry_kind_known", {"kind": "gift"}),
    ("document_line", "document_line_quantity_above_zero", {"quantity_milli": 0, "returned_milli": 0}),
    ("document_line", "document_line_amount_not_negative", {"amount_minor": -1}),
    ("document_line", "document_line_returned_at_most_sold", {"returned_milli": -1}),
    ("document_line", "document_line_returned_at_most_sold", {"quantity_milli": 1000, "returned_milli": 1001}),
    ("document_line", "document_line_position_check", {"position": -1}),
    ("return_match", "return_match_above_zero", {"quantity_milli": 0}),
    ("programme_version", "programme_version_number_check", {"number": -1}),
    ("staff", "staff_branch_unless_owner", {"role": "cashier"}),
]


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """A receipt of which something came back, and an owner: every table with a CHECK has a row."""
    world = World()
    world.buy(line("TEA", 60, 3), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    Staff(merchant=world.merchant, user=get_user_model().objects.create(username="owner"), role="owner").save()
    return world


@pytest.mark.parametrize(("table", "constraint", "values"), BROKEN)
def test_it_fires(shop: World, table: str, constraint: str, values: dict[str, object]) -> None:
    settings = ", ".join(f"'{column}', %s" for column in values)
    refused(
        f'violates check constraint "{constraint}"',
        f"""
        INSERT INTO {table} SELECT changed.* FROM {table} AS t CROSS JOIN LATERAL jsonb_populate_record(
            t, jsonb_build_object('id', gen_random_uuid(), {settings})
        ) AS changed
        WHERE t.merchant_id = %s LIMIT 1
        """,
        *values.values(),
        shop.id,
    )


def test_none_is_without_a_test() -> None:
    known = query(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ANY(%s::text[]::regclass[])",
        owned_tables(),
    )
    assert {name for (name,) in known} == {constraint for _, constraint, _ in BROKEN}


def test_a_constraint_that_copy_meets_is_an_error_as_any_other(world: World) -> None:
    """Doors catch Django's errors; COPY goes round what turns the driver's into those."""
    row = (str(world.id), str(new_id()), "olaya", "Olaya, once more")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy("branch", "merchant_id, id, code, name", [row])
