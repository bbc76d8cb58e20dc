"""How many SQL statements something takes, counted where it cannot be argued with: in the server's own log."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, connections

from wafa.config import database
from wafa.config.embedded import Layout


def allow() -> None:
    """Let the application's role have its statements logged; on a server that is made for measuring, no other."""
    role = connection.ops.quote_name(database.app_role())
    with connections[database.OWNER].cursor() as cursor:
        cursor.execute(f"GRANT SET ON PARAMETER log_statement TO {role}")
    connections[database.OWNER].close()


def statements(act: Callable[[], object]) -> int:
    """How many statements it sends, BEGIN and COMMIT included; nobody else may be sending any."""
    log = Layout.here().log
    with connection.cursor() as cursor:
        cursor.execute("SET log_statement = 'all'")
        start = log.stat().st_size
        act()
        with log.open(encoding="utf-8", errors="replace") as said:
            said.seek(start)
            count = sum("LOG:  statement:" in line or "LOG:  execute " in line for line in said)
        cursor.execute("RESET log_statement")
    return count
