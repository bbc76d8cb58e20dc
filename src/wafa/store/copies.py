"""Appending to several tables, one COPY each: while the database takes in one, the rows of the next are made.

Half of what a batch costs is the database's work, checks of references above all, and half is making rows. Done one
after the other, each of them waits for the other half of the time.
"""

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Self

from django.db import connection
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.copy import LibpqWriter
from psycopg.generators import fetch_many
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn
from psycopg.waiting import Wait


class Copies:
    """The COPYs of a batch, in their order. Until the `with` is left, nothing else can be asked of the connection."""

    def __init__(self) -> None:
        self._finish: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        return self

    def append(self, table: str, columns: str, rows: Iterable[Sequence[str] | str]) -> None:
        """Append rows, each its values as COPY wants them, or these joined by tabs; without rows nothing is asked.

        What the database says against them is raised here, by the next table's rows, or at the end.
        """
        lines = [row if isinstance(row, str) else "\t".join(row) for row in rows]
        self.finish()
        if not lines:
            return
        lines.append("")
        with connection.cursor() as cursor, connection.wrap_database_errors:
            writer = _Unhurried(cursor.cursor)
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN", writer=writer) as stream:
                stream.write("\n".join(lines))
        self._finish = writer.wait_for_the_end

    def finish(self) -> None:
        """Wait until the database has taken in the last rows, or says why it does not."""
        finish, self._finish = self._finish, None
        if finish:
            with connection.wrap_database_errors:
                finish()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.finish()
        except Exception:
            # What has gone wrong first is what to hear of; the rows go with the transaction.
            if error is None:
                raise


class _Unhurried(LibpqWriter):
    """Ends a COPY without waiting for what the database answers."""

    def finish(self, exc: BaseException | None = None) -> None:
        if exc:
            super().finish(exc)
        else:
            self.connection.wait(_send_the_end(self.connection.pgconn))

    def wait_for_the_end(self) -> None:
        """Raises what the database has against the rows."""
        self.connection.wait(_hear_the_end(self.connection.pgconn))


def _send_the_end(database: PGconn) -> PQGen[None]:
    while database.put_copy_end() == 0:
        yield Wait.W
    while database.flush():
        yield Wait.W


def _hear_the_end(database: PGconn) -> PQGen[None]:
    results = yield from fetch_many(database)
    for result in results:
        if result.status != ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result)
