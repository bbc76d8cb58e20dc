"""Opening branches: those of a chain, or those that an import names."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction

from wafa.store.ids import new_id


def open_branches(merchant_id: UUID, branches: Mapping[str, str]) -> None:
    """Make the branches that are missing (code -> name); those that are there keep their names."""
    with transaction.atomic():
        open_in_transaction(merchant_id, branches)


def open_in_transaction(merchant_id: UUID, branches: Mapping[str, str]) -> None:
    """The same, as part of a larger transaction."""
    in_order = sorted(branches.items())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO branch (merchant_id, id, code, name)
            SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::text[])
            ON CONFLICT (merchant_id, code) DO NOTHING
            """,
            [
                merchant_id,
                [new_id() for _ in in_order],
                [code for code, _ in in_order],
                [name for _, name in in_order],
            ],
        )
