"""WAFA_HOME: the one folder in which an installation keeps everything it owns."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from pathlib import Path

from wafa.jobs.commands.errors import UsageError

SECRET_KEY_BYTES = 64


def home() -> Path:
    """The folder of this installation; read from the environment at each call, made by nobody here."""
    chosen = os.environ.get("WAFA_HOME") or "~/.wafa"
    return Path(chosen).expanduser().resolve()


def media() -> Path:
    """Files that people uploaded: imports, pictures."""
    return home() / "media"


def logs() -> Path:
    """What the embedded database wrote about itself."""
    return home() / "logs"


def ensure() -> Path:
    """Make the folder and its parts where they are missing; returns it."""
    place = home()
    try:
        for folder in (place, media(), logs()):
            if not folder.is_dir():
                folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"WAFA_HOME ({place}) cannot be made: {error.strerror}.") from error
    return place


def secret_key() -> str:
    """The key that signs sessions; made once, readable by its owner only."""
    path = ensure() / "secret_key"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        _write_once(path, secrets.token_urlsafe(SECRET_KEY_BYTES))
    except OSError as error:
        raise UsageError(f"The secret key ({path}) cannot be read: {error.strerror}.") from error
    return path.read_text("ascii")


def _write_once(path: Path, text: str) -> None:
    """Write a whole private file under a name that nobody has taken yet."""
    # Written beside and then linked: a half-written key is never seen, and of two first starts one wins.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
