"""Composite keys, stated once: (id, merchant_id) for every merchant-owned table, and every reference by both.

Django keeps `id` as its key. The database knows better: with the merchant in every key and reference, one
merchant's row cannot point at another's, and the tables can be distributed by `merchant_id` as they are.
"""

from collections.abc import Collection

from django.db import migrations


def composite_key(table: str, **references: str) -> migrations.RunSQL:
    """The table's primary key, and a reference a column: `member_id="member"` points at that table's row.

    A table that references no other one that always has a row references the merchant itself: `merchant_id="merchant"`.
    """
    return _alter(table, [f"DROP CONSTRAINT {table}_pkey", "ADD PRIMARY KEY (id, merchant_id)"], references)


def further_references(table: str, **references: str) -> migrations.RunSQL:
    """References of columns that a table has got since it was made."""
    return _alter(table, [], references)


def _alter(table: str, clauses: list[str], references: dict[str, str]) -> migrations.RunSQL:
    for column, target in references.items():
        here, there = ("merchant_id", "id") if target == "merchant" else (f"merchant_id, {column}", "merchant_id, id")
        clauses.append(f"ADD CONSTRAINT {table}_{column}_fk FOREIGN KEY ({here}) REFERENCES {target} ({there})")
    return migrations.RunSQL(f"ALTER TABLE {table} {', '.join(clauses)}", migrations.RunSQL.noop)


def references_by_statement(table: str, instead_of: Collection[str], **references: str) -> migrations.RunSQL:
    """References that are checked once a statement in place of once a row: a third of what a receipt costs.

    Only for columns that never change and point at rows that never go: then there is nothing that a check of each row
    would add, and no row to lock. `instead_of` names the columns whose foreign keys this takes the place of.
    """
    checks = [_check(table, column, target) for column, target in references.items()]
    drops = [f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_fk;" for column in instead_of]
    # Rows are looked up by their keys: an empty table's plan must not read the whole of one that has grown since. Nor
    # all that the merchant has, so the merchant is compared in words that no index knows.
    return migrations.RunSQL(
        f"""
        {" ".join(drops)}
        CREATE FUNCTION {table}_refers() RETURNS trigger LANGUAGE plpgsql
            SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
        BEGIN
            {" ".join(checks)}
            RETURN NULL;
        END $$;
        CREATE TRIGGER refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();
        """,
        migrations.RunSQL.noop,
    )


def _check(table: str, column: str, target: str) -> str:
    return f"""
        IF EXISTS (
            SELECT FROM added a WHERE a.{column} IS NOT NULL AND NOT EXISTS (
                SELECT FROM {target} t WHERE t.id = a.{column} AND t.merchant_id IS NOT DISTINCT FROM a.merchant_id
            )
        ) THEN
            RAISE EXCEPTION '{column} of {table} points at no row of {target}' USING ERRCODE = 'foreign_key_violation';
        END IF;
    """  # noqa: S608  (names from the migrations)
