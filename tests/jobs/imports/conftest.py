"""A shop with a till whose export is a small CSV, and what can be asked of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.jobs.imports.shop import Shop

# The shop is imported by those who ask for it: this file is read before Django is set up.


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop whose clock stands still, after all that its till has recorded."""
    from tests.jobs.imports.shop import open_shop

    return open_shop(tmp_path, clock_at=datetime(2026, 7, 1, 12, tzinfo=UTC))


@pytest.fixture
def new_shop(tmp_path: Path) -> Shop:
    """A shop whose clock stands at its opening: what a replay moves on."""
    from tests.jobs.imports.shop import open_shop

    return open_shop(tmp_path, clock_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def mapping_file(tmp_path: Path) -> Callable[..., Path]:
    """The till's mapping as a file, with parts of its text replaced."""
    from tests.jobs.imports.shop import MAPPING

    def write(*replacements: tuple[str, str]) -> Path:
        text = MAPPING
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "till.toml"
        path.write_text(text, "utf-8")
        return path

    return write
