"""What the application's role may do with the owner's tables: no more than it needs.

It owns nothing, so it can neither change a table nor switch off a guard. Inside the tables its rights follow from the
guards: a column that a trigger keeps from changing is not its to UPDATE; and hardly any row is its to DELETE.
So what the law forbids is refused twice, and a table that gets a guard gets the rights that go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from wafa.jobs.commands.errors import UsageError

# Of our own tables, rows go from these alone: claims that refused documents give back, drafts (a trigger keeps what is
# no draft), and webhooks that are not wanted any more, with the log of what they were told.
ROWS_GO = {"document_number", "programme_version", "webhook_delivery", "webhook_endpoint"}
# Rows that are locked, but never changed. PostgreSQL lets those lock who may UPDATE, be it one column; this one could
# only be changed to another merchant's, and the references to the row refuse that.
ONLY_LOCKED = {"document_number": ["merchant_id"]}
# Written by the owner alone.
READ_ONLY = {"django_migrations"}
# Before version 17 nobody but the owner may gather statistics; ANALYZE then skips the table, and autovacuum does it.
MAINTAIN_SINCE = 17_00_00

_TABLES = """
    SELECT c.relname::text, c.oid::regclass::text,
           coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE NOT guarded.is_so), '{}'),
           bool_or(guarded.is_so)
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid AND f.proname = 'refuse_change'
            WHERE t.tgrelid = c.oid AND t.tgtype & 16 <> 0
              AND (cardinality(t.tgattr::int2[]) = 0 OR a.attnum = ANY (t.tgattr::int2[]))
        ) AS is_so
    ) AS guarded
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND pg_has_role(c.relowner, 'USAGE')
    GROUP BY c.oid, c.relname
    ORDER BY c.relname
"""


def make(cursor: CursorWrapper, role: str) -> None:
    """Make the role where it is missing; it may log in, and that is all."""
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    if not cursor.rowcount:
        cursor.execute(f"CREATE ROLE {cursor.db.ops.quote_name(role)} LOGIN")


def are_granted(cursor: CursorWrapper, role: str) -> bool:
    """Whether the role is there and has been granted its rights; the tables are there."""
    cursor.execute(
        "SELECT has_table_privilege(oid, 'django_migrations', 'SELECT') FROM pg_roles WHERE rolname = %s", [role]
    )
    return any(granted for (granted,) in cursor.fetchall())


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the role exactly its rights, on the connection of the owner; whatever else it had is taken away."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        _refuse_if_owner(cursor, role)
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
        cursor.execute("SELECT quote_ident(current_database()), current_setting('server_version_num')::int")
        ((database, version),) = cursor.fetchall()
        statements = [
            f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name}",
            f"GRANT USAGE ON SCHEMA public TO {name}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        ]
        for table, quoted, movable, guarded in tables:
            rights = ", ".join(_rights(table, movable, guarded, version))
            statements += [f"REVOKE ALL ON {quoted} FROM {name}", f"GRANT {rights} ON {quoted} TO {name}"]
        # One message of several statements is one transaction: nobody meets a table without its rights.
        cursor.execute("; ".join(statements))


def _refuse_if_owner(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT current_user, pg_has_role(%s, current_user, 'MEMBER')", [role])
    ((owner, may_be_owner),) = cursor.fetchall()
    if may_be_owner:
        raise UsageError(f"The role {role} may act as {owner}, the owner of the tables: that makes two roles one.")


def _rights(table: str, movable: Sequence[str], guarded: bool, version: int) -> Iterator[str]:
    """What the role may do with a table, of which these columns may change; `guarded` says that not all of them do."""
    yield "SELECT"
    if table in READ_ONLY:
        return
    yield "INSERT"
    if table in ONLY_LOCKED:
        movable, guarded = ONLY_LOCKED[table], True
    if movable:
        yield f"UPDATE ({', '.join(movable)})" if guarded else "UPDATE"
    ours = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    if table not in ours or table in ROWS_GO:
        yield "DELETE"
    if table in ours and version >= MAINTAIN_SINCE:
        yield "MAINTAIN"
