"""`wafa serve`: the web, the worker and the database, watched over by this one process.

A process that dies is started again, the embedded database included; when this one is told to stop, it stops them all,
and the database last.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections

from wafa.config import database, embedded
from wafa.jobs.commands.errors import UsageError

logger = logging.getLogger("wafa.serve")

POLL_SECONDS = 0.2
# More than the web needs to drain, and the worker to finish its job.
STOP_SECONDS_MAX = 25
PAUSE_SECONDS_MIN = 0.5
PAUSE_SECONDS_MAX = 30
# One that has run for this long was well: its next death is a first one.
WELL_AFTER_SECONDS = 60


def serve(host: str, port: int, workers: int) -> None:
    """Run the platform until SIGTERM or Ctrl-C. The database is there and its tables are up to date."""
    _check_port_free(host, port)
    if not _is_loopback(host) and settings.ALLOWED_HOSTS == settings.OWN_HOSTS:
        logger.warning("only requests to %s are answered: set WAFA_ALLOWED_HOSTS", ", ".join(settings.OWN_HOSTS))
    # Each process has its own from here on, and this one needs none.
    connections.close_all()
    children = [
        Child("web", ["web", host, str(port), str(workers)]),
        Child("worker", ["worker"]),
    ]
    told = _Told()
    try:
        for child in children:
            child.start()
        _watch(children, told, host, port)
    finally:
        _stop(children, told)
        # Also a server that `wafa database-url` left running: this was the installation's own run, and it is over.
        embedded.leave(even_if_kept=True)
        told.forget()


@dataclass
class Child:
    """One process under watch."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own; it ends when our end of its standard input is closed."""
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "wafa.config.child", *self.arguments],
            # What answers the world does not even know how to be the owner of the tables.
            env={name: value for name, value in os.environ.items() if name != database.OWNER_URL},
            stdin=subprocess.PIPE,
            # Ctrl-C reaches us alone, and we stop them in order.
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it died, after a pause that grows with each death."""
        now = time.monotonic()
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            self._bury()
            self.deaths = 1 if now - self.started_at > WELL_AFTER_SECONDS else self.deaths + 1
            pause = min(PAUSE_SECONDS_MIN * 2 ** (self.deaths - 1), PAUSE_SECONDS_MAX)
            self.again_at = now + pause
            logger.error("%s ended with status %s; starting it again in %.1f s", self.name, status, pause)
        elif now >= self.again_at:
            self.start()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        if self.process is not None:
            self.process.send_signal(number)

    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.process is None or self.process.poll() is not None

    def end(self) -> None:
        """End whatever is left of it, now."""
        if self.process is not None:
            self._bury()

    def _bury(self) -> None:
        """See that nothing of its process group goes on, and forget it."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None


class _Told:
    """What signals have told us: nothing, to stop, or (told again) to stop at once."""

    def __init__(self) -> None:
        self.times = 0
        self._before = {number: signal.signal(number, self._hear) for number in (signal.SIGTERM, signal.SIGINT)}

    def _hear(self, _number: int, _frame: object) -> None:
        self.times += 1

    def forget(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _watch(children: list[Child], told: _Told, host: str, port: int) -> None:
    listening = False
    while not told.times:
        if database.is_embedded():
            _look_after_database()
        for child in children:
            child.look_after()
        if not listening and _is_listening(host, port):
            listening = True
            logger.info("ready at http://%s:%s/ (Ctrl-C stops it)", f"[{host}]" if ":" in host else host, port)
        time.sleep(POLL_SECONDS)


def _look_after_database() -> None:
    if embedded.is_running():
        return
    logger.error("the database has gone; starting it again")
    try:
        embedded.ensure_running()
        logger.info("the database is back")
    except UsageError as error:
        logger.error("%s", error)
        time.sleep(PAUSE_SECONDS_MIN)


def _stop(children: list[Child], told: _Told) -> None:
    if told.times:
        logger.info("stopping")
    for child in children:
        child.tell(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while not all(child.is_over() for child in children) and time.monotonic() < deadline and told.times < 2:
        time.sleep(0.05)
    for child in children:
        if not child.is_over():
            logger.warning("%s did not end in time; ending it", child.name)
        child.end()


def _check_port_free(host: str, port: int) -> None:
    """Refuse a port in use: the web server shares ports among its workers, so it would not notice a stranger's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise UsageError(f"{host} is not an address of this machine.") from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except OSError as error:
            raise UsageError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _is_listening(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with contextlib.suppress(OSError), socket.create_connection((target, port), timeout=1):
        return True
    return False
