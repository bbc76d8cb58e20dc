"""Items that earn nothing: by code, and by pattern."""

import re


class Exclusions:
    """Which items are left out of every rule. Codes and patterns are case-sensitive; `*` stands for anything."""

    __slots__ = ("_known", "_pattern")

    def __init__(self, items: tuple[str, ...], patterns: tuple[str, ...]) -> None:
        self._known = dict.fromkeys(items, True)
        self._pattern = re.compile("|".join(map(_expression, patterns)), re.DOTALL) if patterns else None

    def exclude(self, item: str) -> bool:
        """Whether an item earns nothing. Patterns are matched once an item, then remembered."""
        if self._pattern is None:
            return item in self._known
        excluded = self._known.get(item)
        if excluded is None:
            excluded = self._pattern.fullmatch(item) is not None
            if len(self._known) < _REMEMBERED:
                self._known[item] = excluded
        return excluded


_REMEMBERED = 200_000
"""Items remembered at most: the memory of a version stays bounded however many codes a source invents."""


def _expression(pattern: str) -> str:
    return ".*".join(re.escape(part) for part in pattern.split("*"))
