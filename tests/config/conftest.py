"""Homes of their own for tests that start, kill and stop servers."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.processes import finish, wafa
from wafa.config.embedded import Layout


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty WAFA_HOME; its server is stopped afterwards, however the test left it."""
    place = Path(tempfile.mkdtemp(prefix="wafa-home-", dir="/tmp"))
    yield from _home(place, monkeypatch)
    layout = Layout(place)
    for folder in (place, layout.sockets):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def made_home(migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A WAFA_HOME with a database whose tables are there; nothing runs. What a test does to it, the next one finds."""
    yield from _home(migrated, monkeypatch)


@pytest.fixture(scope="session")
def migrated() -> Iterator[Path]:
    """Made once: initdb and the migrations take seconds."""
    place = Path(tempfile.mkdtemp(prefix="wafa-home-", dir="/tmp"))
    done = wafa("migrate", home=place)
    assert done.returncode == 0, done.stderr
    yield place
    shutil.rmtree(place)


@pytest.fixture
def layout(home: Path) -> Layout:
    """The layout of the empty home."""
    return Layout(home)


@pytest.fixture
def made_layout(made_home: Path) -> Layout:
    """The layout of the made home."""
    return Layout(made_home)


@pytest.fixture
def as_stranger() -> Callable[[list[str]], subprocess.CompletedProcess[str]]:
    """Run a program as a system user who has nothing to do with Wafa."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, user="nobody", group="nogroup", extra_groups=[], capture_output=True, text=True, cwd="/"
        )

    return run


def _home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("WAFA_HOME", str(place))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield place
    finish(Layout(place))
