"""Which database, and as whom: the server that DATABASE_URL names, or the embedded one.

Two roles use it. The owner makes and migrates the tables; the application (web, jobs, commands) owns nothing and may
do only what it needs, see `roles`. The embedded database always has both. On a server of one's own DATABASE_URL names
the application's, WAFA_OWNER_DATABASE_URL the owner's; without the second, one role is both.
"""

from __future__ import annotations

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from wafa.config import embedded
from wafa.jobs.commands.errors import UsageError

OWNER = "owner"
"""Django's alias for the connection as the owner; `default` is the application's."""

APP_URL, OWNER_URL = "DATABASE_URL", "WAFA_OWNER_DATABASE_URL"
VERSION_MIN = 15
CONNECT_SECONDS_MAX = 5
# A web thread keeps its connection this long; it is checked at each request, so a restart of the server heals itself.
CONNECTION_AGE_SECONDS_MAX = 600


def is_embedded() -> bool:
    """Whether Wafa runs its own server."""
    return not os.environ.get(APP_URL)


def url() -> str:
    """The URL that the application connects by; nothing is started to find it."""
    return os.environ.get(APP_URL) or embedded.url()


def owner_url() -> str:
    """The URL that the owner of the tables connects by; the application's, if no other was given."""
    return embedded.owner_url() if is_embedded() else os.environ.get(OWNER_URL) or url()


def has_two_roles() -> bool:
    """Whether the application's role is another than the owner's."""
    return owner_url() != url()


def app_role() -> str:
    """The name of the application's role; empty where the URL leaves it to PostgreSQL's library."""
    return str(_parameters(APP_URL, url()).get("user", ""))


def django_databases() -> dict[str, Any]:
    """Django's DATABASES: the application's connection, and the owner's to the same database."""
    if is_embedded() and os.environ.get(OWNER_URL):
        raise UsageError(f"{OWNER_URL} is set, but not {APP_URL}: it belongs to a server of your own.")
    owner_name = OWNER_URL if os.environ.get(OWNER_URL) else APP_URL
    app, owner = _parameters(APP_URL, url()), _parameters(owner_name, owner_url())
    if app["dbname"] != owner["dbname"]:
        raise UsageError(f"{APP_URL} and {OWNER_URL} name two databases; they are for two roles in the same one.")
    if has_two_roles() and app.get("user") in (None, owner.get("user")):
        raise UsageError(f"{APP_URL} and {OWNER_URL} must name two roles (postgresql://role:password@host/database).")
    return {"default": _django_database(app), OWNER: {**_django_database(owner), "TEST": {"MIRROR": "default"}}}


def ensure_ready() -> None:
    """Start the embedded server, or see that the outside one can be reached and will do."""
    if is_embedded():
        embedded.ensure_running()
    else:
        check_outside()


def check_outside() -> None:
    """Refuse a server that is not there, too old, or whose text is not Unicode."""
    _check(APP_URL, url())
    if has_two_roles():
        _check(OWNER_URL, owner_url())


def _check(name: str, address: str) -> None:
    parameters = {"connect_timeout": CONNECT_SECONDS_MAX, **_parameters(name, address)}
    try:
        with psycopg.connect("", **parameters) as connection:
            version = connection.info.server_version // 10000
            encoding = connection.info.parameter_status("server_encoding")
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise UsageError(f"The database that {name} names cannot be reached: {reason}") from error
    if version < VERSION_MIN:
        raise UsageError(f"{name} names a PostgreSQL {version}; Wafa needs {VERSION_MIN} or later.")
    if encoding != "UTF8":
        raise UsageError(f"The database that {name} names has the encoding {encoding}; Wafa needs UTF8.")


def _django_database(parameters: dict[str, Any]) -> dict[str, Any]:
    """An entry of Django's DATABASES."""
    rest = {name: value for name, value in parameters.items() if name not in ("dbname", *_NAMED_BY_DJANGO)}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters["dbname"],
        **{name.upper(): parameters.get(name, "") for name in _NAMED_BY_DJANGO},
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS_MAX, "application_name": "wafa", **rest},
        "CONN_MAX_AGE": CONNECTION_AGE_SECONDS_MAX,
        "CONN_HEALTH_CHECKS": True,
    }


_NAMED_BY_DJANGO = ("user", "password", "host", "port")


def _parameters(name: str, address: str) -> dict[str, Any]:
    """A URL, taken apart by PostgreSQL's own library; `name` is the variable that it is from."""
    try:
        parameters: dict[str, Any] = {key: value for key, value in conninfo_to_dict(address).items() if value}
    except psycopg.ProgrammingError as error:
        # The library's message quotes the URL, and that may hold a password.
        raise UsageError(f"{name} is not a PostgreSQL URL (postgresql://user:password@host/database).") from error
    if "dbname" not in parameters:
        raise UsageError(f"{name} names no database (postgresql://user:password@host/database).")
    return parameters
