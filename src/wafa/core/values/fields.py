"""Reading typed JSON strictly: every problem is named by its path, nothing is guessed.

A problem is (path, code): the core knows no prose, so doors put the code into words. A field that is null is not
absent: it is a value of the wrong type.
"""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

Problem = tuple[str, str]
T = TypeVar("T")
LANGUAGES = frozenset({"en", "ar", "fa"})

_ABSENT = object()
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"\d{1,4}(\.\d{1,18})?", re.ASCII)


def is_text(value: object, most: int) -> bool:
    """A text that is not blank, not too long, and that a database can keep."""
    return isinstance(value, str) and bool(value.strip()) and len(value) <= most and "\0" not in value


class Fields:
    """One JSON object being read; what was not asked for in the end is itself a problem."""

    def __init__(self, value: object, path: str, problems: list[Problem]) -> None:
        self._path = path
        self._problems = problems
        self._unread: dict[str, Any] = {}
        if isinstance(value, dict):
            self._unread = dict(value)
        else:
            self.problem("", "not_an_object")

    def problem(self, name: str, code: str) -> None:
        """Note what is wrong with a field."""
        self._problems.append((f"{self._path}.{name}".strip("."), code))

    def done(self) -> None:
        """Every field that nobody read is unknown."""
        for name in self._unread:
            self.problem(name, "unknown_field")

    def has(self, name: str) -> bool:
        """Whether the field is there, and still to be read."""
        return name in self._unread

    def whole(self, name: str, *, least: int = 0, most: int = 10**12) -> int:
        """A whole number within bounds."""
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool):
            return self._wrong(name, value, "not_a_whole_number", least)
        if not least <= value <= most:
            self.problem(name, "out_of_bounds")
            return least
        return value

    def text(self, name: str, *, most: int = 60) -> str:
        """A text that is not blank."""
        value = self._take(name)
        return str(value) if is_text(value, most) else self._wrong(name, value, "not_a_text", "")

    def one_of(self, name: str, known: Iterable[str]) -> str | None:
        """One of the kinds that there are; None, and a problem, where it is none of them."""
        value = self._take(name)
        if isinstance(value, str) and value in known:
            return value
        self._wrong(name, value, "unknown_kind", None)
        return None

    def flag(self, name: str, default: bool) -> bool:
        """True or false; the default where the field is absent."""
        if not self.has(name):
            return default
        value = self._take(name)
        return value if isinstance(value, bool) else self._wrong(name, value, "not_true_or_false", default)

    def texts(self, name: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of at least so many texts; where none are needed, the field may be absent."""
        if not least and not self.has(name):
            return ()
        value = self._take(name)
        if isinstance(value, list) and len(value) >= least and all(is_text(text, 60) for text in value):
            return tuple(value)
        return self._wrong(name, value, "not_a_list_of_texts", ())

    def names(self, name: str = "name") -> dict[str, str]:
        """A name in each language that has one; English always."""
        value = self._take(name)
        if isinstance(value, dict) and "en" in value and value.keys() <= LANGUAGES:
            names = {language: text for language, text in value.items() if is_text(text, 120)}
            if len(names) == len(value):
                return names
        return self._wrong(name, value, "not_names_by_language", {})

    def shares(self, name: str) -> dict[str, int]:
        """Percentages above zero by code."""
        value = self._take(name)
        if isinstance(value, dict) and all(_is_percentage(share) for share in value.values()):
            return dict(value)
        return self._wrong(name, value, "not_percentages_by_tier", {})

    def day(self, name: str) -> date | None:
        """A day as YYYY-MM-DD, or None where the field is absent."""
        if not self.has(name):
            return None
        value = self._take(name)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self._wrong(name, value, "not_a_day", None)
        return None

    def ratio(self, name: str) -> Fraction:
        """An exact decimal written as a text, such as "1.5"."""
        value = self._take(name)
        if isinstance(value, str) and _DECIMAL.fullmatch(value) and 0 < Fraction(value) <= 1000:
            return Fraction(value)
        return self._wrong(name, value, "not_a_ratio", Fraction(1))

    def objects(self, name: str) -> list[tuple[object, str]]:
        """The elements of a list, each with its path."""
        value = self._take(name)
        if not isinstance(value, list):
            return self._wrong(name, value, "not_a_list", [])
        return [(element, f"{self._path}.{name}[{index}]".strip(".")) for index, element in enumerate(value)]

    def inner(self, name: str) -> "Fields":
        """An object inside this one."""
        value = self._take(name)
        return Fields({} if value is _ABSENT else value, f"{self._path}.{name}".strip("."), self._problems)

    def inner_or_empty(self, name: str) -> "Fields":
        """An object inside this one, without fields where it is absent."""
        return self.inner(name) if self.has(name) else Fields({}, "", self._problems)

    def _take(self, name: str) -> Any:
        if name in self._unread:
            return self._unread.pop(name)
        self.problem(name, "missing")
        return _ABSENT

    def _wrong(self, name: str, value: object, code: str, instead: T) -> T:
        """Note a value of the wrong type (a missing one is noted already), and go on with something harmless."""
        if value is not _ABSENT:
            self.problem(name, code)
        return instead


def _is_percentage(share: object) -> bool:
    return isinstance(share, int) and not isinstance(share, bool) and 0 < share <= 10_000
