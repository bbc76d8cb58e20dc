"""The demo's year arrives at the balances of its programme, to the point, whatever happened on the way."""

from __future__ import annotations

import csv
import io
import lzma
import subprocess
import time
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tests.config.processes import WAFA, environment, query
from tests.demo import oracle
from wafa.config.embedded import Layout
from wafa.jobs.demo.receipts import RECEIPTS


def command(home: Path, *arguments: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run([WAFA, *arguments], env=environment(home), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def balances(home: Path, *arguments: str) -> dict[str, dict[str, str]]:
    """The balances, by member."""
    printed = command(home, "balances", "--merchant", "demo", "--format", "csv", *arguments)
    return {row["member"]: row for row in csv.DictReader(io.StringIO(printed))}


@cache
def worked_out() -> dict[str, dict[str, str]]:
    """The same, worked out by the second reading of the programme."""
    with lzma.open(RECEIPTS, "rt", encoding="utf-8", newline="") as rows:
        found = oracle.balances(csv.DictReader(rows))
    return {
        member: {"member": member, **{name: str(value) for name, value in asdict(balance).items()}}
        for member, balance in found.items()
    }


def test_every_balance_is_the_one_that_the_programme_says(demo_home: Path) -> None:
    """What the second reading has no word for (adjustments, transfers, …) never happens in this year."""
    shown, expected = balances(demo_home), worked_out()
    assert shown.keys() == expected.keys()
    never = dict.fromkeys(shown["12347"].keys() - expected["12347"].keys(), "0")
    assert {member: row for member, row in shown.items() if row != expected[member] | never} == {}


def test_the_books_are_right(demo_home: Path) -> None:
    assert "The books are right." in command(demo_home, "verify")


def test_loading_again_takes_seconds_and_counts_nothing_twice(demo_home: Path) -> None:
    entries = query_one(demo_home, "SELECT count(*) FROM entry")
    began = time.monotonic()
    assert "is loaded" in command(demo_home, "demo", "--no-serve")
    assert time.monotonic() - began < 30
    assert query_one(demo_home, "SELECT count(*) FROM entry") == entries


def test_at_any_moment_of_the_past_what_was_earned_is_what_is_there_or_gone(demo_home: Path) -> None:
    for at in ("2010-12-01", "2011-03-31T18:00", "2011-07-01"):
        for row in balances(demo_home, "--at", at).values():
            figures = {name: int(value) for name, value in row.items() if name not in ("member", "tier")}
            gone = figures["clawed_back"] + figures["redeemed"] + figures["expired"]
            assert (
                figures["accrued"] - gone
                == figures["available"] + figures["pending"] + figures["held"] - figures["debt"]
            )


def test_the_past_grows_into_the_present(demo_home: Path) -> None:
    assert not balances(demo_home, "--at", "2010-11-30")
    assert balances(demo_home, "--at", "2011-12-10") == balances(demo_home)


def test_the_statement_says_why(demo_home: Path) -> None:
    """Receipt 581180: 224.82 eligible, floor 224; a silver member: 25 % of 224 is 56."""
    said = command(demo_home, "statement", "12347")
    line = next(line for line in said.splitlines() if "581180" in line)
    assert "224.82" in line
    assert "224." in line
    assert "56." in line
    assert command(demo_home, "statement", "۱۲۳۴۷", "--lang", "fa")


def test_the_clock_stands_where_the_data_ends(demo_home: Path) -> None:
    assert command(demo_home, "clock").startswith("2011-12-10T00:00:00+00:00 (fixed)")


def query_one(home: Path, statement: str) -> int:
    """One number, from the database that `database-url` names."""
    assert command(home, "database-url").strip() == Layout(home).url
    return int(query(Layout(home), statement)[0][0])
