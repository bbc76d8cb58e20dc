"""Bringing the tables up to date, whenever a command finds that they are not; as their owner."""

from __future__ import annotations

import pkgutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from django.apps import apps
from django.core.management import call_command
from django.db import connections

from wafa.config import database, roles
from wafa.config.database import OWNER
from wafa.jobs.commands.errors import UsageError

# One number for all processes of this database; any will do that nobody else uses.
LOCK = zlib.crc32(b"wafa.migrations")


def ensure_applied() -> None:
    """Migrate if a migration in the package is not recorded in the database. Costs a few queries if none is missing."""
    with _as_owner():
        if not _is_current():
            _apply(verbosity=0)


def apply() -> None:
    """Migrate, and say what is done."""
    with _as_owner():
        _apply(verbosity=1)


def _apply(verbosity: int) -> None:
    """One process at a time: the others wait, and then find nothing left to do. Afterwards all rights are renewed."""
    _refuse_if_not_owner()
    with _alone():
        call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity)
        call_command("createcachetable", database=OWNER, verbosity=0)
        if database.has_two_roles():
            if database.is_embedded():
                with connections[OWNER].cursor() as cursor:
                    roles.make(cursor, database.app_role())
            roles.grant(connections[OWNER], database.app_role())


def _is_current() -> bool:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL AND to_regclass('cache') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        if database.has_two_roles() and not roles.are_granted(cursor, database.app_role()):
            return False
        cursor.execute("SELECT app, name FROM django_migrations")
        return _in_the_package() <= set(cursor.fetchall())


def _in_the_package() -> set[tuple[str, str]]:
    """All migrations by app and name, from the names of their files: nothing is imported."""
    found = set()
    for app in apps.get_app_configs():
        spec = find_spec(f"{app.name}.migrations") if find_spec(app.name) else None
        for module in pkgutil.iter_modules(spec.submodule_search_locations if spec else []):
            if module.name[0] not in "_~":
                found.add((app.label, module.name))
    return found


def _refuse_if_not_owner() -> None:
    """The application's role alone can't migrate what somebody else owns: say so, before PostgreSQL says it worse."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT current_user, relowner::regrole::text FROM pg_class "
            "WHERE oid = to_regclass('django_migrations') AND NOT pg_has_role(relowner, 'USAGE')"
        )
        for role, owner in cursor.fetchall():
            raise UsageError(
                f"The tables need to be brought up to date, and {role} does not own them: "
                f"run `wafa migrate` with {database.OWNER_URL} for the role {owner}."
            )


@contextmanager
def _as_owner() -> Iterator[None]:
    """The owner's connection lasts no longer than it is needed."""
    try:
        yield
    finally:
        connections[OWNER].close()


@contextmanager
def _alone() -> Iterator[None]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
