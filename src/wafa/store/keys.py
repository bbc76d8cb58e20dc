"""Composite keys, stated once: (id, merchant_id) for every merchant-owned table, and every reference by both.

Django keeps `id` as its key. The database knows better: with the merchant in every key and reference, one
merchant's row cannot point at another's, and the tables can be distributed by `merchant_id` as they are.
"""

from django.db import migrations


def composite_key(table: str, **references: str) -> migrations.RunSQL:
    """The table's primary key, and a reference a column: `member_id="member"` points at that table's row.

    A table that references no other one that always has a row references the merchant itself: `merchant_id="merchant"`.
    """
    clauses = [f"DROP CONSTRAINT {table}_pkey", "ADD PRIMARY KEY (id, merchant_id)"]
    for column, target in references.items():
        here, there = ("merchant_id", "id") if target == "merchant" else (f"merchant_id, {column}", "merchant_id, id")
        clauses.append(f"ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY ({here}) REFERENCES {target} ({there})")
    return migrations.RunSQL(f"ALTER TABLE {table} {', '.join(clauses)}", migrations.RunSQL.noop)
