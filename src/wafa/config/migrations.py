"""Bringing the tables up to date, whenever a command finds that they are not."""

from __future__ import annotations

import pkgutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from django.apps import apps
from django.core.management import call_command
from django.db import connection

# One number for all processes of this database; any will do that nobody else uses.
LOCK = zlib.crc32(b"wafa.migrations")


def ensure_applied() -> None:
    """Migrate if a migration in the package is not recorded in the database. Costs one query if none is missing."""
    if not _is_current():
        apply(verbosity=0)


def apply(verbosity: int = 1) -> None:
    """Migrate, one process at a time: the others wait, and then find nothing left to do."""
    with _alone():
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=0)


def _is_current() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL AND to_regclass('cache') IS NOT NULL")
        if not cursor.fetchone()[0]:
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


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
