"""`wafa`, the command line. Every command finds the database running and its tables up to date."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from wafa.config import embedded
from wafa.jobs.commands.errors import UsageError

# These see to the rest themselves: the database must not be started to be stopped, nor migrated before it is reported.
NOTHING_PREPARED = {"database-stop", "replay", "engine", "bulk", "http"}
TABLES_NOT_PREPARED = {"migrate"}


def main() -> None:
    """Run one command; what a person can put right is one sentence on standard error and exit status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wafa.config.settings")
    # As an exception, so that a command that is told to stop leaves the database in an orderly way.
    signal.signal(signal.SIGTERM, _exit_on_signal)
    try:
        group = _command_line()
        group(prog_name="wafa")
    except UsageError as error:
        print(f"wafa: {error}", file=sys.stderr)
        sys.exit(2)
    finally:
        embedded.leave()


def _command_line() -> TyperGroup:
    """All commands. Django is set up first, so that their modules may import models; nothing is started yet."""
    import django

    django.setup()
    from wafa.config import commands
    from wafa.jobs.commands import register

    app = typer.Typer(
        help="Wafa: loyalty points for shops.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    commands.register(app)
    register(app)
    group = get_group(app)
    _prepare_each(group)
    return group


def _prepare_each(group: TyperGroup) -> None:
    """Let each command prepare when it is run: not for --help, and not before its arguments are found good."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            _prepare_each(command)
        elif command.callback is not None and name not in NOTHING_PREPARED:
            command.callback = _prepared(command.callback, tables=name not in TABLES_NOT_PREPARED)


def _prepared(callback: Callable[..., Any], *, tables: bool) -> Callable[..., Any]:
    @wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        prepare(tables=tables)
        return callback(*args, **kwargs)

    return run


def prepare(*, tables: bool = True) -> None:
    """The home, the database and, unless told otherwise, its tables."""
    from wafa.config import database, home, migrations
    from wafa.config.collector import collect_seldom

    home.ensure()
    database.ensure_ready()
    if tables:
        migrations.ensure_applied()
    collect_seldom()


def _exit_on_signal(number: int, _frame: object) -> None:
    sys.exit(128 + number)
