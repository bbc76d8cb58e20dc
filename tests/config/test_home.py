"""WAFA_HOME: made when first needed; its key is made once and stays private."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.config.processes import python
from wafa.config import home


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAFA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_asking_where_it_is_makes_nothing(place: Path) -> None:
    assert home.home() == place
    assert not place.exists()


def test_the_key_is_made_once_and_is_private(place: Path) -> None:
    key = home.secret_key()
    assert len(key) > 80
    assert home.secret_key() == key
    assert (place / "secret_key").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in place.iterdir()) == ["logs", "media", "secret_key"]


def test_of_many_first_starts_one_makes_the_key(place: Path) -> None:
    starters = [python("from wafa.config import home; print(home.secret_key())", place) for _ in range(4)]
    assert len({starter.communicate()[0] for starter in starters}) == 1


def test_of_many_first_requests_one_makes_the_key(place: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        keys = {made.result() for made in [threads.submit(home.secret_key) for _ in range(64)]}
    assert len(keys) == 1
