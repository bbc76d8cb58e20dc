"""Which system user the server runs as, and what that user must be able to reach.

PostgreSQL refuses to run as root. Started by root, it runs as the owner of its data folder, or, for a new one, as
a system user of its own that is made for it. Started by anybody else, it runs as that person.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wafa.config.embedded.layout import Layout
from wafa.jobs.commands.errors import UsageError

SYSTEM_USER = "wafa-postgres"
READ = stat.S_IROTH
PASS = stat.S_IXOTH


@dataclass(frozen=True)
class Account:
    """The system user of a server; `switch` says that we, as root, become it for its programs."""

    name: str
    uid: int
    gid: int
    switch: bool

    def as_user(self) -> dict[str, Any]:
        """Arguments for subprocess that run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if self.switch:
            os.chown(path, self.uid, self.gid)


def account_for(layout: Layout) -> Account:
    """The user this installation's server runs as; made if root needs one."""
    if os.geteuid() != 0:
        return _known(pwd.getpwuid(os.geteuid()), switch=False)
    if layout.data.exists() and (owner := layout.data.stat().st_uid) != 0:
        return _known(pwd.getpwuid(owner), switch=True)
    return _known(_system_user(), switch=True)


def grant_reach(layout: Layout, account: Account) -> None:
    """Let the user pass to the server's programs and to WAFA_HOME; what is in them stays closed to it."""
    if not account.switch:
        return
    programs = layout.programs.parent
    if not _open_to_others(programs / "bin" / "postgres"):
        # Installed under a tight umask. These files come from a public package, so reading them reveals nothing.
        for path in (programs, *programs.rglob("*")):
            path.chmod(_read_by_others(path.stat().st_mode))
    for folder in (*programs.parents, layout.home, *layout.home.parents):
        mode = folder.stat().st_mode
        if not mode & PASS:
            # To pass through, not to list: the least that serves.
            folder.chmod(stat.S_IMODE(mode) | PASS)


def private_folder(path: Path, account: Account) -> None:
    """A folder that only this user can enter; one that somebody else made is refused."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (account.uid, os.geteuid()):
            raise UsageError(f"{path} belongs to somebody else; remove it, or choose a shorter WAFA_HOME.") from None
        path.chmod(0o700)
    account.own(path)


def _known(entry: pwd.struct_passwd, *, switch: bool) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is not None:
        # Its own user, without shell or home: no other program that embeds PostgreSQL shares it.
        options = ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *options, SYSTEM_USER], check=False, capture_output=True)  # noqa: S603
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise UsageError(
            f"PostgreSQL does not run as root, and a system user for it could not be made: "
            f"run Wafa as an ordinary user, or make a user {SYSTEM_USER}."
        ) from None


def _read_by_others(mode: int) -> int:
    """The same permissions, with everybody allowed what the owner may do, except to write."""
    runs = stat.S_ISDIR(mode) or mode & stat.S_IXUSR
    return stat.S_IMODE(mode) | READ | (PASS if runs else 0)


def _open_to_others(program: Path) -> bool:
    """Whether anybody may read and run it."""
    mode = program.stat().st_mode
    return bool(mode & stat.S_IROTH and mode & stat.S_IXOTH)
