"""Which database: the server that DATABASE_URL names, or the embedded one."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from wafa.config import embedded
from wafa.jobs.commands.errors import UsageError

VERSION_MIN = 15
CONNECT_SECONDS_MAX = 5
# A web thread keeps its connection this long; it is checked at each request, so a restart of the server heals itself.
CONNECTION_AGE_SECONDS_MAX = 600


def is_embedded() -> bool:
    """Whether Wafa runs its own server."""
    return not os.environ.get("DATABASE_URL")


def url() -> str:
    """The connection URL; nothing is started to find it."""
    return os.environ.get("DATABASE_URL") or embedded.url()


def django_database() -> dict[str, Any]:
    """The entry for Django's DATABASES."""
    parameters = _parameters()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters.pop("dbname"),
        "USER": parameters.pop("user", ""),
        "PASSWORD": parameters.pop("password", ""),
        "HOST": parameters.pop("host", ""),
        "PORT": parameters.pop("port", ""),
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS_MAX, "application_name": "wafa", **parameters},
        "CONN_MAX_AGE": CONNECTION_AGE_SECONDS_MAX,
        "CONN_HEALTH_CHECKS": True,
    }


def ensure_ready() -> None:
    """Start the embedded server, or see that the outside one can be reached and will do."""
    if is_embedded():
        embedded.ensure_running()
    else:
        check_outside()


def check_outside() -> None:
    """Refuse a server that is not there, too old, or whose text is not Unicode."""
    parameters = {"connect_timeout": CONNECT_SECONDS_MAX, **_parameters()}
    try:
        with psycopg.connect("", **parameters) as connection:
            version = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise UsageError(f"The database that DATABASE_URL names cannot be reached: {reason}") from error
    if version < VERSION_MIN:
        raise UsageError(f"DATABASE_URL names a PostgreSQL {version}; Wafa needs {VERSION_MIN} or later.")
    if encoding != "UTF8":
        raise UsageError(f"The database that DATABASE_URL names has the encoding {encoding}; Wafa needs UTF8.")


def _parameters() -> dict[str, Any]:
    """The URL, taken apart by PostgreSQL's own library."""
    try:
        parameters: dict[str, Any] = {name: value for name, value in conninfo_to_dict(url()).items() if value}
    except psycopg.ProgrammingError as error:
        # The library's message quotes the URL, and that may hold a password.
        raise UsageError("DATABASE_URL is not a PostgreSQL URL (postgresql://user:password@host/database).") from error
    if "dbname" not in parameters:
        raise UsageError("DATABASE_URL names no database (postgresql://user:password@host/database).")
    return parameters
