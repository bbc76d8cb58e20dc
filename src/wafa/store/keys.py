"""Composite keys, stated once: (id, merchant_id) for every merchant-owned table, and every reference by both.

Django keeps `id` as its key. The database knows better: with the merchant in every key and reference, one
merchant's row cannot point at another's, and the tables can be distributed by `merchant_id` as they are.
"""

from collections.abc import Collection, Mapping

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


def references_by_statement(
    table: str,
    instead_of: Collection[str],
    *,
    moving: Collection[str] = (),
    only: Mapping[str, str] | None = None,
    **references: str,
) -> migrations.RunSQL:
    """References that are checked once a statement in place of once a row: a third of what a receipt costs.

    Nor do they lock the row that is pointed at: a branch or a version, which all tills point at together (law 10). Only
    for rows that never go. `moving` names the columns that may change: they are checked again where one does. `only`
    says of a target which of its rows can be pointed at. `instead_of` names the columns whose foreign keys this takes
    the place of. All of the table's are named at once: these take the place of earlier ones.
    """
    allowed = only or {}
    checks = [_check(table, column, target, allowed.get(column)) for column, target in references.items()]
    again = [_check_of_moved(table, column, references[column]) for column in moving]
    moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in moving)
    drops = [f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_fk;" for column in instead_of]
    # Rows are looked up by their keys: an empty table's plan must not read the whole of one that has grown since. Nor
    # all that the merchant has, so the merchant is compared in words that no index knows.
    return migrations.RunSQL(
        f"""
        {" ".join(drops)}
        DROP TRIGGER IF EXISTS refers ON {table};
        CREATE OR REPLACE FUNCTION {table}_refers() RETURNS trigger LANGUAGE plpgsql
            SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
        BEGIN
            {" ".join(checks)}
            RETURN NULL;
        END $$;
        CREATE TRIGGER refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();
        """
        + (_checked_where_moved(table, moved, again) if moving else ""),
        migrations.RunSQL.noop,
    )


def _checked_where_moved(table: str, moved: str, checks: list[str]) -> str:
    return f"""
        CREATE FUNCTION {table}_still_refers() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {" ".join(checks)}
            RETURN NULL;
        END $$;
        CREATE TRIGGER still_refers AFTER UPDATE ON {table} FOR EACH ROW WHEN ({moved})
            EXECUTE FUNCTION {table}_still_refers();
    """


def _check(table: str, column: str, target: str, only: str | None) -> str:
    found = f"t.id = a.{column}"
    if target != "merchant":
        found += " AND t.merchant_id IS NOT DISTINCT FROM a.merchant_id"
    found += f" AND {only}" if only else ""
    unfound = f"a.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {target} t WHERE {found})"
    return _refuse(table, column, target, f"EXISTS (SELECT FROM added a WHERE {unfound})")


def _check_of_moved(table: str, column: str, target: str) -> str:
    found = f"SELECT FROM {target} t WHERE t.id = NEW.{column} AND t.merchant_id = NEW.merchant_id"
    return _refuse(table, column, target, f"NEW.{column} IS NOT NULL AND NOT EXISTS ({found})")


def _refuse(table: str, column: str, target: str, condition: str) -> str:
    return f"""
        IF {condition} THEN
            RAISE EXCEPTION '{column} of {table} points at no row of {target}' USING ERRCODE = 'foreign_key_violation';
        END IF;
    """
