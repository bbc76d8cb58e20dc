"""Static files straight from the source tree, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class FingerprintedStatic(StaticFilesStorage):
    """Adds a fingerprint of the file to its URL, so that browsers may keep it for long without ever being stale."""

    def url(self, name: str | None) -> str:
        """The file's address, with its fingerprint."""
        address = super().url(name)
        mark = fingerprint(name) if name else ""
        return f"{address}?v={mark}" if mark else address


@cache
def fingerprint(name: str) -> str:
    """A short digest of the file's content; empty if there is no such file."""
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""
