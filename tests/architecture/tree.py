"""The files of the source tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wafa"
LARGEST = 1_000_000


def files(under: Path = ROOT) -> Iterator[Path]:
    """Every file, but for what .gitignore leaves out and what git keeps for itself."""
    ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()} | {".git"}
    for path in sorted(under.iterdir()):
        if path.name in ignored or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def text_of(path: Path) -> str:
    """A file's text; empty where it is none."""
    if path.stat().st_size > LARGEST:
        return ""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def shown(path: Path) -> str:
    """Where a file lies in the tree."""
    return path.relative_to(ROOT).as_posix()
