"""Workbooks of Excel (XLSX), read row by row."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.cells import Row, text
from wafa.jobs.imports.table_file import TableFile, is_blank


class WorkbookFile(TableFile):
    """One sheet of a workbook: the one that the mapping names, or the first."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        self.path = path
        try:
            self._book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except OSError:
            raise
        except Exception as error:  # the library meets a broken workbook with whatever it happens to stumble over
            raise UsageError(_("{file} is not a workbook that can be read.").format(file=path.name)) from error
        names = [each.title for each in self._book.worksheets]
        if sheet is not None and sheet not in names:
            message = _("{file} has no sheet “{sheet}”. Its sheets are: {names}.")
            raise UsageError(message.format(file=path.name, sheet=sheet, names=", ".join(names)))
        if not names:  # nothing but charts
            raise UsageError(_("{file} is empty.").format(file=path.name))
        self._sheet = self._book[sheet or names[0]]
        self._rows_about = self._sheet.max_row  # as the workbook says; some say too little, so it is not relied on
        self._sheet.reset_dimensions()
        self._line = 0
        self._records = self._read()
        self.heading = []
        for _line, row in self._records:
            self.heading = [text(cell) for cell in row]
            break
        if not self.heading:
            raise UsageError(_("{file} is empty.").format(file=path.name))
        while not self.heading[-1].strip():
            self.heading.pop()

    def rows(self) -> Iterator[tuple[int, Row]]:
        """See `TableFile.rows`."""
        width = len(self.heading)
        for line, row in self._records:
            while len(row) > width and row[-1] == "":
                row.pop()
            row.extend([""] * (width - len(row)))
            yield line, row

    def share_read(self) -> float | None:
        """See `TableFile.share_read`: by the number of rows that the workbook claims to have."""
        return min(1.0, self._line / self._rows_about) if self._rows_about else None

    def close(self) -> None:
        """See `TableFile.close`."""
        self._book.close()

    def _read(self) -> Iterator[tuple[int, Row]]:
        try:
            for values in self._sheet.iter_rows(values_only=True):
                self._line += 1
                row: Row = ["" if value is None else value for value in values]  # type: ignore[misc]
                if not is_blank(row):
                    yield self._line, row
        except (ParseError, BadZipFile, zlib.error, EOFError) as error:
            message = _("{file} is damaged after row {line}.").format(file=self.path.name, line=self._line)
            raise UsageError(message) from error
