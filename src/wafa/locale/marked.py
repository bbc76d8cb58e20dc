"""Every text that the code and the templates mark for translation, as the catalogues must hold it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

Marked = str | tuple[str, str]
"""A text, or its singular and plural."""

SOURCE = Path(__file__).resolve().parent.parent
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def marked() -> dict[Marked, list[str]]:
    """Each text with the files it stands in."""
    found: dict[Marked, list[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py":
            code = path.read_text("utf-8")
        elif "templates" in path.parts and path.suffix in (".html", ".txt"):
            # Django turns a template into a line of calls for each of its lines; their indentation means nothing.
            lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
            code = "\n".join(line.lstrip() for line in lines)
        else:
            continue
        for text in _texts(code):
            found.setdefault(text, []).append(str(path.relative_to(SOURCE)))
    return found


def _texts(code: str) -> Iterator[Marked]:
    for _, message, _, _ in extract("python", BytesIO(code.encode()), keywords=_KEYWORDS):
        yield (str(message[0]), str(message[1])) if isinstance(message, tuple) else str(message)
