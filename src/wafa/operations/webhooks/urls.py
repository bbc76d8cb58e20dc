"""The address of an endpoint, read once: what is checked is what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 500
# A browser would drop some of these, another reader would not.
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]+")


class UrlRefusedError(ValueError):
    """No webhook can go there; `reason` is one of: not_a_url, not_http, with_password, private_address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: a host by name or address, and what is asked of it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the receiver knows it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read_url(url: str) -> Target:
    """The target that a URL names. Raises UrlRefusedError."""
    if len(url) > LONGEST or _ODD.search(url):
        raise UrlRefusedError("not_a_url")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:
        raise UrlRefusedError("not_a_url") from error
    if parts.scheme not in PORTS:
        raise UrlRefusedError("not_http")
    if parts.username is not None or parts.password is not None:
        raise UrlRefusedError("with_password")
    if not _HOST.fullmatch(host) or port == 0:
        raise UrlRefusedError("not_a_url")
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path.encode("ascii")
    except UnicodeEncodeError as error:
        raise UrlRefusedError("not_a_url") from error
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def _ascii(host: str) -> str:
    """Names in other scripts as the name service knows them: xn--…"""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(host) from error
