"""With a hundred thousand members: every list and every search finds its rows by an index, and stops early.

What a plan promises holds whatever the machine: no table is read from end to end, and no more rows are
touched than a page shows (or a search may find).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.db import put_guards_away, query, transactional_db
from wafa.queries.console.entries import latest_entries, statement
from wafa.queries.console.found import FOUND_MAX, Sought, found_members
from wafa.queries.console.member import member_view
from wafa.queries.console.members import ORDERS, members
from wafa.queries.console.receipts import found_receipts, receipts
from wafa.queries.holdings import holdings
from wafa.queries.profiles import profile_of, profiles_by_number
from wafa.queries.statement_page import Wanted, statement_page
from wafa.store.identify import MemberName, identify
from wafa.store.ids import new_id
from wafa.store.models import Entry, Member, Merchant, Wallet

__all__ = ["transactional_db"]

MEMBERS = 100_000
BIG = {"member", "wallet", "document", "entry", "lot", "posting"}

SEED = """
    INSERT INTO branch (id, merchant_id, code, name) VALUES (%(branch)s, %(merchant)s, 'main', 'Main');
    INSERT INTO member (id, merchant_id, number, name, phone, status, enrolled_at)
    SELECT gen_random_uuid(), %(merchant)s, (100000 + n)::text,
        (ARRAY['Layla', 'Omar', 'علي', 'مریم', 'Sara', 'José', 'Zoë'])[1 + n %% 7] || ' '
            || (ARRAY['Hassan', 'رضایی', 'Smith', 'الحسن', 'Khan'])[1 + n %% 5] || ' ' || n,
        '+9665' || lpad((n::bigint * 7919 %% 100000000)::text, 8, '0'), 'active',
        timestamptz '2026-01-01' + n * interval '1 minute'
    FROM generate_series(1, %(members)s) n;
    INSERT INTO wallet (id, merchant_id, member_id, unit, available, pending, held, debt, qualifying,
        eligible_purchases, tier, sequence, status)
    SELECT gen_random_uuid(), merchant_id, id, 'points', hashtext(number) & 1023, 0, 0, 0, 0, 1,
        (ARRAY['bronze', 'silver', 'gold'])[1 + (hashtext(number) & 4095) %% 3], 1, 'open'
    FROM member WHERE merchant_id = %(merchant)s;
    INSERT INTO document (id, merchant_id, kind, source, period, number, content_hash, member_id, member_number,
        anonymous_reason, branch_id, occurred_at, posted_at, currency, amount_minor, waited, withheld_minor, channel,
        tags, payments)
    SELECT gen_random_uuid(), merchant_id, 'purchase', 'till', '', 'R' || number, '', id, number, '', %(branch)s,
        enrolled_at, enrolled_at, 'GBP', 4550, false, 0, '', '{}', '[]'
    FROM member WHERE merchant_id = %(merchant)s;
    INSERT INTO entry (id, merchant_id, wallet_id, sequence, kind, document_id, turn, occurred_at, posted_at,
        actor_kind, actor_name, points, explanation, available_after, pending_after, held_after, debt_after, tier_after)
    SELECT gen_random_uuid(), d.merchant_id, w.id, 1, 'accrual', d.id, 0, d.occurred_at, d.posted_at, 'till', 'till',
        45, '{}', 45, 0, 0, 0, 'bronze'
    FROM document d JOIN wallet w ON w.merchant_id = d.merchant_id AND w.member_id = d.member_id
    WHERE d.merchant_id = %(merchant)s;
    INSERT INTO lot (id, merchant_id, origin_id, wallet_id, entry_id, document_id, sequence, points, remaining, held,
        expired, answered, covered, pending, available_at, expires_on)
    SELECT gen_random_uuid(), merchant_id, wallet_id, wallet_id, id, document_id, 1, 45, 45, 0, 0, 0, 0, false,
        posted_at, posted_at::date + 180
    FROM entry WHERE merchant_id = %(merchant)s;
"""

Ask = Callable[[], object]


@pytest.fixture(scope="module")
def town(transactional_db: None, django_db_blocker: Any) -> Merchant:
    """A hundred thousand members with a receipt each, written past the guards; the module's end empties the tables."""
    with django_db_blocker.unblock(), transaction.atomic():
        merchant = Merchant.objects.create(code="town", name_en="Town", currency="GBP", time_zone="Europe/London")
        put_guards_away()
        with connection.cursor() as cursor:
            cursor.execute(SEED, {"merchant": merchant.id, "branch": new_id(), "members": MEMBERS})
        for table in sorted(BIG | {"branch"}):
            query(f"ANALYZE {table}")
    return merchant


def plans(ask: Ask) -> list[dict[str, Any]]:
    """The plan of each statement that a question takes, as it was carried out; what has no plan is left out."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SET", "SAVEPOINT", "RELEASE")):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    found = []
    for sql, params in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}", params)
            answer = cursor.fetchone()[0]
            found.append((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"])
    assert found
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def rows_touched(plan: dict[str, Any]) -> int:
    """Rows that the steps at the bottom read, those they threw away included."""
    return sum(
        int(node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)))
        for node in nodes(plan)
        if "Plans" not in node
    )


def sketch(plan: dict[str, Any], depth: int = 0) -> str:
    """A plan on a few lines, for when a test fails."""
    names = ("Node Type", "Relation Name", "Index Name", "Actual Rows", "Actual Loops", "Rows Removed by Filter")
    line = "  " * depth + " ".join(str(plan[name]) for name in names if name in plan)
    return "\n".join([line, *(sketch(below, depth + 1) for below in plan.get("Plans", []))])


def by_index(ask: Ask, at_most: int) -> set[str]:
    """No big table is read from end to end, and few rows are touched; answers the indexes used."""
    used = set()
    for plan in plans(ask):
        for node in nodes(plan):
            whole = node["Node Type"] == "Seq Scan" and node.get("Relation Name") in BIG
            assert not whole, sketch(plan)
            used |= {node["Index Name"]} if "Index Name" in node else set()
        assert rows_touched(plan) <= at_most, sketch(plan)
    return used


ORDER_INDEXES = {
    "number": "member_number_once",
    "name": "member_by_name",
    "newest": "member_by_newest",
    "points": "wallet_by_points",
}


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_walks_its_index_on_any_page(town: Merchant, order: str) -> None:
    _, _, after = members(town, order, 50)
    for _ in range(3):
        _, before, after = members(town, order, 50, after=after)
    for place in ({}, {"after": after}, {"before": before}):
        assert ORDER_INDEXES[order] in by_index(lambda place=place: members(town, order, 50, **place), 400)  # type: ignore[misc]


def test_a_page_far_down_costs_no_more_than_the_first(town: Merchant) -> None:
    for order, place in {"number": ("199000",), "points": (0, new_id())}.items():
        by_index(lambda order=order, place=place: members(town, order, 50, after=place), 400)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sought", "index"),
    [
        (Sought("1500", "1500"), r"member_number_once|member_by_number_start"),
        (Sought("150001", "150001", "150001"), r"member_number_once|member_by_number_start"),
        (Sought("+96650", "+96650", "96650"), "member_by_phone_start"),
        (Sought("0500007919", "0500007919", "0500007919"), "member_by_phone_end"),
        (Sought("layla", "layla"), "member_by_name_word"),
        (Sought("zoe smi", "zoe smi"), "member_by_name_word"),
        (Sought("علی", "علی"), "member_by_name_word"),
        (Sought("nobody", "nobody"), "member_by_name_word"),
    ],
)
def test_every_way_of_finding_has_its_index(town: Merchant, sought: Sought, index: str) -> None:
    used = by_index(lambda: found_members(town, sought), 35_000)
    assert any(re.fullmatch(index, name) for name in used), used
    among, _ = found_members(town, sought)
    assert len(among) <= FOUND_MAX
    if among:
        by_index(lambda: members(town, "name", 50, among=among), 5_000)


def test_a_search_that_fits_everybody_stops_early(town: Merchant) -> None:
    among, more = found_members(town, Sought("1", "1"))
    assert (len(among), more) == (FOUND_MAX, True)
    by_index(lambda: found_members(town, Sought("1")), 1_100)


def test_receipts_are_listed_and_found_by_index(town: Merchant) -> None:
    page = receipts(town, 50)
    for place in ({}, {"after": page.after}):
        assert "document_by_time" in by_index(lambda place=place: receipts(town, 50, **place), 400)  # type: ignore[misc]
    assert "document_returns_by_time" in by_index(lambda: receipts(town, 50, kind="return"), 100)
    used = by_index(lambda: found_receipts(town, "R15"), 3_000)
    assert "document_by_number_start" in used
    assert "document_by_member" in by_index(lambda: found_receipts(town, "150001"), 3_000)


def test_the_latest_entries_and_a_members_page_touch_a_handful(town: Merchant) -> None:
    assert "entry_by_time" in by_index(lambda: latest_entries(town, 8), 100)
    wallet = Wallet.objects.of(town).order_by("available")[500]
    assert "entry_sequence_once" in by_index(lambda: statement(town, wallet.id, 20), 100)
    assert "lot_open_by_wallet" in by_index(lambda: member_view(town, wallet.member_id), 100)
    assert Entry.objects.of(town).filter(wallet_id=wallet.id).exists()


@pytest.mark.parametrize("kind", ["phone", "email", "id", "card", "qr"])
def test_programs_find_a_member_by_index(town: Merchant, kind: str) -> None:
    member = Member.objects.of(town).get(number="150001")
    value = {"phone": member.phone, "id": str(member.id)}.get(kind, "dana@example.com")
    by_index(lambda: identify(town.id, [MemberName(kind, value)]), 50)


def test_programs_read_a_member_and_what_they_hold_by_index(town: Merchant) -> None:
    member = Member.objects.of(town).get(number="150001")
    by_index(lambda: profile_of(town.id, member.id), 50)
    by_index(lambda: profiles_by_number(town.id, ["150001", "150002"]), 100)
    town.clock_at = member.enrolled_at
    assert "lot_open_by_wallet" in by_index(lambda: holdings(town, member.id), 50)
    by_index(lambda: holdings(town, "150001"), 50)
    town.clock_at = None
    wanted = Wanted("points", ("accrual",))
    assert "entry_sequence_once" in by_index(lambda: statement_page(town, member, wanted, 20, {}), 100)
