"""`wafa bench engine`: it measures what it says, each kind in each size, with and without a yardstick."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.config.processes import wafa

SMALL = ("bench", "engine", "--runs", "1", "--members", "50", "--size", "1")


def test_figures_for_each_kind(tmp_path: Path) -> None:
    kinds = ("purchases", "returns")
    done = wafa(*SMALL, *(word for kind in kinds for word in ("--kind", kind)), home=tmp_path)
    assert done.returncode == 0, done.stderr
    for kind in kinds:
        line = re.search(rf"^{kind}\n.*statements a batch\n +1 +(\d+) +\d+ +\d+ +(\d+)$", done.stdout, re.MULTILINE)
        assert line, done.stdout
        assert int(line[1]) > 0
        # With BEGIN and COMMIT; tests/operations holds the law itself to account.
        assert 10 <= int(line[2]) <= 22
    assert list(tmp_path.iterdir()) == []


def test_with_a_yardstick_also_as_a_share_of_it(tmp_path: Path) -> None:
    command = (*SMALL, "--kind", "purchases", "--yardstick", str(tmp_path))
    give(tmp_path, "SELECT 1000.0 * $2 / $3")
    done = wafa(*command, home=tmp_path / "home")
    assert "purchases, yardstick 800 before, 800 after\n" in done.stdout
    row = done.stdout.splitlines()[-1].split()
    assert float(row[4]) == pytest.approx(float(row[1]) / 800, abs=0.01)


def test_a_yardstick_that_breaks_is_told(tmp_path: Path) -> None:
    give(tmp_path, "SELECT broken")
    done = wafa(*SMALL, "--yardstick", str(tmp_path), home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.startswith('wafa: The yardstick gave no figure: ERROR:  column "broken" does not exist')


def give(folder: Path, query: str) -> None:
    """A yardstick that asks the database it is given; $2 are the clients, $3 the seconds."""
    (folder / "run").write_text(f'#!/bin/sh\n"$PGBIN/psql" -qXtA "$1" -c "{query}"\n')
    (folder / "run").chmod(0o755)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "miracles"), "miracles is none of purchases"),
        (("--size", "7"), "7 is none of 1, 10, 100, 500"),
        (("--yardstick", "nowhere"), "nowhere is no yardstick"),
    ],
)
def test_what_cannot_be_measured(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = wafa("bench", "engine", *arguments, home=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed")
def test_the_api_is_asked_and_every_answer_is_good(tmp_path: Path) -> None:
    kinds = ("purchases", "preview", "lookup", "balance", "batch")
    command = ("bench", "http", "--runs", "1", "--seconds", "1", "--members", "50", "--workers", "1")
    asked = (word for kind in kinds for word in ("--kind", kind))
    done = wafa(*command, *asked, "--connections", "2", home=tmp_path)
    assert done.returncode == 0, done.stderr
    for kind in kinds:
        line = re.search(rf"^{kind}\n.*\n +2 +([\d,]+) +\S+ +\S+ +(\d+) +(\d+)$", done.stdout, re.MULTILINE)
        assert line, done.stdout
        assert int(line[1].replace(",", "")) > 0
        assert (line[2], line[3]) == ("0", "0"), kind
    assert list(tmp_path.iterdir()) == []
