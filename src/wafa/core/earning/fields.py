"""Reading typed JSON strictly: every problem is named by its path, nothing is guessed.

A problem is (path, code): the core knows no prose, so doors put the code into words.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

Problem = tuple[str, str]
_MISSING = object()


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

    def value(self, name: str, default: object = _MISSING) -> Any:
        """The field as it stands."""
        if name in self._unread:
            return self._unread.pop(name)
        if default is _MISSING:
            self.problem(name, "missing")
            return None
        return default

    def whole(self, name: str, *, least: int = 0, most: int = 10**12) -> int:
        """A whole number within bounds."""
        value = self.value(name)
        if value is None:
            return least
        if not isinstance(value, int) or isinstance(value, bool):
            self.problem(name, "not_a_whole_number")
        elif not least <= value <= most:
            self.problem(name, "out_of_bounds")
        else:
            return value
        return least

    def whole_or_none(self, name: str, *, least: int = 0) -> int | None:
        """A whole number within bounds, or None where the field is absent."""
        return self.whole(name, least=least) if name in self._unread else None

    def text(self, name: str, *, most: int = 60) -> str:
        """A text that is not empty."""
        value = self.value(name)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip() or len(value) > most or "\0" in value:
            self.problem(name, "not_a_text")
            return ""
        return value

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.value(name, default)
        if not isinstance(value, bool):
            self.problem(name, "not_true_or_false")
            return default
        return value

    def texts(self, name: str, default: object = _MISSING) -> tuple[str, ...]:
        """A list of texts that are not empty."""
        value = self.value(name, default)
        if value is None or value is default:
            return ()
        if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
            self.problem(name, "not_a_list_of_texts")
            return ()
        return tuple(value)

    def names(self, name: str = "name") -> dict[str, str]:
        """A name in each language that has one; English always."""
        value = self.value(name)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(text, str) and text for text in value.values()):
            self.problem(name, "not_names_by_language")
            return {}
        if set(value) - {"en", "ar", "fa"} or "en" not in value:
            self.problem(name, "not_names_by_language")
        return dict(value)

    def day(self, name: str) -> date | None:
        """A day as YYYY-MM-DD, or None where there is none."""
        value = self.value(name, None)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem(name, "not_a_day")
            return None

    def ratio(self, name: str) -> Fraction:
        """An exact decimal written as a text, such as "1.5"."""
        value = self.value(name)
        try:
            ratio = Fraction(value) if isinstance(value, str) and len(value) <= 20 else None
        except (ValueError, ZeroDivisionError):
            ratio = None
        if ratio is None or not 0 < ratio <= 1000:
            if value is not None:
                self.problem(name, "not_a_ratio")
            return Fraction(1)
        return ratio

    def objects(self, name: str) -> Iterable[tuple[object, str]]:
        """The elements of a list, each with its path."""
        value = self.value(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(name, "not_a_list")
            return []
        return [(element, f"{self._path}.{name}[{index}]".strip(".")) for index, element in enumerate(value)]

    def inner(self, name: str, default: object = _MISSING) -> "Fields":
        """An object inside this one."""
        return Fields(self.value(name, default) or {}, f"{self._path}.{name}".strip("."), self._problems)
