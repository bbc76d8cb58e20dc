"""The import's own database session: its staging tables and its lock live and die with it.

Both are the session's, so the server itself clears them away when the process is killed, however hard.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

# Room for the staging tables and for sorting them, before either goes to the disk.
_ROOM = "SET temp_buffers = '64MB'; SET work_mem = '64MB'"
# If this process is killed while the server is sorting, the server looks up, and lets go of the lock at once.
_LOOKING_UP = "SET client_connection_check_interval = '500ms'"
# A session that has just ended holds its lock until the server has cleared it away: asked again for two seconds.
_TRIES = 20
_SECONDS_BETWEEN = 0.1


class Session:
    """A connection apart from the one that counts. Two threads may use it: psycopg lets one wait for the other."""

    def __init__(self, pg: psycopg.Connection[Any]) -> None:
        self._pg = pg

    def execute(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; answers how many rows it touched."""
        with psycopg.Cursor(self._pg) as cursor:
            return cursor.execute(statement, values or None).rowcount

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a short answer."""
        with psycopg.Cursor(self._pg) as cursor:
            return cursor.execute(statement, values or None).fetchall()

    def stream(self, statement: str, values: Sequence[Any] = (), rows_together: int = 500) -> Iterator[tuple[Any, ...]]:
        """The rows of a long answer, a few at a time.

        The server keeps the answer itself (WITH HOLD), so no snapshot stays open meanwhile, and other
        tables' old rows can be cleared away however long the reading takes.
        """
        with psycopg.ServerCursor(self._pg, "import_stream", withhold=True) as cursor:
            cursor.itersize = rows_together
            cursor.execute(statement, values or None, binary=True)
            yield from cursor

    @contextmanager
    def copy(self, table: str) -> Iterator[psycopg.Copy]:
        """Append lines of COPY's own format to a table."""
        with psycopg.Cursor(self._pg) as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            yield copy

    def lock(self, merchant_id: UUID) -> bool:
        """Be the only replay of a merchant, until the session ends; false if there is another."""
        digest = hashlib.sha256(b"wafa replay " + merchant_id.bytes).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        for _ in range(_TRIES):
            if self.rows("SELECT pg_try_advisory_lock(%s)", [key])[0][0]:
                return True
            time.sleep(_SECONDS_BETWEEN)
        return False


@contextmanager
def session() -> Iterator[Session]:
    """A new session on Django's database."""
    wrapper = connection.copy()
    wrapper.ensure_connection()
    try:
        own = Session(wrapper.connection)
        own.execute(_ROOM)
        with suppress(psycopg.errors.InvalidParameterValue):  # not every system can tell
            own.execute(_LOOKING_UP)
        yield own
    finally:
        wrapper.close()
