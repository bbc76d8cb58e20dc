"""A till with every scope, at the little shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.api.till import Till
    from tests.web.shop import Shop


@pytest.fixture
def till(shop: Shop) -> Till:
    """It may do everything."""
    from tests.web.api.till import Till

    return Till(shop.merchant)
