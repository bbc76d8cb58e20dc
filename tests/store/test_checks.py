"""Each CHECK constraint fires. A new one needs its line here: the list is compared with the database's own."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from tests.db import query, refused
from tests.store.doors import open_the_door
from tests.store.webhooks import tell_somebody
from tests.world import World, line, owned_tables
from wafa.core.commands import PlaceHold
from wafa.operations.keep_catalogue import CategoryRow, upsert_categories
from wafa.store.copies import Copies
from wafa.store.ids import new_id
from wafa.store.models import Source, Staff

# What the row is set to, and the constraint that refuses it. The columns are those of a row that is copied first, so
# that no guard of fixed columns is asked.
BROKEN = [
    ("wallet", "wallet_not_negative", {"available": -1}),
    ("wallet", "wallet_not_negative", {"pending": -1}),
    ("wallet", "wallet_not_negative", {"held": -1}),
    ("wallet", "wallet_not_negative", {"available": 0, "debt": -1}),
    ("wallet", "wallet_debt_paid_first", {"available": 1, "debt": 1}),
    ("wallet", "wallet_purchases_not_negative", {"eligible_purchases": -1}),
    ("wallet", "wallet_qualifying_not_negative", {"qualifying": -1}),
    ("wallet", "wallet_status_known", {"status": "lost"}),
    ("member", "member_status_known", {"status": "asleep"}),
    ("member", "member_birth_calendar_known", {"birth_calendar": "lunar"}),
    ("lot", "lot_not_negative", {"remaining": -1}),
    ("lot", "lot_not_negative", {"held": -1}),
    ("lot", "lot_not_negative", {"covered": -1}),
    ("lot", "lot_above_zero", {"points": 0, "remaining": 0}),
    ("lot", "lot_covered_within_its_size", {"points": 100, "covered": 101}),
    ("lot", "lot_within_its_size", {"points": 10, "remaining": 6, "held": 5}),
    ("lot", "lot_within_its_size", {"points": 10, "remaining": 11, "expired": 0}),
    ("lot", "lot_within_its_size", {"points": 10, "remaining": 6, "expired": 5}),
    ("lot", "lot_expired_answers_once", {"remaining": 0, "expired": 3, "answered": 4}),
    ("lot", "lot_expired_answers_once", {"answered": -1}),
    ("award", "award_within_first", {"held_points": -1}),
    ("award", "award_within_first", {"first_points": 5, "held_points": 6}),
    ("posting", "posting_not_zero", {"points": 0}),
    ("posting", "posting_account_known", {"account": "pocket"}),
    ("entry", "entry_kind_known", {"kind": "gift"}),
    ("entry", "entry_counts_up", {"sequence": 0}),
    ("entry", "entry_counts_up", {"turn": -1}),
    ("entry", "entry_leaves_what_can_be", {"available_after": -1}),
    ("entry", "entry_leaves_what_can_be", {"pending_after": -1}),
    ("entry", "entry_leaves_what_can_be", {"held_after": -1}),
    ("entry", "entry_leaves_what_can_be", {"debt_after": -1}),
    ("entry", "entry_leaves_what_can_be", {"available_after": 1, "debt_after": 1}),
    ("entry", "entry_request_whole", {"request_key": "K", "request_hash": None}),
    ("entry", "entry_request_whole", {"request_key": None, "request_hash": "\\x00"}),
    ("hold", "hold_above_zero", {"points": 0}),
    ("progress", "progress_not_negative", {"qualifying": -1}),
    ("progress", "progress_not_negative", {"spend_minor": -1}),
    ("progress", "progress_not_negative", {"visits": -1}),
    ("document", "document_kind_known", {"kind": "gift"}),
    ("document", "document_withheld_not_negative", {"withheld_minor": -1}),
    ("document", "document_waits_for_a_receipt", {"kind": "purchase", "waited": True}),
    ("document", "document_waits_for_a_receipt", {"kind": "return", "receipt_id": None, "waited": True}),
    ("document_source", "source_numbering_known", {"numbering": "hour"}),
    ("document_line", "document_line_quantity_above_zero", {"quantity_milli": 0, "returned_milli": 0}),
    ("document_line", "document_line_amount_not_negative", {"amount_minor": -1}),
    ("document_line", "document_line_returned_at_most_sold", {"returned_milli": -1}),
    ("document_line", "document_line_returned_at_most_sold", {"quantity_milli": 1000, "returned_milli": 1001}),
    ("document_line", "document_line_position_check", {"position": -1}),
    ("return_match", "return_match_not_zero", {"quantity_milli": 0}),
    ("programme_version", "programme_version_number_check", {"number": -1}),
    ("staff", "staff_branch_unless_owner", {"role": "cashier"}),
    ("api_key", "api_key_limit_not_negative", {"adjusts_most": -1}),
    ("api_key", "api_key_rate_above_zero", {"requests_a_minute": 0}),
    ("member_token", "member_token_kind_known", {"kind": "ring"}),
    ("waiting_adjustment", "waiting_adjustment_state_known", {"state": "lost", "decided_by": "h", "decided_at": "now"}),
    ("waiting_adjustment", "waiting_adjustment_decided_by_somebody", {"state": "approved"}),
    ("webhook_endpoint", "webhook_endpoint_cursor_not_negative", {"cursor": -1}),
    ("webhook_endpoint", "webhook_endpoint_off_for_a_reason", {"is_active": False}),
    ("webhook_endpoint", "webhook_endpoint_off_for_a_reason", {"off_because": "gone"}),
    ("webhook_endpoint", "webhook_endpoint_off_for_a_reason", {"is_active": False, "off_because": "boredom"}),
    ("webhook_delivery", "webhook_delivery_state_known", {"state": "lost"}),
    ("webhook_delivery", "webhook_delivery_attempts_not_negative", {"attempts": -1}),
    ("webhook_delivery", "webhook_delivery_delivered_at_an_instant", {"state": "delivered"}),
    ("webhook_delivery", "webhook_delivery_delivered_at_an_instant", {"delivered_at": "now"}),
]


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """A receipt of which something came back, a hold, and an owner: every table with a CHECK has a row."""
    world = World()
    world.buy(line("TEA", 60, 3), number="R1")
    world.bring_back(line("TEA", 0), of="R1")
    world.do(PlaceHold, points=5)
    Source(merchant=world.merchant, code="till").save()
    Staff(merchant=world.merchant, user=get_user_model().objects.create(username="owner"), role="owner").save()
    open_the_door(world)
    tell_somebody(world)
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


def test_nobody_survives_themselves(shop: World) -> None:
    """A copy has an id of its own, so this one is tried on the row itself."""
    refused(
        'violates check constraint "member_survived_by_another"',
        "UPDATE member SET survivor_id = id WHERE merchant_id = %s",
        shop.id,
    )


def test_nobody_brings_themselves_along(shop: World) -> None:
    refused(
        'violates check constraint "member_referred_by_another"',
        "UPDATE member SET referrer_id = id WHERE merchant_id = %s",
        shop.id,
    )


def test_no_category_lies_in_itself(shop: World) -> None:
    upsert_categories(shop.id, [CategoryRow("drinks")])
    refused(
        'violates check constraint "category_below_another"',
        "UPDATE category SET parent_id = id WHERE merchant_id = %s",
        shop.id,
    )


def test_none_is_without_a_test() -> None:
    known = query(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = ANY(%s::text[]::regclass[])",
        owned_tables(),
    )
    assert {name for (name,) in known} == {
        "member_survived_by_another",
        "member_referred_by_another",
        "category_below_another",
        "budget_slice_not_negative",  # tests/operations/test_budgets.py
        *(constraint for _, constraint, _ in BROKEN),
    }


def test_a_constraint_that_copy_meets_is_an_error_as_any_other(world: World) -> None:
    """Doors catch Django's errors; COPY goes round what turns the driver's into those."""
    row = (str(world.id), str(new_id()), "olaya", "Olaya, once more")
    with pytest.raises(IntegrityError), transaction.atomic(), Copies() as copies:
        copies.append("branch", "merchant_id, id, code, name", [row])
