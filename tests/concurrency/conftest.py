"""The tests of this folder commit."""

from collections.abc import Iterator

import pytest

from tests.db import as_owner, query, transactional_db, world

__all__ = ["transactional_db", "world"]


@pytest.fixture
def sequences_may_repeat() -> Iterator[None]:
    """The unique rule on a wallet's sequence stands behind the lock: away with it too."""
    from django.core.management import call_command

    with as_owner():
        ((rule,),) = query("SELECT pg_get_indexdef('entry_sequence_once'::regclass)")
        query("DROP INDEX entry_sequence_once")
    yield
    call_command("flush", verbosity=0, interactive=False)
    with as_owner():
        query(rule)
