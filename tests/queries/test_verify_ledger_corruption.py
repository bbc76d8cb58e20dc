"""The same of the ledger itself: entries, postings, events, rules; removed, added and changed."""

from __future__ import annotations

import re

import pytest

from tests.db import guards_away, query
from tests.queries.books import sound_books
from tests.queries.corruption import Corruption, spelled, what_verify_says
from tests.queries.test_verify_corruption import of
from tests.world import World
from wafa.store.ids import new_id

ACCRUAL, CLAWBACK = "document_id = document:R1", "document_id = document:B1"
EXPIRY = "kind = 'expiry' AND wallet_id = wallet:chadi"


def told(path: str, value: str) -> str:
    """Something else in an explanation."""
    return f"explanation = jsonb_set(explanation, '{path}', '{value}')"


ENTRIES = [
    *of(
        "entry",
        ACCRUAL,
        ("points = points + 1", "entry 1 of member amal: points is 211, should be 210"),
        ("available_after = available_after - 1", "entry 1 of member amal: available afterwards"),
        ("pending_after = 1", "entry 1 of member amal: pending afterwards"),
        ("held_after = 1", "entry 1 of member amal: held afterwards"),
        ("tier_after = 'gold'", "entry 1 of member amal: tier afterwards"),
        ("sequence = 99", "amal"),
        ("kind = 'expiry'", "amal|R1"),
        ("wallet_id = wallet:zayd", "amal|zayd"),
        ("document_id = NULL", "R1"),
        ("occurred_at = occurred_at - interval '1 day'", "R1|entry 1 of member amal"),
        ("posted_at = posted_at + interval '1 day'", "R1|entry 1 of member amal"),
        ("programme_version_id = NULL", "R1|entry 1 of member amal"),
        ("programme_version_id = gen_random_uuid()", "R1|entry 1 of member amal"),
        ("context = NULL", "receipt R1 of member amal"),
        ("context = jsonb_set(context, '{tier}', '\"gold\"')", "receipt R1 of member amal: kept tier"),
        ("context = jsonb_set(context, '{earlier_purchases}', '1')", "receipt R1 .*: kept number of earlier"),
        ("context = jsonb_set(context, '{occurred_on}', '\"2011-06-02\"')", "receipt R1 of member amal"),
        ("context = jsonb_set(context, '{occurred_on}', '\"2011-11-02\"')", "receipt R1 of member amal: kept day"),
        (told("{awards,0,points}", "101"), "receipt R1 of member amal: points on its slip"),
        (told("{awards,0,rule}", '"basis"'), "receipt R1 of member amal: points on its slip"),
        (told("{awards,0,kind}", '"gift"'), "R1"),
        (told("{awards,0,figures,per_minor}", "1"), "R1"),
        (told("{debt_paid}", "5"), "R1|entry 1 of member amal"),
        (told("{lapsed}", "5"), "R1|entry 1 of member amal"),
        (told("{awards}", "[]"), "receipt R1 of member amal: points on its slip"),
        ("explanation = '{}'", "R1|entry 1 of member amal"),
        ("DELETE", "purchase R1 of member amal: number of entries"),
    ),
    *of(
        "entry",
        CLAWBACK,
        ("points = points - 1", "entry 3 of member amal: points"),
        (told("{receipts,0,awards,0,points}", "-1"), "B1|R1|entry 3 of member amal"),
        (told("{receipts,0,taken,own_lot}", "1"), "B1|R1|entry 3 of member amal"),
        (told("{receipts,0,taken,already_expired}", "1"), "entry 3 of member amal: where its slip took it, receipt R1"),
        (told("{receipts}", "[]"), "B1|R1|entry 3 of member amal"),
        (told("{unmatched}", '[{"item": "X", "quantity_milli": 1}]'), "B1|entry 3 of member amal"),
        ("DELETE", "return B1 of member amal: number of entries"),
    ),
    *of(
        "entry",
        "document_id = document:C1",
        ("debt_after = debt_after + 1", "entry .* of member bilal: debt afterwards"),
    ),
    *of(
        "entry",
        EXPIRY,
        ("points = points + 1", "entry 2 of member chadi: points"),
        (told("{lots,0,points}", "1"), "entry 2 of member chadi"),
        (told("{lots}", "[]"), "entry 2 of member chadi"),
        ("DELETE", "member chadi: (number of entries|available)|expired"),
    ),
]


def leg(account: str, entry: str, sign: str = "") -> str:
    """One leg of an entry."""
    return f"entry_id = entry:{entry} AND account = '{account}'{sign}"


POSTINGS = [
    *of(
        "posting",
        leg("available", "R1"),
        ("points = points + 1", "entry 1 of member amal: sum of its postings is 1, should be 0"),
        ("account = 'pending'", "wallet of member amal: (available|pending)"),
        ("account = 'issued'", "amal"),
        ("lot_id = lot:R2", "lot .* of member amal: remaining"),
        ("lot_id = NULL", "lot .* of member amal: remaining"),
        ("entry_id = entry:R2", "entry (1|4) of member amal: sum of its postings"),
        ("DELETE", "entry 1 of member amal: sum of its postings"),
    ),
    *of(
        "posting",
        leg("issued", "R1"),
        ("points = points - 1", "entry 1 of member amal: sum of its postings is -1, should be 0"),
        ("account = 'clawed_back'", "lot .* of member amal: size|receipt R1"),
        ("lot_id = lot:R2", "lot .* of member amal: size"),
        ("document_id = document:R2", "receipt R(1|2): points of its awards"),
        ("document_id = NULL", "receipt R1: points of its awards"),
        ("DELETE", "entry 1 of member amal: sum of its postings"),
    ),
    *of(
        "posting",
        leg("qualifying", "R1"),
        ("points = points + 1", "wallet of member amal: qualifying"),
        ("document_id = document:R2", "R1|R2|entry 1 of member amal"),
        ("DELETE", "wallet of member amal: qualifying"),
    ),
    *of(
        "posting",
        leg("qualified", "R1"),
        ("points = points - 1", "entry 1 of member amal: sum of its postings"),
        ("account = 'issued'", "amal|R1"),
        ("DELETE", "entry 1 of member amal: sum of its postings"),
    ),
    *of(
        "posting",
        leg("clawed_back", "B1"),
        ("account = 'expired'", "lot .* of member amal: expired"),
        ("document_id = document:R2", "R1|R2|entry 3 of member amal"),
        ("lot_id = lot:R2", "lot|amal"),
    ),
    *of(
        "posting",
        "account = 'expired' AND lot_id = lot:E1",
        ("points = points - 1", "chadi"),
        ("account = 'clawed_back'", "lot .* of member chadi: expired"),
    ),
    *of("posting", leg("debt", "C1"), ("points = points - 1", "bilal: debt"), ("account = 'available'", "bilal: debt")),
    *of("posting", leg("debt", "S3"), ("points = points - 1", "bilal: debt"), ("DELETE", "bilal: debt")),
]

OTHERS = [
    *of(
        "outbox_event",
        "wallet_id = wallet:amal AND wallet_sequence = 1",
        ("DELETE", "entry 1 of (wallet|member)"),
        ("wallet_sequence = 99", "entry 1 of (wallet|member)"),
        ("wallet_id = wallet:zayd", "entry 1 of (wallet|member)"),
        ("kind = 'PointsExpired'", "entry 1 of (wallet|member)"),
        ("body = jsonb_set(body, '{points}', '1')", "entry 1 of (wallet|member)"),
    ),
    *of("outbox_event", "kind = 'TierChanged' AND wallet_id = wallet:amal", ("DELETE", "amal|entry 4 of wallet")),
    *of("outbox_event", "kind = 'MemberEnrolled' AND wallet_id = wallet:amal", ("DELETE", "amal")),
    *of(
        "programme_version",
        "number = 1",
        ("body = jsonb_set(body, '{rules,0,points}', '2')", "receipt R1 of member amal: points on its slip"),
        ("body = jsonb_set(body, '{tiers,1,from}', '100')", "entry 1 of member amal: tier afterwards"),
        ("body = jsonb_set(body, '{expiry,months}', '7')", "receipt R1 of member amal: last day"),
        ("body = jsonb_set(body, '{rules,0,qualifying}', 'false')", "wallet of member amal: qualifying"),
    ),
    *of("member", "number = 'amal'", ("DELETE", "amal|R1")),
    *of("branch", "code = 'olaya'", ("DELETE", "R1|olaya")),
]


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Books with every kind of row; each test puts back what it changed."""
    return sound_books()


@pytest.mark.parametrize("corruption", ENTRIES + POSTINGS + OTHERS, ids=str)
def test_it_is_named(shop: World, corruption: Corruption) -> None:
    said = what_verify_says(shop, corruption)
    assert [each for each in said if re.search(corruption.says, each)], said


@pytest.mark.parametrize(
    ("legs", "says"),
    [
        ([("available", 5, "lot:R3"), ("issued", -5, "lot:R3")], "wallet of member amal: available"),
        ([("available", 5, None), ("issued", -5, None)], "wallet of member amal: available"),
        ([("issued", -5, "lot:R3"), ("expired", 5, "lot:R3")], "lot .* of member amal: (size|expired)"),
        ([("issued", -5, None), ("expired", 5, None)], "amal"),
        ([("clawed_back", -5, None), ("expired", 5, None)], "amal"),
        ([("qualifying", 5, None), ("qualified", -5, None)], "wallet of member amal: qualifying"),
        ([("available", -5, "lot:R3"), ("held", 5, "lot:R3")], "wallet of member amal: (available|held)"),
        ([("debt", -5, None), ("clawed_back", 5, None)], "wallet of member amal: debt"),
    ],
    ids=str,
)
def test_postings_that_were_added_are_named(shop: World, legs: list[tuple[str, int, str | None]], says: str) -> None:
    with guards_away():
        for account, points, lot in legs:
            query(
                f"""
                INSERT INTO posting (merchant_id, id, entry_id, account, points, lot_id)
                VALUES (%s, %s, {spelled("entry:R3", str(shop.id))}, %s, %s, {spelled(lot or "NULL", str(shop.id))})
                """,
                *(shop.id, new_id(), account, points),
            )
        said = [str(difference) for difference in shop.differences()]
    assert [each for each in said if re.search(says, each)], said


@pytest.mark.parametrize(
    ("table", "changes", "says"),
    [
        ("award", "'rule', 'gift'", "receipt R3.*: (points of its awards|first points)"),
        ("entry", "'sequence', 90, 'document_id', NULL", "amal"),
        ("lot", "'sequence', 90", "lot .* of member amal: (size|remaining)"),
        ("document_line", "'position', 9", "purchase R3: (content hash|amount)"),
    ],
)
def test_rows_that_were_added_are_named(shop: World, table: str, changes: str, says: str) -> None:
    with guards_away():
        query(
            f"""
            INSERT INTO {table} SELECT added.* FROM {table} AS t CROSS JOIN LATERAL jsonb_populate_record(
                t, jsonb_build_object('id', gen_random_uuid(), {changes})
            ) AS added
            WHERE t.merchant_id = %s AND t.document_id = {spelled("document:R3", str(shop.id))} LIMIT 1
            """,
            shop.id,
        )
        said = [str(difference) for difference in shop.differences()]
    assert [each for each in said if re.search(says, each)], said
