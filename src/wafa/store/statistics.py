"""Telling the planner what it deals with, as soon as a young table has rows.

Checks of references keep the plan that was made when the table was empty, until statistics arrive; autovacuum brings
them within a minute or so. Whoever loads much in less asks for them after the first rows.
"""

from django.db import connection

_TABLES = (
    "member, wallet, document_number, document, document_line, entry, lot, award, posting, return_match, outbox_event"
)


def refresh() -> None:
    """Gather the statistics of the tables that grow; plans made before are made anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {_TABLES}")
