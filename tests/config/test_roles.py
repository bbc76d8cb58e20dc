"""Two roles: the application's owns nothing, and may do no more than it needs. On a database as a shop has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.config.processes import query, serving, wafa
from tests.db import as_owner
from wafa.config import embedded, roles
from wafa.config.embedded import Layout
from wafa.config.embedded.layout import APP_ROLE
from wafa.jobs.commands.errors import UsageError

FORBIDDEN = {
    "drop a table": "DROP TABLE entry",
    "empty a table": "TRUNCATE entry",
    "empty a table that has no guard": "TRUNCATE wallet CASCADE",
    "drop a guard": "DROP TRIGGER append_only ON entry",
    "switch a guard off": "ALTER TABLE entry DISABLE TRIGGER append_only",
    "switch all guards off": "SET session_replication_role = replica",
    "make a guard harmless": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    ),
    "drop a constraint": "ALTER TABLE wallet DROP CONSTRAINT wallet_pkey",
    "add a column": "ALTER TABLE wallet ADD generous bigint",
    "add a trigger": "CREATE TRIGGER mine BEFORE INSERT ON entry EXECUTE FUNCTION refuse_change()",
    "make a table": "CREATE TABLE mine (n int)",
    "make a schema": "CREATE SCHEMA mine",
    "become the owner": "SET ROLE postgres",
    "change an entry": "UPDATE entry SET points = points",
    "change an entry by an upsert": (
        "INSERT INTO entry (id) VALUES (gen_random_uuid()) ON CONFLICT (id, merchant_id) DO UPDATE SET points = 1"
    ),
    "delete an entry": "DELETE FROM entry",
    "change the size of a lot": "UPDATE lot SET points = points",
    "delete a wallet": "DELETE FROM wallet",
    "change a number": "UPDATE document_number SET number = number",
    "claim to have migrated": "DELETE FROM django_migrations",
    "run a program on the server": "COPY merchant TO PROGRAM 'cat'",
    "read a file of the server": "SELECT pg_read_file('PG_VERSION')",
}
ALLOWED = {
    "move a projection": "UPDATE lot SET remaining = remaining, expired = expired",
    "move a wallet": "UPDATE wallet SET available = available",
    "lock a number": "SELECT FROM document_number FOR UPDATE",
    "give a number back": "DELETE FROM document_number",
    "sort an import": "CREATE TEMP TABLE staged (n int); ANALYZE staged; ALTER TABLE staged ADD m int",
    "choose a plan": "SET LOCAL enable_nestloop = off",
    "forget a session": "DELETE FROM django_session",
    "defer a job": "SELECT nextval(pg_get_serial_sequence('procrastinate_jobs', 'id'))",
}


@pytest.fixture
def app(made_layout: Layout) -> Iterator[psycopg.Connection[Any]]:
    """A connection as the application has it."""
    embedded.ensure_running()
    with psycopg.connect(made_layout.app_url) as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_forbidden(app: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


@pytest.mark.parametrize("statement", ALLOWED.values(), ids=ALLOWED)
def test_allowed(app: psycopg.Connection[Any], statement: str) -> None:
    app.execute(statement)


def test_it_owns_nothing_and_is_nobody_else(app: psycopg.Connection[Any]) -> None:
    owned = "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = %s::regrole"
    assert app.execute(owned, [APP_ROLE]).fetchone() == (0,)
    powers = "rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
    assert app.execute(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user").fetchone() == (False,) * 5
    assert app.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [APP_ROLE]).fetchone() == (0,)


def test_what_a_guard_keeps_is_not_granted(app: psycopg.Connection[Any]) -> None:
    """Column by column, where `append_only` and `append_only_but_for` stand; but for what only locking asks for."""
    rows = app.execute(
        """
        SELECT c.relname, a.attname,
               has_column_privilege(c.oid, a.attnum, 'UPDATE') AS may,
               bool_or(t.tgtype & 16 <> 0 AND (cardinality(t.tgattr::int2[]) = 0 OR a.attnum = ANY (t.tgattr::int2[]))),
               has_table_privilege(c.oid, 'DELETE, TRUNCATE')
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE t.tgname IN ('append_only', 'fixed') AND a.attnum > 0 GROUP BY c.oid, a.attname, a.attnum, c.relname
        """
    ).fetchall()
    assert {"entry", "posting", "document", "lot"} <= {row[0] for row in rows}
    for table, column, may, guarded, may_remove in rows:
        may_lock = column in roles.ONLY_LOCKED.get(table, ())
        assert (may, may_remove) == (not guarded or may_lock, table in roles.ROWS_GO), f"{table}.{column}"


def test_statistics_are_gathered_not_skipped(app: psycopg.Connection[Any]) -> None:
    if app.info.server_version < roles.MAINTAIN_SINCE:
        pytest.skip("only the owner may, before PostgreSQL 17")
    said: list[str] = []
    app.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
    app.execute("ANALYZE document, entry, lot, posting, wallet, outbox_event")
    assert said == []


def test_everything_that_runs_is_the_application(made_home: Path, made_layout: Layout, tmp_path: Path) -> None:
    with serving(made_home, tmp_path / "log"):
        clients = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        assert query(made_layout, f"SELECT DISTINCT usename::text {clients}") == [(APP_ROLE,)]


def test_a_home_from_before_the_role_gets_it(made_home: Path, made_layout: Layout) -> None:
    embedded.ensure_running()
    query(made_layout, f"DROP OWNED BY {APP_ROLE}; DROP ROLE {APP_ROLE}")
    assert wafa("clock", "--help", home=made_home).returncode == 0
    assert wafa("database-url", home=made_home).returncode == 0
    with psycopg.connect(made_layout.app_url) as connection:
        assert connection.execute("SELECT count(*) FROM merchant").fetchone() is not None


def test_rights_that_are_missing_are_granted_and_others_are_taken_away(made_home: Path, made_layout: Layout) -> None:
    embedded.ensure_running()
    query(made_layout, f"REVOKE SELECT ON django_migrations FROM {APP_ROLE}; GRANT ALL ON entry TO {APP_ROLE}")
    assert wafa("database-url", home=made_home).returncode == 0
    with psycopg.connect(made_layout.app_url) as app:
        app.execute("SELECT FROM django_migrations")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE entry CASCADE")


def test_the_application_may_not_be_the_owner_too(db: None) -> None:
    from django.db import connection

    with as_owner(), pytest.raises(UsageError, match="makes two roles one"):
        roles.grant(connection, connection.settings_dict["USER"])


# --- on a server of one's own -----------------------------------------------------------------------------------------


def test_outside_two_urls_name_two_roles(made_layout: Layout, tmp_path: Path) -> None:
    embedded.ensure_running()
    both = {"DATABASE_URL": made_layout.app_url, "WAFA_OWNER_DATABASE_URL": made_layout.url}
    query(made_layout, "DROP TABLE cache")
    done = wafa("database-url", home=tmp_path, **both)
    assert (done.returncode, done.stdout) == (0, f"{made_layout.url}\n")
    with psycopg.connect(made_layout.app_url) as app:
        app.execute("DELETE FROM cache")


def test_outside_neither_role_is_a_superuser(made_layout: Layout, tmp_path: Path) -> None:
    """One role made everything at first; then the tables are given to another, as the guide says."""
    embedded.ensure_running()
    (made_layout.data / "pg_hba.conf").write_text("local all all trust\n")
    query(made_layout, "SELECT pg_reload_conf()")
    query(made_layout, "CREATE ROLE shop LOGIN")
    query(made_layout, "CREATE ROLE shop_owner LOGIN")
    with psycopg.connect(made_layout.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE shop OWNER shop ENCODING 'UTF8' TEMPLATE template0")
    url = made_layout.url.replace("/wafa?", "/shop?")
    one = url.replace("postgres@", "shop@")
    both = {"DATABASE_URL": one, "WAFA_OWNER_DATABASE_URL": url.replace("postgres@", "shop_owner@")}
    assert wafa("migrate", home=tmp_path, DATABASE_URL=one).returncode == 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER DATABASE shop OWNER TO shop_owner")
        connection.execute("REASSIGN OWNED BY shop TO shop_owner")
    assert wafa("migrate", home=tmp_path, **both).returncode == 0
    done = wafa("demo", "--no-data", "--no-serve", home=tmp_path, **both)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(one) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("ALTER TABLE entry DISABLE TRIGGER append_only")


def test_outside_the_application_alone_can_run_but_not_migrate(made_layout: Layout, tmp_path: Path) -> None:
    embedded.ensure_running()
    assert wafa("database-url", home=tmp_path, DATABASE_URL=made_layout.app_url).returncode == 0
    query(made_layout, "DROP TABLE cache")
    done = wafa("database-url", home=tmp_path, DATABASE_URL=made_layout.app_url)
    assert done.returncode == 2
    assert "wafa_app does not own them: run `wafa migrate` with WAFA_OWNER_DATABASE_URL" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"WAFA_OWNER_DATABASE_URL": "postgresql://wafa_owner@/wafa"}, "but not DATABASE_URL"),
        (
            {
                "DATABASE_URL": "postgresql://wafa_app@/wafa",
                "WAFA_OWNER_DATABASE_URL": "postgresql://wafa_owner@/other",
            },
            "name two databases",
        ),
        (
            {"DATABASE_URL": "postgresql://wafa@/wafa", "WAFA_OWNER_DATABASE_URL": "postgresql://wafa:x@/wafa"},
            "must name two roles",
        ),
        (
            {"DATABASE_URL": "postgresql:///wafa", "WAFA_OWNER_DATABASE_URL": "postgresql://wafa@/wafa"},
            "must name two roles",
        ),
        (
            {"DATABASE_URL": "postgresql://a@/wafa", "WAFA_OWNER_DATABASE_URL": "mysql://b:geheim@/wafa"},
            "WAFA_OWNER_DATABASE_URL is not a PostgreSQL URL",
        ),
        (
            {"DATABASE_URL": "postgresql://a@127.0.0.1:1/wafa", "WAFA_OWNER_DATABASE_URL": "postgresql://b@/wafa"},
            "cannot be reached",
        ),
    ],
)
def test_settings_that_cannot_be_meant(tmp_path: Path, variables: dict[str, str], says: str) -> None:
    done = wafa("migrate", home=tmp_path, **variables)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert says in done.stderr
    assert "geheim" not in done.stderr
