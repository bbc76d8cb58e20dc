"""The tests of this folder commit; their receivers stand on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.db import transactional_db

if TYPE_CHECKING:
    from tests.integrations.webhooks.receiver import Receiver
    from tests.world import World

__all__ = ["transactional_db"]

# Django is imported inside: this is read before it is set up.


@pytest.fixture
def world() -> Iterator[World]:
    """A merchant whose webhooks may go to this machine. In the end they fall silent: ports are used again."""
    from tests.db import query
    from tests.world import PLAIN, World
    from wafa.operations.webhooks.reach_private import reach_private
    from wafa.store.net import across_merchants

    made = World(PLAIN, ["amal", "badr"])
    reach_private(made.merchant, True)
    yield made
    with across_merchants():
        query("UPDATE webhook_endpoint SET is_active = false, off_because = 'owner' WHERE is_active")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody who listens."""
    from tests.integrations.webhooks.receiver import Receiver

    with Receiver() as listening:
        yield listening
