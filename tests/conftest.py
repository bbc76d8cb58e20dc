"""The whole suite runs on a PostgreSQL of its own, in a WAFA_HOME of its own; the user's are not touched.

The application runs in the role that it has in a shop, which owns no table. Tests log in as the owner and then take
that role, so that they can step out of it (`SET ROLE NONE`) to see what is behind it.
Set WAFA_TEST_DATABASE_URL to run it on a server of yours instead. The server starts with the first test that needs it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SETTINGS = "wafa.config.settings"

if SETTINGS in sys.modules:
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests choose their own home before settings are read")

OUTSIDE = os.environ.pop("WAFA_TEST_DATABASE_URL", "")
# Short, and not under pytest's own temporary folder, which the server's user may not pass.
HOME = Path(tempfile.mkdtemp(prefix="wafa-tests-", dir="/tmp"))

for name in ("DATABASE_URL", "WAFA_OWNER_DATABASE_URL", "WAFA_ALLOWED_HOSTS", "WAFA_HTTPS", "WAFA_DEBUG"):
    os.environ.pop(name, None)
os.environ["WAFA_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
if OUTSIDE:
    os.environ["DATABASE_URL"] = OUTSIDE


def pytest_configure() -> None:
    """Cheap password hashes: the tests sign in often, and none is about the cost of a hash."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The server, started once, stopped at the end."""
    from wafa.config import database, embedded

    database.ensure_ready()
    yield
    if database.is_embedded():
        embedded.leave(even_if_kept=True)


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """After a test that commits, Django empties the tables; the ledger's guards refuse that, so they look away."""
    from django.db import transaction
    from django.db.backends.postgresql.operations import DatabaseOperations

    def empty(operations: DatabaseOperations, statements: list[str]) -> None:
        connection = operations.connection
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: None) -> None:
    """pytest-django makes its test database after this, as the owner."""
    from django.conf import settings

    settings.DATABASES["default"]["USER"] = settings.DATABASES["owner"]["USER"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database is made; from here on every connection to it takes the application's role."""
    from django.db import connection

    from wafa.config import roles
    from wafa.config.embedded.layout import APP_ROLE

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            roles.make(cursor, APP_ROLE)
            # For the tests that count statements where they cannot be argued with: in the server's log.
            cursor.execute(f"GRANT SET ON PARAMETER log_statement TO {APP_ROLE}")
        roles.grant(connection, APP_ROLE)
        connection.close()
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={APP_ROLE}"
    yield
    connection.close()
    del connection.settings_dict["OPTIONS"]["options"]
