"""A line to an address that was checked, with an end to it.

The standard library's HTTP client, told where to connect: the name of the host still stands in the request, and is what
the certificate is compared with.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection

from wafa.operations.webhooks.addresses import Address
from wafa.operations.webhooks.urls import PORTS, Target

CONNECT_SECONDS = 5


class Line(HTTPConnection):
    """A connection to one address of a target; `was_cut` says that its time was over."""

    def __init__(self, target: Target, address: Address) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_SECONDS)
        # Left out of the Host header where it goes without saying.
        self.default_port = PORTS[target.scheme]
        self.was_cut = False
        self._is_secret = target.scheme == "https"
        self._address = str(address)
        self._end: socket.socket | None = None

    def connect(self) -> None:
        """To the address itself; who answers is known by the host's name."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        # The same line once more, for whoever cuts it: the handshake has the other one to itself.
        self._end = plain.dup()
        if self.was_cut:
            self.cut()
        self.sock = _trust().wrap_socket(plain, server_hostname=self.host) if self._is_secret else plain

    def cut(self) -> None:
        """End it, whatever it waits for."""
        self.was_cut = True
        if self._end:
            with suppress(OSError):
                self._end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of both ends."""
        super().close()
        if self._end:
            self._end.close()


@contextmanager
def opened(target: Target, address: Address, seconds: float) -> Iterator[Line]:
    """A line that is cut after so many seconds: a socket's own timeout begins anew with each byte."""
    line = Line(target, address)
    timer = threading.Timer(seconds, line.cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    finally:
        timer.cancel()
        line.close()


@cache
def _trust() -> ssl.SSLContext:
    """Whom this machine's system trusts."""
    return ssl.create_default_context()
