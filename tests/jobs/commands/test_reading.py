"""`wafa balances`, `statement` and `lots`: what is held, why, and what it is made of; now and then, in any unit."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.jobs.commands.typed import cells, typed
from tests.world import GENEROUS, HALF_A_YEAR, NOON, World, line
from wafa.core.commands import Adjust, MergeMembers, OpenBalance, OpeningLot
from wafa.jobs.commands.errors import UsageError


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """Amal bought for 100, and a day later for 40; Bilal was merged into her after two."""
    world = World(GENEROUS, members=("amal", "bilal"))
    world.buy(line("TEA", 100), number="R1")
    world.do(Adjust, points=3, unit="stamps")
    world.buy(line("TEA", 40), number="R2", at=NOON + timedelta(days=1))
    world.buy(line("TEA", 7), number="R3", member="bilal", at=NOON + timedelta(days=1))
    world.do(MergeMembers, at=NOON + timedelta(days=2), member="bilal", into="amal")
    world.stand_at(NOON + timedelta(days=3))
    return world


def balances(shop: World, *options: str) -> list[tuple[str, int]]:
    """Members and what they can spend."""
    told = json.loads(typed(shop, "balances", "--format", "json", *options))
    return [(row["member"], row["available"]) for row in told]


def test_balances_now_then_and_in_another_unit(shop: World) -> None:
    assert balances(shop) == [("amal", 147)]
    assert balances(shop, "--at", "2011-06-02T18:00") == [("amal", 140), ("bilal", 7)]
    assert balances(shop, "--unit", "stamps") == [("amal", 3)]


def test_a_table_leaves_out_columns_that_say_nothing(shop: World) -> None:
    heading, row = cells(typed(shop, "balances"))
    assert heading == [
        "member", "available", "pending", "held", "debt", "accrued", "clawed back", "redeemed", "expired",
        "qualifying", "tier",
    ]  # fmt: skip
    assert row == ["amal", "147", "0", "0", "0", "147", "0", "0", "0", "147", "bronze"]
    assert cells(typed(shop, "balances", "--unit", "stamps"))[0][9] == "adjusted"
    heading_of_csv = typed(shop, "balances", "--format", "csv").splitlines()[0].split(",")
    assert {"brought", "transferred", "withheld"} < set(heading_of_csv), "in a file they are all there"


def test_a_statement_tells_both_histories(shop: World) -> None:
    lines = typed(shop, "statement", "amal").splitlines()
    assert [part for line in lines for part in line.split(" · ") if part == "bilal"] == ["bilal", "bilal"]
    assert lines[-1].startswith("1 June 2011, 15:00 · R1 · +100 (100) · ")
    assert lines == typed(shop, "statement", "bilal").splitlines()
    then = typed(shop, "statement", "bilal", "--at", "2011-06-02T18:00").splitlines()
    assert len(then) == 1
    assert "R3 · +7 (7)" in then[0]
    assert "+3 (3)" in typed(shop, "statement", "amal", "--unit", "stamps")


def test_lots(shop: World) -> None:
    heading, *rows, sums = cells(typed(shop, "lots", "amal"))
    assert heading == ["receipt", "issued by", "last day", "available", "pending", "held", "of", "available at"]
    assert [row[:4] for row in rows] == [
        ["R1", "olaya", "2011-12-01", "100"],
        ["R3", "olaya", "2011-12-02", "7"],
        ["R2", "olaya", "2011-12-02", "40"],
    ]
    assert sums[3:6] == ["147", "0", "0"]
    assert [row[0] for row in cells(typed(shop, "lots", "amal", "--at", "2011-06-01T18:00"))[1:-1]] == ["R1"]


def test_lots_that_never_run_out_are_pending_or_are_owed() -> None:
    world = World(HALF_A_YEAR | {"available": {"kind": "after_days", "days": 2}}, members=("amal", "bilal"))
    world.do(OpenBalance, lots=(OpeningLot(60),))
    world.buy(line("TEA", 5), number="R1")
    never, pending = sorted(cells(typed(world, "lots", "amal"))[1:-1])
    assert never[:4] == ["", "", "never runs out", "60"]
    assert (pending[0], pending[3], pending[4], pending[7]) == ("R1", "0", "5", "2011-06-03 00:00")
    owing = World(HALF_A_YEAR)
    owing.buy(line("TEA", 60), number="R1")
    owing.spend(50)
    owing.bring_back(line("TEA", 0), of="R1")
    assert typed(owing, "lots", "amal").endswith("Owed: 50\n")


@pytest.mark.parametrize("command", ["balances", "statement amal", "lots amal", "rollforward"])
def test_a_unit_that_there_never_was(shop: World, command: str) -> None:
    with pytest.raises(UsageError, match=r"no unit “gold”\. The programme's units are: points, credit, stamps\."):
        typed(shop, *command.split(), "--unit", "gold")


@pytest.mark.parametrize("command", ["statement", "lots"])
def test_a_member_that_there_never_was(shop: World, command: str) -> None:
    with pytest.raises(UsageError, match="no member “zayd”"):
        typed(shop, command, "zayd")


@pytest.mark.parametrize("command", ["balances", "statement amal", "lots amal"])
def test_a_moment_that_is_none(shop: World, command: str) -> None:
    with pytest.raises(UsageError, match="“June” is no moment"):
        typed(shop, *command.split(), "--at", "June")
