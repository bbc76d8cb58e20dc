"""References: what a row points at is there. The database sees to that, but somebody may have gone behind it."""

from collections.abc import Iterator

from django.db import connection

from wafa.queries.verify.findings import Check, Difference
from wafa.store.models import Merchant

_REFERENCES = """
    SELECT c.conrelid::regclass::text, f.attname, c.confrelid::regclass::text
    FROM pg_constraint c
    JOIN LATERAL unnest(c.conkey) AS k (attnum) ON true
    JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = k.attnum AND f.attname <> 'merchant_id'
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.connamespace = current_schema()::regnamespace
    ORDER BY 1, 2
"""


def check_references(merchant: Merchant) -> Iterator[Check]:
    """One check over all references that carry the merchant, as the catalogue lists them."""
    check = Check("references between rows")
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES)
        for table, column, target in cursor.fetchall():
            cursor.execute(
                f"SELECT count({column}) FROM {table} WHERE merchant_id = %s",  # noqa: S608
                [merchant.id],
            )
            check.looked_at += cursor.fetchone()[0]
            cursor.execute(
                f"""
                SELECT coalesce(to_jsonb(t) ->> 'number', to_jsonb(t) ->> 'sequence', t.id::text), t.{column}
                FROM {table} t
                LEFT JOIN {target} r ON r.merchant_id = t.merchant_id AND r.id = t.{column}
                WHERE t.merchant_id = %s AND t.{column} IS NOT NULL AND r.id IS NULL
                """,  # noqa: S608
                [merchant.id],
            )
            for name, missing in cursor:
                check.note(Difference(f"{table} {name}", column, missing, f"a {target} that is there"))
    yield check
