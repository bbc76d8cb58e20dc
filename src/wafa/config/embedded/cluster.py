"""Making the data folder (whole, or not at all), and the settings that it runs with."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from wafa.config.embedded.account import Account, private_folder
from wafa.config.embedded.layout import APP_ROLE, DATABASE, SUPERUSER, Layout
from wafa.jobs.commands.errors import UsageError

# Whatever these are set to, a receipt that was answered is on the disk: they go on the command line, above all files.
FIXED = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
}

SETTINGS = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    # Plans made while a table was empty go when its statistics come: let them come soon.
    "autovacuum_naptime": "10s",
    "log_line_prefix": "%m [%p] ",
}

# PostgreSQL's own Unicode rules: the same order and the same upper and lower case on every machine, for ever.
TEXT = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

DRAFT_PREFIX = "postgres.new-"

CONF_HEAD = """\
# Written by Wafa at every start of the server. To set something else, use ALTER SYSTEM SET: what it
# writes (postgresql.auto.conf) stands above this file and is kept.
"""


def ensure_made(layout: Layout, account: Account) -> None:
    """The data folder with the database in it; made in a draft folder, so that half of one is never found."""
    if (layout.data / "PG_VERSION").exists():
        return
    if layout.data.exists() and any(layout.data.iterdir()):
        raise UsageError(f"{layout.data} is neither empty nor a PostgreSQL data folder; move it away.")
    draft = layout.home / f"{DRAFT_PREFIX}{secrets.token_hex(4)}"
    private_folder(draft, account)
    _run(layout, account, ["initdb", "-D", str(draft), "-U", SUPERUSER, "--auth=peer", "--no-instructions", *TEXT])
    _run(layout, account, ["postgres", "--single", "-D", str(draft), "postgres"], f"CREATE DATABASE {DATABASE}\n")
    if layout.data.exists():
        layout.data.rmdir()
    draft.rename(layout.data)
    _make_durable(layout.home)


def clear_drafts(layout: Layout) -> None:
    """Remove what starts that were killed half-way left behind."""
    for draft in layout.home.glob(f"{DRAFT_PREFIX}*"):
        # The killed start's initdb may be writing there still: then the next start removes it.
        shutil.rmtree(draft, ignore_errors=True)


def write_settings(layout: Layout, account: Account) -> None:
    """The settings and the list of who may connect, afresh: the system user may have changed since last time."""
    _write(layout.data / "postgresql.conf", CONF_HEAD + _settings_text(), account)
    _write(layout.data / "pg_hba.conf", "local all,replication all peer map=wafa\n", account)
    system_users = {"root", account.name}
    _write(
        layout.data / "pg_ident.conf",
        "".join(f'wafa "{user}" {role}\n' for user in sorted(system_users) for role in (SUPERUSER, APP_ROLE)),
        account,
    )


def server_command(layout: Layout) -> list[str]:
    """The command line of the server."""
    fixed = {**FIXED, "unix_socket_directories": str(layout.sockets), "cluster_name": layout.name}
    options = [f"--{name}={value}" for name, value in fixed.items()]
    return [str(layout.programs / "postgres"), "-D", str(layout.data), *options]


def environment() -> dict[str, str]:
    """Our environment without what would steer PostgreSQL's programs elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _settings_text() -> str:
    return "".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items())


def _run(layout: Layout, account: Account, command: list[str], statement: str = "") -> None:
    program, *arguments = command
    done = subprocess.run(  # noqa: S603
        [str(layout.programs / program), *arguments],
        input=statement,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(),
        **account.as_user(),
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise UsageError(f"The embedded database could not be made ({program}: {last}).")


def _write(path: Path, text: str, account: Account) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    account.own(path)


def _make_durable(folder: Path) -> None:
    """Put a rename inside the folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
