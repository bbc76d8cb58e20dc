"""Values on their way to the database, as COPY wants them, and arrays of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def text(value: str) -> str:
    """A text as COPY wants it. Most have nothing to escape: to ask is six times as quick as to look for it."""
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)


def optional(value: UUID | int | None) -> str:
    """An identifier or a number that may be missing."""
    return NULL if value is None else str(value)


def day(value: date | None) -> str:
    """A day that may be missing."""
    return NULL if value is None else value.isoformat()


@lru_cache(maxsize=4096)
def instant(value: datetime | None) -> str:
    """An instant, with its offset; it may be missing."""
    return NULL if value is None else value.isoformat()


def flag(value: bool) -> str:
    """True or false."""
    return "t" if value else "f"


def as_json(value: Any) -> str:
    """A JSON value, in which tabs and ends of lines are escaped already."""
    return orjson.dumps(value).decode().replace("\\", r"\\")


def texts(values: Sequence[str]) -> str:
    """An array of texts, as COPY wants it."""
    return text(text_array(values)) if values else "{}"


def text_array(values: Iterable[str]) -> str:
    """An array of texts."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def array(values: Iterable[object]) -> str:
    """An array of identifiers, numbers, days or instants as one text: adapting each takes ten times as long."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
