"""The statements that a session sends, counted by the server: read from its log, where it notes each one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.db import query
from wafa.config import database
from wafa.config.embedded import Layout


@contextmanager
def counted() -> Iterator[list[str]]:
    """The list is filled at the end: each statement as the server received it, BEGIN and COMMIT included."""
    if not database.is_embedded():
        pytest.skip("the log of a server elsewhere cannot be read")
    query("SELECT 1")
    log, pid = Layout.here().log, connection.connection.info.backend_pid
    query("SET log_statement = 'all'")
    start = log.stat().st_size
    statements: list[str] = []
    try:
        yield statements
    finally:
        query("SET log_statement = 'none'")
    with log.open(encoding="utf-8", errors="replace") as file:
        file.seek(start)
        said = re.compile(rf"\[{pid}\] LOG:  (?:statement|execute [^:]*|fastpath function call): (.*)")
        found = [match[1] for each in file if (match := said.search(each))]
    assert found.pop() == "SET log_statement = 'none'"
    statements += found
