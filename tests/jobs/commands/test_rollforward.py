"""`wafa rollforward`: tables, CSV, and the line that says whether it ties."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest

from tests.db import guards_away, query
from tests.jobs.commands.typed import cells, typed
from tests.world import HALF_A_YEAR, World, line
from wafa.core.commands import OpenBalance, OpeningLot, Redeem
from wafa.jobs.commands.errors import UsageError


@pytest.fixture(scope="module")
def shop(transactional_db: None) -> World:
    """100 of Olaya's and 20 of no branch's; 30 are spent at the airport in July."""
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 100), number="R1")
    world.do(OpenBalance, lots=(OpeningLot(20),))
    world.stand_at(datetime(2011, 7, 15, 12, tzinfo=UTC))
    world.do(Redeem, points=30, branch="airport")
    return world


def test_tables_and_that_it_ties(shop: World) -> None:
    printed = typed(shop, "rollforward")
    heading, *rows = cells(printed)
    assert heading == [
        "month", "branch", "opening", "accrued", "clawed back", "redeemed", "expired", "adjusted", "transferred",
        "brought", "closing",
    ]  # fmt: skip
    assert rows[2] == ["2011-06", "all", "0", "100", "0", "0", "0", "0", "0", "20", "120"]
    assert rows[5] == ["2011-07", "all", "120", "0", "0", "-30", "0", "0", "0", "0", "90"]
    assert [row[1] for row in rows[:2]] == ["(no branch)", "olaya"]
    assert rows[6:] == [["month", "issued by", "redeemed at", "points"], ["2011-07", "olaya", "airport", "-30"]]
    assert printed.endswith("It ties: all that was posted comes to 90, which is what the wallets hold.\n")


def test_csv_has_every_movement_and_each_branch_redeemed_at(shop: World) -> None:
    heading, *rows = csv.reader(typed(shop, "rollforward", "--from", "2011-07", "--csv").splitlines())
    told = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(row["month"], row["branch"], row["closing"]) for row in told] == [
        ("2011-07", "", "20"),
        ("2011-07", "olaya", "70"),
    ]
    assert (told[1]["redeemed"], told[1]["redeemed at airport"], told[1]["withheld"]) == ("-30", "-30", "0")


def test_only_some_months(shop: World) -> None:
    rows = cells(typed(shop, "rollforward", "--to", "2011-06"))[1:]
    assert {row[0] for row in rows} == {"2011-06"}


def test_it_names_the_difference_and_says_so_to_the_shell(shop: World) -> None:
    with guards_away():
        query("UPDATE wallet SET available = available + 1 WHERE merchant_id = %s", shop.id)
        query("UPDATE lot SET remaining = remaining - 1 WHERE merchant_id = %s AND issuing_branch_id IS NULL", shop.id)
        lines = typed(shop, "rollforward", status=1).splitlines()
    assert lines[-3:] == [
        "It does not tie:",
        "  all that was posted comes to 90, but the wallets hold 91",
        "  (no branch): postings leave 20, but the lots less what is owed hold 19",
    ]


def test_a_month_that_is_none(shop: World) -> None:
    with pytest.raises(UsageError, match="“July” is no month: write it as 2011-03"):
        typed(shop, "rollforward", "--from", "July")


def test_nothing_was_ever_posted() -> None:
    assert typed(World(HALF_A_YEAR), "rollforward").endswith("which is what the wallets hold.\n")
