"""Each column that matters, corrupted behind the guards' backs: verify names that very thing."""

from __future__ import annotations

import re

import pytest

from tests.queries.books import sound_books
from tests.queries.corruption import Corruption, what_verify_says
from tests.world import World

AMAL, BILAL = "member_id = member:amal", "member_id = member:bilal"
R1, E1, S1 = "document_id = document:R1", "document_id = document:E1", "document_id = document:S1"
NOT_SENT = "(content hash|amount) is"


def of(table: str, where: str, *corruptions: tuple[str, str]) -> list[Corruption]:
    """Several things done to the same rows."""
    return [Corruption(table, done, where, says) for done, says in corruptions]


WALLETS = [
    *of(
        "wallet",
        AMAL,
        ("available = available + 1", "wallet of member amal: available is 32, should be 31"),
        ("available = available - 1", "wallet of member amal: available is 30, should be 31"),
        ("pending = 1", "wallet of member amal: pending is 1, should be 0"),
        ("held = 1", "wallet of member amal: held is 1, should be 0"),
        ("qualifying = qualifying + 1", "wallet of member amal: qualifying is"),
        ("eligible_purchases = eligible_purchases + 1", "wallet of member amal: purchases that still hold"),
        ("tier = 'gold'", "wallet of member amal: tier is gold, should be silver"),
        ("tier = ''", "wallet of member amal: tier is , should be silver"),
        ("sequence = sequence + 1", "wallet of member amal: sequence is"),
        ("sequence = sequence - 1", "wallet of member amal: sequence is"),
        ("posted_at = posted_at + interval '1 hour'", "amal"),
        ("member_id = gen_random_uuid()", "amal"),
        ("unit = 'stamps'", "amal"),
        ("DELETE", "amal"),
    ),
    *of(
        "wallet",
        BILAL,
        ("debt = debt + 1", "wallet of member bilal: debt is 111, should be 110"),
        ("debt = 0", "wallet of member bilal: debt is 0, should be 110"),
    ),
    *of("wallet", "member_id = member:zayd", ("available = 1", "zayd: available is 1"), ("DELETE", "zayd")),
]

LOTS = [
    *of(
        "lot",
        R1,
        ("points = points + 1", "lot .* of member amal: size is 211, should be 210"),
        ("expires_on = expires_on + 1", "receipt R1 of member amal: last day"),
        ("expires_on = NULL", "receipt R1 of member amal: last day"),
        ("sequence = sequence + 1", "lot|R1"),
        ("available_at = available_at + interval '1 hour'", "lot|R1"),
        ("issuing_branch_id = branch:airport", "lot|R1"),
        ("issuing_branch_id = NULL", "lot|R1"),
        ("document_id = document:E1", "lot|R1"),
        ("document_id = NULL", "lot|R1"),
        ("entry_id = entry:E1", "lot|R1"),
        ("wallet_id = wallet:bilal", "lot|R1"),
        ("DELETE", "lot|R1"),
    ),
    *of(
        "lot",
        "document_id = document:R3",
        ("remaining = remaining - 1", "lot .* of member amal: remaining is 30, should be 31"),
        ("remaining = 0", "lot .* of member amal: remaining is 0, should be 31"),
    ),
    *of(
        "lot",
        E1,
        ("expired = expired - 1", "lot .* of member chadi: expired is"),
        ("answered = answered + 1", "lot of receipt E1 .*: expired points that answered .* is 101, should be 100"),
        ("answered = 0", "lot of receipt E1 .*: expired points that answered"),
    ),
]

AWARDS = of(
    "award",
    f"{R1} AND rule = 'base'",
    ("first_points = first_points + 1", "receipt R1.*: (points of its awards|first points)"),
    ("held_points = held_points - 1", "receipt R1 of member amal: points that its awards hold"),
    ("held_points = first_points", "receipt R1 of member amal: points that its awards hold"),
    ("rule = 'basis'", "receipt R1 of member amal: first points of its awards"),
    ("qualifying = false", "receipt R1"),
    ("lot_id = NULL", "receipt R1"),
    ("lot_id = lot:R2", "receipt R1"),
    ("document_id = document:S0", "receipt R1"),
    ("DELETE", "receipt R1.*: (points of its awards|first points)"),
)

DOCUMENTS = [
    *of(
        "document",
        "number = 'R1'",
        ("amount_minor = amount_minor + 1", "purchase R1: amount is"),
        ("occurred_at = occurred_at + interval '1 second'", "purchase R1: content hash"),
        ("posted_at = posted_at + interval '1 second'", "R1"),
        ("member_id = member:bilal", "purchase R1"),
        ("member_id = NULL", "purchase R1"),
        ("branch_id = branch:airport", "purchase R1: content hash"),
        ("branch_id = gen_random_uuid()", "R1"),
        ("channel = 'shop'", "purchase R1: content hash"),
        ("tags = '{}'", "purchase R1: content hash"),
        ("payments = '[]'", "purchase R1: content hash"),
        ("payments = jsonb_set(payments, '{0,amount_minor}', '4999')", "purchase R1: content hash"),
        ("tax_minor = tax_minor + 1", "purchase R1: content hash"),
        ("discount_minor = NULL", "purchase R1: content hash"),
        ("currency = 'KWD'", "purchase R1: content hash"),
        ("source = 'web'", "purchase R1: content hash"),
        ("period = ''", "purchase R1: content hash"),
        ("number = 'R9'", "purchase R9: content hash"),
        ("kind = 'return'", "R1"),
        ("content_hash = '\\x00'", "purchase R1: content hash"),
        ("anonymous_reason = 'member_blocked'", "R1"),
        ("DELETE", "R1|entry 1 of member amal"),
    ),
    *of(
        "document",
        "number = 'B1'",
        ("receipt_id = NULL", "return B1: content hash"),
        ("receipt_id = document:R2", "return B1: content hash"),
        ("member_id = member:bilal", "return B1"),
        ("DELETE", "B1|entry 3 of member amal"),
    ),
    *of(
        "document",
        "number = 'X1'",
        ("occurred_at = occurred_at + interval '1 day'", "X1"),
        ("named_member_id = member:amal", "X1"),
        ("named_member_id = NULL", "X1"),
        ("anonymous_reason = ''", "X1"),
        ("DELETE", "X1"),
    ),
    *of("document", "number = 'A1'", ("tags = '{x}'", "purchase A1: content hash"), ("DELETE", "A1")),
    *of("document_number", "number = 'R2'", ("number = 'R9'", "R2|R9"), ("DELETE", "R2")),
]

LINES = [
    *of(
        "document_line",
        f"{R1} AND position = 1",
        ("quantity_milli = quantity_milli + 1", "purchase R1: content hash"),
        ("amount_minor = amount_minor + 1", f"purchase R1: {NOT_SENT}"),
        ("item = 'SOAP'", "purchase R1: content hash"),
        ("tags = '{cold}'", "purchase R1: content hash"),
        ("tax_minor = NULL", "purchase R1: content hash"),
        ("discount_minor = 0", "purchase R1: content hash"),
        ("position = 3", "purchase R1: content hash"),
        ("returned_milli = returned_milli + 1", "line 1 of receipt R1: returned quantity .* is 2001, should be 2000"),
        ("returned_milli = 0", "line 1 of receipt R1: returned quantity"),
        ("member_id = member:bilal", "(R1|B0|B1)\\b"),
        ("member_id = NULL", "(R1|B0|B1)\\b"),
        ("document_id = document:R2, position = 5", f"purchase R(1|2): {NOT_SENT}"),
        ("DELETE", f"purchase R1: {NOT_SENT}"),
    ),
    *of("document_line", "document_id = document:R3", ("member_id = member:bilal", "R3"), ("member_id = NULL", "R3")),
    *of(
        "document_line",
        "document_id = document:B1",
        ("quantity_milli = 2000", "return B1: content hash"),
        ("returned_milli = 1", "B1: returned quantity"),
        ("DELETE", f"return B1: {NOT_SENT}"),
    ),
    *of("document_line", "document_id = document:X1", ("quantity_milli = 9000", "X1"), ("item = 'X'", "X1")),
    *of("document_line", "document_id = document:A1", ("quantity_milli = 9000", "purchase A1: content hash")),
    *of(
        "return_match",
        "sold_line_id IN (SELECT id FROM document_line WHERE document_id = document:R1)",
        ("quantity_milli = quantity_milli + 1", "line 1 of receipt R1: returned quantity"),
        ("sold_line_id = (SELECT id FROM document_line WHERE document_id = document:R3)", "line 1 of receipt R(1|3)"),
        ("returned_line_id = gen_random_uuid()", "R1|B1"),
        ("DELETE", "line 1 of receipt R1: returned quantity"),
    ),
    *of(
        "return_match",
        "sold_line_id IN (SELECT id FROM document_line WHERE document_id = document:A1)",
        ("DELETE", "line 1 of receipt A1: returned quantity"),
    ),
]


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Books with every kind of row; each test puts back what it changed."""
    world = sound_books()
    assert world.differences() == []
    return world


@pytest.mark.parametrize("corruption", WALLETS + LOTS + AWARDS + DOCUMENTS + LINES, ids=str)
def test_it_is_named(shop: World, corruption: Corruption) -> None:
    said = what_verify_says(shop, corruption)
    assert [each for each in said if re.search(corruption.says, each)], said
