"""Who is using the server. The kernel keeps the list: each process holds a shared lock on a file for its lifetime.

A process that is killed, however hard, is off the list at once, so there is no count that could go wrong. Whoever
gets the lock for itself alone is the last one, and stops the server, unless it was asked to stay (`keep_running`).

Two files in WAFA_HOME:

    postgres.users   shared by all who use the server; exclusive for the last one, while it stops the server
    postgres.lock    exclusive, for the moment of looking and starting or stopping
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from wafa.config.embedded import postmaster
from wafa.config.embedded.account import account_for, grant_reach, private_folder
from wafa.config.embedded.cluster import clear_drafts, ensure_made, write_settings
from wafa.config.embedded.layout import Layout
from wafa.config.home import ensure as ensure_home
from wafa.jobs.commands.errors import UsageError

# The lock that says that this process uses the server, by layout: the open file is the lock.
_present: dict[Layout, int] = {}


def join(layout: Layout | None = None) -> None:
    """Say that this process uses the server, for as long as it lives or until `leave`."""
    layout = layout or Layout.here()
    if layout in _present:
        return
    descriptor = _open(_users_file(layout))
    # Waits only for a last one that is just now stopping the server.
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _present[layout] = descriptor


def ensure_running(layout: Layout | None = None) -> bool:
    """Join, and start the server if it does not run; true if this call started it."""
    layout = layout or Layout.here()
    ensure_home()
    join(layout)
    try:
        with _alone(layout):
            return _ensure_running(layout)
    except PermissionError as error:
        raise UsageError(f"{error.filename} belongs to another user: run Wafa as that user.") from error


def is_running(layout: Layout | None = None) -> bool:
    """Whether the server lives; looks, and takes no lock."""
    return postmaster.find(layout or Layout.here()) is not None


def leave(layout: Layout | None = None, *, even_if_kept: bool = False) -> bool:
    """Leave; the last one stops the server, unless it is kept running. True if the server was stopped."""
    layout = layout or Layout.here()
    descriptor = _present.pop(layout, None)
    if descriptor is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _kept_file(layout).exists() and not even_if_kept:
            return False
        return _stop(layout)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def stop(layout: Layout | None = None) -> bool:
    """Stop the server if no process uses it, also one that is kept; true if there was one."""
    layout = layout or Layout.here()
    if not layout.data.exists():
        return False
    descriptor = _open(_users_file(layout))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _stop(layout)
    except BlockingIOError:
        raise UsageError("The database is in use: stop the Wafa processes that use it (wafa serve) first.") from None
    finally:
        os.close(descriptor)


def keep_running(layout: Layout | None = None) -> None:
    """Ask that the server outlive the last one who uses it, for clients that are not Wafa (psql, pg_dump)."""
    _kept_file(layout or Layout.here()).touch(mode=0o600)


def _stop(layout: Layout) -> bool:
    with _alone(layout):
        _kept_file(layout).unlink(missing_ok=True)
        was_there = postmaster.find(layout) is not None
        postmaster.stop(layout)
        return was_there


def _ensure_running(layout: Layout) -> bool:
    server = postmaster.find(layout)
    if server is not None and server.state == "stopping":
        postmaster.wait_until_gone(layout)
    elif server is not None and postmaster.wait_until_ready(layout):
        return False
    # Nobody asked for this new one to stay.
    _kept_file(layout).unlink(missing_ok=True)
    account = account_for(layout)
    grant_reach(layout, account)
    private_folder(layout.sockets, account)
    clear_drafts(layout)
    ensure_made(layout, account)
    write_settings(layout, account)
    postmaster.start(layout, account)
    return True


@contextlib.contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    """Be the only process that starts or stops this server."""
    descriptor = _open(layout.home / "postgres.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    """Open a lock file; a program that we start does not inherit it, so it can't hold our lock."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise UsageError(f"{path} belongs to another user: run Wafa as that user.") from error


def _users_file(layout: Layout) -> Path:
    return layout.home / "postgres.users"


def _kept_file(layout: Layout) -> Path:
    return layout.home / "postgres.kept"
