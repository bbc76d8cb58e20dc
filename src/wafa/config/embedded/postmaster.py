"""The server process: is it there, start it, stop it, clear up after a crash.

The caller holds the lock of `presence`, so no two processes do any of this at once.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from wafa.config.embedded.account import Account
from wafa.config.embedded.cluster import environment, server_command
from wafa.config.embedded.layout import Layout
from wafa.jobs.commands.errors import UsageError

# Recovery after a crash replays everything since the last checkpoint: minutes, with a busy shop's write-ahead log.
START_SECONDS_MAX = 300
STOP_SECONDS_MAX = 120
# How long the killed server's other processes get to notice and go, before each harder push.
ORPHAN_SECONDS = 5
STARTS_MAX = 5
POLL_SECONDS = 0.02
LOG_BYTES_MAX = 10_000_000

# Servers that this process started: as their parent it has to take note of their death.
_started: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Postmaster:
    """A living server process and what its pid file says of it: starting, ready, stopping."""

    pid: int
    state: str


def find(layout: Layout) -> Postmaster | None:
    """The server of this layout, if it lives. A pid file that outlived its server, or names a stranger, is none."""
    try:
        lines = (layout.data / "postmaster.pid").read_text("utf-8").splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if not _is_server(pid, layout):
        return None
    return Postmaster(pid, lines[7].strip() if len(lines) > 7 else "starting")


def start(layout: Layout, account: Account) -> None:
    """Start the server and wait until it answers; whatever a crash left behind is cleared first."""
    for attempt in range(1, STARTS_MAX + 1):
        _clear_after_crash(layout)
        server = _launch(layout, account)
        if _wait_until_ready(layout, server):
            return
        complaint = _last_complaint(layout.log)
        # A killed server's last process can hold its shared memory a moment longer than it can be seen.
        if "shared memory block" not in complaint or attempt == STARTS_MAX:
            raise UsageError(f"The embedded database did not start: {complaint}. More in {layout.log}")
        time.sleep(1)


def wait_until_ready(layout: Layout) -> bool:
    """Wait for a server that another process started; false if it went away meanwhile."""
    return _wait_until_ready(layout, None)


def stop(layout: Layout) -> None:
    """Stop the server, if there is one: its clients are cut off, what they committed is kept."""
    server = find(layout)
    if server is None:
        return
    for push in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, push)
        if _wait_until_gone(server.pid, layout):
            return
    raise UsageError(f"The embedded database (process {server.pid}) did not stop.")


def wait_until_gone(layout: Layout) -> None:
    """Wait for a server that is stopping."""
    server = find(layout)
    if server is not None and not _wait_until_gone(server.pid, layout):
        raise UsageError(f"The embedded database (process {server.pid}) is stopping and does not come to an end.")


def _launch(layout: Layout, account: Account) -> subprocess.Popen[bytes]:
    with _log_for_appending(layout.log) as log:
        server = subprocess.Popen(  # noqa: S603
            server_command(layout),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=environment(),
            # Its own session: Ctrl-C at our terminal is not meant for it.
            start_new_session=True,
            **account.as_user(),
        )
    _started[server.pid] = server
    return server


@contextlib.contextmanager
def _log_for_appending(path: Path) -> Iterator[int]:
    """The log, moved aside once it has grown large; opened by us, so the server's user needs no way to it."""
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".log.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _wait_until_ready(layout: Layout, server: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        if server is not None and server.poll() is not None:
            return False
        found = find(layout)
        if found is None and server is None:
            return False
        if found is not None and found.state == "ready" and (server is None or found.pid == server.pid):
            return True
        time.sleep(POLL_SECONDS)
    raise UsageError(f"The embedded database was not ready after {START_SECONDS_MAX} seconds (see {layout.log}).")


def _wait_until_gone(pid: int, layout: Layout) -> bool:
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while time.monotonic() < deadline:
        if not _is_server(pid, layout):
            return True
        time.sleep(POLL_SECONDS)
    return False


def _is_server(pid: int, layout: Layout) -> bool:
    """Whether this process is the living server of this layout. A pid alone proves nothing: they are used again."""
    _take_note_of_death(pid)
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        command = process.cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
    return str(layout.data) in command


def _take_note_of_death(pid: int) -> None:
    """Reap a server that was our child; PostgreSQL would take the dead one's entry for a living server."""
    if pid in _started:
        _started[pid].poll()
        return
    # Where we are process 1 of a container, a server that an earlier command started has become our child.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _clear_after_crash(layout: Layout) -> None:
    """See the last of a killed server: wait for its other processes to go, then remove its pid files."""
    if find(layout) is not None:
        raise RuntimeError("the server lives: nothing to clear")
    # With the parent dead there is nothing that they could still make durable: recovery starts from the log.
    for push in (None, signal.SIGQUIT, signal.SIGKILL):
        orphans = _orphans(layout)
        if push is not None:
            for orphan in orphans:
                with contextlib.suppress(psutil.NoSuchProcess):
                    orphan.send_signal(push)
        deadline = time.monotonic() + ORPHAN_SECONDS
        while _orphans(layout) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    # PostgreSQL would refuse to start if the number in one of these now belonged to another process of its user.
    for leftover in (layout.data / "postmaster.pid", layout.socket.with_name(layout.socket.name + ".lock")):
        leftover.unlink(missing_ok=True)


def _orphans(layout: Layout) -> list[psutil.Process]:
    """Processes of a server of this layout, known by the name that stands in their titles."""
    title = f"postgres: {layout.name}:"
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = process.info["cmdline"] or [""]
        if command[0].startswith(title) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def _last_complaint(log: Path) -> str:
    """The last thing that the server called fatal."""
    lines = log.read_text("utf-8", errors="replace").splitlines()[-50:]
    fatal = re.findall(r"(?:FATAL|PANIC):\s+(.+)", "\n".join(lines))
    return str((fatal or lines or ["it said nothing"])[-1])
