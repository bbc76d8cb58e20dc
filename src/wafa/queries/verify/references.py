"""References: what a row points at is there. The database sees to that, but somebody may have gone behind it."""

from collections.abc import Iterator
from itertools import groupby

from django.apps import apps
from django.db import connection, models

from wafa.queries.verify.findings import Check, Difference
from wafa.store.models import Merchant
from wafa.store.scope import MerchantOwned

_KEYS = """
    SELECT c.conrelid::regclass::text, f.attname::text, c.confrelid::regclass::text
    FROM pg_constraint c
    JOIN LATERAL unnest(c.conkey) AS k (attnum) ON true
    JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = k.attnum AND f.attname <> 'merchant_id'
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.connamespace = current_schema()::regnamespace
"""


def check_references(merchant: Merchant) -> Iterator[Check]:
    """One check over all references from one row of the merchant's to another."""
    check = Check("references between rows")
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        references = sorted({*_references(), *cursor.fetchall()})
        for table, group in groupby(references, key=lambda each: each[0]):
            columns = {column: target for _, column, target in group}
            counts = " + ".join(f"count({column})" for column in columns)
            cursor.execute(f"SELECT {counts} FROM {table} WHERE merchant_id = %s", [merchant.id])  # noqa: S608
            check.looked_at += cursor.fetchone()[0]
            for column, target in columns.items():
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


def _references() -> set[tuple[str, str, str]]:
    """Table, column and target of each, as the models have them: some are kept by triggers, not by keys."""
    found = set()
    for model in apps.get_app_config("store").get_models():
        for field in model._meta.get_fields():
            target = field.remote_field.model if isinstance(field, models.ForeignKey) else None
            if isinstance(target, type) and issubclass(target, MerchantOwned):
                found.add((model._meta.db_table, str(field.attname), target._meta.db_table))  # type: ignore[union-attr]
    return found
