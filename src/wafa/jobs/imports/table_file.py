"""A file as a table: a heading, then rows with the line they stand on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.cells import Row, folded, text

OWN_HEADINGS = ["line", "number", "reason"]
"""What a rejects file has before the columns of the file it came from, so that it can be read like that one."""


class UnreadableRow(Row):
    """A row that cannot even be taken apart into cells, as it stands in the file."""

    def __init__(self, written: str, reason: str) -> None:
        super().__init__([written])
        self.reason = reason


class TableFile(ABC):
    """An open file. It is read once, from front to end, in bounded memory."""

    path: Path
    heading: list[str]

    @abstractmethod
    def rows(self) -> Iterator[tuple[int, Row]]:
        """Rows below the heading, blank ones left out, each with the line on which it begins (1 is the first)."""

    @abstractmethod
    def share_read(self) -> float | None:
        """How much of the file has been read, from 0 to 1; None if that cannot be known."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    def place_of(self, column: str) -> int:
        """Where a column stands, 0 for the first; letters' case and variants in its name make no difference."""
        wanted = folded(column)
        return [folded(name) for name in self.heading].index(wanted)

    def check_columns(self, wanted: list[str]) -> None:
        """Refuse a file that lacks a column that the mapping names, or has it twice."""
        there = Counter(folded(name) for name in self.heading)
        missing = [column for column in wanted if folded(column) not in there]
        if missing:
            message = _("{file} has no column {missing}. Its columns are: {columns}.").format(
                file=self.path.name, missing=_quoted(missing), columns=_quoted(self.heading)
            )
            raise UsageError(f"{message} {self._hint()}".strip())
        twice = [column for column in wanted if there[folded(column)] > 1]
        if twice:
            message = _("{file} has more than one column {columns}; rename the others.")
            raise UsageError(message.format(file=self.path.name, columns=_quoted(twice)))

    def _hint(self) -> str:
        """What may be the matter where a column is missing."""
        return ""


def is_blank(row: Row) -> bool:
    """Whether there is nothing in a row."""
    return not any(text(cell).strip() for cell in row)


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
