"""Telling the planner what it deals with, as soon as a young table has rows.

Checks of references keep the plan that was made when the table was empty, until statistics arrive; autovacuum brings
them within a minute or so. Whoever loads much in less asks for them after the first rows.

Statistics that know which merchants there are do harm: of one that has joined since, the planner believes that it has
no rows, so that its merchant is condition enough, and rows by key are found by reading all that it has.
"""

from django.db import connection, migrations

_TABLES = (
    "member, wallet, progress, document_number, document, document_line, entry, lot, hold, award, posting, "
    "return_match, outbox_event"
)


def refresh() -> None:
    """Gather the statistics of the tables that grow; plans made before are made anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {_TABLES}")


def any_merchant_may_be_large(table: str) -> migrations.RunSQL:
    """Let the planner believe of every merchant that a good part of the table is theirs.

    With one distinct value, and room for one that is common, `merchant_id = …` narrows nothing, whoever it is
    (`var_eq_const` in PostgreSQL's selfuncs.c). Then it is always the rest of a key by which rows are looked up.
    """
    return migrations.RunSQL(
        f"ALTER TABLE {table} ALTER COLUMN merchant_id SET STATISTICS 1, ALTER COLUMN merchant_id SET (n_distinct = 1)",
        migrations.RunSQL.noop,
    )
