"""`wafa settle`, `requalify` and `import balances`: what jobs and files do, asked for by hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.jobs.commands.typed import typed
from tests.world import HALF_A_YEAR, NOON, World, line
from wafa.jobs.commands.errors import UsageError

YEAR = timedelta(days=365)


def test_settle() -> None:
    world = World(HALF_A_YEAR)
    world.buy(line("TEA", 1234))
    world.stand_at(NOON + YEAR)
    assert typed(world, "settle") == "Points that expired: 1,234\n"
    assert typed(world, "settle") == "Points that expired: 0\n"
    assert world.wallet().available == 0


def test_requalify() -> None:
    tiers = [HALF_A_YEAR["tiers"][0], {"code": "silver", "from": 50, "name": {"en": "Silver"}}]
    window = {"measure": "points", "window": {"kind": "calendar_year", "calendar": "gregorian"}}
    world = World(HALF_A_YEAR | {"tiers": tiers, "qualification": window})
    world.buy(line("TEA", 60))
    world.stand_at(NOON + 2 * YEAR)
    assert typed(world, "requalify") == "Tiers, or their grace, that changed: 1\n"
    assert typed(world, "requalify") == "Tiers, or their grace, that changed: 0\n"
    assert world.wallet().tier == "bronze"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file in the folder that the person is in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "old.csv"
    path.write_text("member,points,expires_on\namal,1500,2011-12-31\nzayd,5,\namal,x,\n", "utf-8")
    return str(path)


def test_import_balances(file: str, tmp_path: Path) -> None:
    world = World(HALF_A_YEAR)
    lines = typed(world, "import", "balances", file, "--enrol").splitlines()
    assert lines == [
        "Rows read: 3",
        "Balances brought: 1",
        "Points brought: 5",
        "Members who joined: 1",
        "Brought before: 0",
        "Balances refused: 0",
        "Rows rejected: 2",
        f"What was not brought, and why: {tmp_path / 'old.csv.rejects.csv'}",
    ]
    again = typed(world, "import", "balances", file, "--enrol").splitlines()
    assert again[1] == "Balances brought: 0"
    assert again[7] == "Nothing has changed: these balances had been brought before."


def test_import_balances_in_the_language_of_the_shopkeeper_or_one_that_is_not_spoken(file: str) -> None:
    world = World(HALF_A_YEAR)
    with pytest.raises(UsageError, match="--lang must be one of en, ar, fa"):
        typed(world, "import", "balances", file, "--lang", "de")
    with pytest.raises(UsageError, match="--calendar must be gregorian or jalali"):
        typed(world, "import", "balances", file, "--calendar", "mayan")
