"""A TOML table that is read key by key and names what is missing, mistyped or not known."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError


class TomlTable:
    """Keys are taken one at a time; `close` complains of those that nobody asked for."""

    def __init__(self, values: dict[str, Any], file: str, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self._values

    def table(self, key: str) -> TomlTable:
        """A table inside this one; an empty one where it is left out."""
        value = self._take(key, dict, _("a table"))
        return TomlTable({} if value is None else value, self._file, f"{self._path}{key}.")

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self.text_or_none(key)
        if value is None:
            raise self.problem(key, _("is missing"))
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text that may be left out; an empty one is a mistake."""
        value: str | None = self._take(key, str, _("a text in quotation marks"))
        if value is not None and not value.strip():
            raise self.problem(key, _("is empty; leave it out if there is none"))
        return value

    def character(self, key: str, otherwise: str) -> str:
        """A text of exactly one character."""
        value: str = self._take(key, str, _("one character in quotation marks")) or otherwise
        if len(value) != 1:
            raise self.problem(key, _("must be one character in quotation marks"))
        return value

    def choice(self, key: str, choices: Collection[str], otherwise: str) -> str:
        """One of a few words."""
        value = self.text_or_none(key) or otherwise
        if value not in choices:
            listed = ", ".join(f'"{choice}"' for choice in choices)
            raise self.problem(key, _("is “{value}”, but must be one of {choices}").format(value=value, choices=listed))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text for a list of one; empty where it is left out."""
        value = self._take(key, (str, list), _("a text or a list of texts"))
        found = [value] if isinstance(value, str) else value or []
        if value is not None and not (found and all(isinstance(text, str) and text.strip() for text in found)):
            raise self.problem(key, _("must be a text or a list of texts, none of them empty"))
        return tuple(found)

    def flag(self, key: str, otherwise: bool) -> bool:
        """True or false."""
        value = self._take(key, bool, _("true or false"))
        return otherwise if value is None else bool(value)

    def close(self) -> None:
        """Every key has been asked for by now; whatever is left is a slip of the pen."""
        for key in self._values:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                message = _("is not a key that a mapping has")
                if near:
                    message += " " + _("(did you mean “{key}”?)").format(key=near[0])
                raise self.problem(key, message)

    def problem(self, key: str, message: str) -> UsageError:
        """What is wrong with a key, as the person who wrote the mapping needs to hear it."""
        return UsageError(
            _("Mapping {file}: “{key}” {message}.").format(file=self._file, key=self._path + key, message=message)
        )

    def _take(self, key: str, kind: type | tuple[type, ...], described: str) -> Any:
        self._known.append(key)
        value = self._values.get(key)
        if value is not None and not isinstance(value, kind):
            raise self.problem(key, _("must be {kind}").format(kind=described))
        return value
