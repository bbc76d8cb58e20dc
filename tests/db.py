"""Real commits in the tests' database: what a transaction that is rolled back at the end could not show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.world import World

# Django is imported inside: the folders' conftest files read this one before Django is set up.


@pytest.fixture(scope="module", autouse=True)
def transactional_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In the place of pytest-django's own, which empties all tables after each test: here, after each module.

    That is enough, as each test works on a merchant of its own. A module may so keep one that its tests only read.
    """
    from django.core.management import call_command
    from django.db import connection

    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def world() -> World:
    """A merchant of its own."""
    from tests.world import World

    return World()


def query(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that comes to nothing."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def as_owner() -> Iterator[None]:
    """What the application may not do, the owner of the tables does."""
    query("SET ROLE NONE")
    try:
        yield
    finally:
        query("RESET ROLE")


def put_guards_away() -> None:
    """Until the transaction ends we are the owner, no trigger fires, and no reference is checked."""
    query("SET LOCAL ROLE NONE")
    query("SET LOCAL session_replication_role = replica")


@contextmanager
def guards_away() -> Iterator[None]:
    """Behind the guards' backs. It comes to nothing in the end."""
    with rolled_back():
        put_guards_away()
        yield


def rows_read(act: Callable[[], object]) -> dict[str, int]:
    """How many rows the server fetches from each table for something, which comes to nothing.

    A table of a page or two is read whole in place of being looked up in, which says nothing of a grown one: so it is
    read whole only where there is no other way.
    """
    with rolled_back():
        query("SET LOCAL enable_seqscan = off")
        before = _read_so_far()
        act()
        after = _read_so_far()
    return {table: rows - before.get(table, 0) for table, rows in after.items() if rows > before.get(table, 0)}


def _read_so_far() -> dict[str, int]:
    counts = "SELECT relname::text, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
    return dict(query(counts))


def refused(by: str, statement: str, *values: Any) -> None:
    """The database must refuse a statement even to the owner of the tables, and say so in these words."""
    from django.db import DatabaseError

    with pytest.raises(DatabaseError, match=by):
        _try_as_owner(statement, values)


def _try_as_owner(statement: str, values: tuple[Any, ...]) -> None:
    with rolled_back():
        query("SET LOCAL ROLE NONE")
        query(statement, *values)
