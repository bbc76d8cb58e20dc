"""Who may import whom: the contracts hold, and each of them can be broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SOURCE

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
ROOMS, INSIDE_THE_CORE, NO_FRAMEWORK = SETTINGS["contracts"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Look at the package `wafa` that lies in a folder, by the contracts beside it."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def names_in(layers: list[str]) -> list[str]:
    """The modules of a contract's layers."""
    return [name.strip() for layer in layers for name in layer.replace("|", ":").split(":")]


@pytest.fixture
def doll_house(tmp_path: Path) -> Path:
    """A tree with all the rooms that the contracts name, and nothing in them."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ["wafa", *names_in(ROOMS["layers"]), *names_in(INSIDE_THE_CORE["layers"])]:
        room = tmp_path.joinpath(*name.split("."))
        room.mkdir(parents=True, exist_ok=True)
        (room / "__init__.py").touch()
    return tmp_path


def test_the_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_under_contract() -> None:
    rooms = {f"wafa.{path.parent.name}" for path in SOURCE.glob("*/__init__.py")}
    assert rooms - {"wafa.locale"} == set(names_in(ROOMS["layers"]))


def test_empty_rooms_break_nothing(doll_house: Path) -> None:
    done = lint(doll_house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "room", "line"),
    [
        (ROOMS, "store", "import wafa.operations"),
        (ROOMS, "queries", "from wafa import web"),
        (NO_FRAMEWORK, "core/values", "from django.db import models"),
        (INSIDE_THE_CORE, "core/ledger", "from wafa.core.earning import anything"),
        (INSIDE_THE_CORE, "core/tiers", "import wafa.core.expiry"),
    ],
    ids=lambda each: each["name"].split(":")[0] if isinstance(each, dict) else each,
)
def test_an_import_upwards_is_found(doll_house: Path, contract: dict[str, str], room: str, line: str) -> None:
    (doll_house / "wafa" / room / "__init__.py").write_text(line, "utf-8")
    done = lint(doll_house)
    told = " ".join(done.stdout.split())
    assert done.returncode == 1, told
    assert f"{contract['name']} BROKEN" in told
