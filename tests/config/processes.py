"""Real processes for the tests: commands, servers, and what is left of them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg

from wafa.config import embedded
from wafa.config.embedded import Layout, postmaster

WAFA = str(Path(sys.executable).with_name("wafa"))


def environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a person with this WAFA_HOME and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAFA_", "DATABASE_URL"))}
    return {**kept, "WAFA_HOME": str(home), **extra}


def wafa(*arguments: str, home: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line to its end."""
    return subprocess.run(
        [WAFA, *arguments],
        env=environment(home, **extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
    )


def python(code: str, home: Path) -> subprocess.Popen[str]:
    """Start a process that runs this code; it can be told things through its standard input."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """The first true value; fails if none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


def query(layout: Layout, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement in a connection of its own, and commit."""
    with psycopg.connect(layout.url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def kill_postmaster(layout: Layout) -> int:
    """Kill the server as hard as can be; its number."""
    server = postmaster.find(layout)
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    wait_for(lambda: not embedded.is_running(layout))
    return server.pid


def servers(layout: Layout) -> list[psutil.Process]:
    """All living processes of this home's server."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and any(layout.name in part or str(layout.data) == part for part in process.info["cmdline"] or ())
    ]


def finish(layout: Layout) -> None:
    """Stop the server of a home, and if that is of no use, kill it."""
    embedded.leave(layout, even_if_kept=True)
    with contextlib.suppress(Exception):
        embedded.stop(layout)
    for process in servers(layout):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, seconds: float = 5, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and body of a page; 0 if there is nobody to ask."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@contextlib.contextmanager
def serving(home: Path, log: Path, *arguments: str, **extra: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`wafa serve` as a real process, once it answers; its process and its port."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [WAFA, "serve", "--port", str(port), *arguments],
            env=environment(home, **extra),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    family: list[psutil.Process] = []
    try:
        wait_for(lambda: get(port, "/healthz")[0] == 200, seconds=30)
        family = descendants(process.pid)
        yield process, port
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        for one in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()


def descendants(pid: int, name: str = "") -> list[psutil.Process]:
    """The processes that this one started, and those that they started; of a name: those with it as an argument."""
    found = []
    for process in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if not name or name in process.cmdline():
                found.append(process)
    return found
