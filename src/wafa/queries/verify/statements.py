"""Checks that are one statement each: all its rows are differences."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from wafa.queries.verify.findings import Check, Difference
from wafa.store.models import Merchant

Statement = tuple[str, str, str]
"""Name of the check, the table whose rows it looks at, SQL that answers (subject, what, as it stands, should be)."""


def run_statements(merchant: Merchant, statements: Iterable[Statement], **known: Any) -> Iterator[Check]:
    """Each statement's findings, with the number of rows that it speaks of. `known`: further values that they name."""
    for name, table, statement in statements:
        check = Check(name)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE merchant_id = %s", [merchant.id])  # noqa: S608
            check.looked_at = cursor.fetchone()[0]
            cursor.execute(statement, {"merchant": merchant.id, **known})
            for row in cursor:
                check.note(Difference(*row))
        yield check
