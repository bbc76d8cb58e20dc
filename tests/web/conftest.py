"""A shop for each test, in a transaction that is rolled back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.shop import Shop


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page that was asked for in Persian leaves the thread reading Persian: the next test begins as they all do."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def shop(db: None) -> Shop:
    """The little shop; see `shop`."""
    # Imported here: pytest reads this file before Django is set up.
    from tests.web.shop import Shop

    return Shop()
