"""On sound books verify finds nothing, and it has looked at everything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.db import query, rows_read
from tests.queries.books import full_books, sound_books
from tests.world import DEMO, HALF_A_YEAR, NOON, World, line, owned_tables
from wafa.operations.publish_programme import publish_programme
from wafa.operations.settle import settle_due
from wafa.queries.verify import verify
from wafa.store.models import Award, Document, Entry, Lot, ReturnMatch, Wallet


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Books with every kind of row and of movement."""
    return full_books()


def test_nothing_is_found(shop: World) -> None:
    assert [str(difference) for difference in shop.differences()] == []
    assert [check.name for check in verify(shop.merchant) if check.found] == []


def test_the_books_hold_every_kind_of_row(shop: World) -> None:
    rows = shop.rows()
    assert not [table for table in owned_tables() if not rows[table] and "import" not in table and table != "staff"]


def test_what_comes_goes_back_and_runs_out() -> None:
    shop = sound_books()
    assert [str(difference) for difference in shop.differences()] == []
    wallets = {wallet.member.number: wallet for wallet in Wallet.objects.of(shop.id).select_related("member")}
    assert {number: (each.available, each.debt) for number, each in wallets.items() if each.sequence} == {
        "amal": (31, 0),
        "bilal": (0, 110),
        "chadi": (0, 0),
    }
    assert wallets["amal"].tier == "silver"
    assert Lot.objects.of(shop.id).filter(answered__gt=0).exists()


def test_every_check_looks_at_all_there_is(shop: World) -> None:
    looked_at = {check.name: check.looked_at for check in verify(shop.merchant)}
    assert 0 not in looked_at.values()
    tables = (Wallet, Lot, Award, Entry, Document, ReturnMatch)
    assert {table.objects.of(shop.id).count() for table in tables} <= set(looked_at.values())


def test_it_changes_nothing(shop: World) -> None:
    before = shop.rows()
    shop.differences()
    assert shop.rows() == before


def test_it_needs_no_right_to_write(shop: World) -> None:
    query("SET default_transaction_read_only = on")
    try:
        assert shop.differences() == []
    finally:
        query("SET default_transaction_read_only = off")


def test_a_merchant_with_nothing() -> None:
    assert World(members=()).differences() == []


def test_other_merchants_faults_are_not_this_ones(shop: World) -> None:
    other = World()
    query("UPDATE wallet SET available = 7 WHERE merchant_id = %s", other.id)
    assert shop.differences() == []
    assert [str(found) for found in other.differences()] == ["wallet of member amal: available is 7, should be 0"]


def test_versions_of_the_programme_that_differ_in_everything(world: World) -> None:
    world.buy(line("TEA", 1000), number="R1")
    world.stand_at(NOON + timedelta(days=10))
    steep = {
        "tiers": [DEMO["tiers"][0], {"code": "pearl", "from": 1500, "name": {"en": "Pearl"}}],
        "expiry": {"kind": "months", "months": 1},
        "rules": [DEMO["rules"][0] | {"points": 3, "code": "triple"}],
    }
    publish_programme(world.merchant, steep, NOON + timedelta(days=5))
    world.buy(line("TEA", 400), number="R2")
    world.bring_back(line("TEA", 0), of="R2")
    world.buy(line("TEA", 20, 2), number="R3", occurred_at=NOON)
    world.bring_back(line("TEA", 0), of="R1")
    world.stand_at(NOON + timedelta(days=400))
    world.bring_back(line("TEA", 0), of="R3")
    assert world.differences() == []


def test_a_merchant_who_moved(world: World) -> None:
    """At eleven in the evening in London, the last day of the points, they are drawn on; in Riyadh it is tomorrow."""
    world = World(HALF_A_YEAR)
    world.merchant.time_zone = "Europe/London"
    world.merchant.save()
    world.buy(line("TEA", 50), number="R1", at=datetime(2011, 6, 1, 22, tzinfo=UTC))
    world.buy(line("SOAP", 50), number="R2", at=datetime(2011, 6, 20, 12, tzinfo=UTC))
    world.now = datetime(2011, 12, 1, 23, tzinfo=UTC)
    world.spend(50, number="R1")
    world.bring_back(line("SOAP", 0), of="R2")
    assert world.differences() == []
    world.merchant.time_zone = "Asia/Riyadh"
    world.merchant.save()
    assert world.differences() == []


def test_a_shop_that_moved_with_all_its_movements() -> None:
    world = full_books()
    for zone in ("Europe/London", "Pacific/Kiritimati", "America/Los_Angeles"):
        world.merchant.time_zone = zone
        world.merchant.save()
        assert [str(each) for each in world.differences()] == [], zone


def test_members_and_branches_that_changed(world: World) -> None:
    world.buy(line("TEA", 60, 3), number="R1")
    member = world.member()
    member.name, member.phone, member.status = "Another", "+966500000000", "closed"
    member.save()
    world.bring_back(line("TEA", 0), of="R1")
    world.stand_at(NOON + timedelta(days=300))
    settle_due(world.merchant)
    assert world.differences() == []


def test_two_tills_of_which_the_later_came_first(world: World) -> None:
    """Each looked at the clock, then waited for the wallet; the one that had looked a moment later got it first."""
    world.buy(line("TEA", 10), at=NOON + timedelta(milliseconds=2))
    world.buy(line("TEA", 10), at=NOON)
    assert world.differences() == []


def test_what_it_reads_grows_with_the_books_not_with_their_square() -> None:
    """In tables so young that the server knows nothing of them yet."""
    members = [f"m{place}" for place in range(10)]
    world = World(HALF_A_YEAR, members=members)
    for _ in range(10):
        world.post(*(world.purchase(line("TEA", 50, 5), member=member) for member in members))
        world.post(*(world.coming_back(line("TEA", 0), member=member) for member in members))
    rows = sum(len(rows) for rows in world.rows().values())
    read = rows_read(lambda: world.differences())
    assert sum(read.values()) < 50 * rows, read
