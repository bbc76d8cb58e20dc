"""Opening a file for what it is, whatever its name ends in."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.csv_file import CsvFile
from wafa.jobs.imports.table_file import TableFile
from wafa.jobs.imports.workbook_file import WorkbookFile

DELIMITERS = (",", ";", "\t", "|")
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Form(Protocol):
    """What has to be known of a file before it is opened, such as a mapping tells."""

    @property
    def encoding(self) -> str | None:
        """Of a CSV; None: UTF-8."""

    @property
    def delimiter(self) -> str:
        """Of a CSV."""

    @property
    def sheet(self) -> str | None:
        """Of a workbook; None: the first."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How the file is written, where the file itself does not say so."""

    delimiter: str
    encoding: str | None = None
    sheet: str | None = None


def open_plain(path: Path, encoding: str | None) -> TableFile:
    """The file; of a CSV that has but one column by a comma, by the sign that parts its heading."""
    table = open_table(path, _Form(DELIMITERS[0]), encoding)
    other = next((sign for sign in DELIMITERS if sign in table.heading[0]), None)
    if len(table.heading) > 1 or other is None:
        return table
    table.close()
    return open_table(path, _Form(other), encoding)


def open_table(path: Path, form: Form, encoding: str | None) -> TableFile:
    """The file as a table. `encoding` goes before the form's."""
    if encoding is not None:
        try:
            "".encode(encoding)
        except LookupError as error:
            raise UsageError(_("The encoding “{name}” is not known.").format(name=encoding)) from error
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(errno.EINVAL, "it is no regular file")  # it has to be read twice: its rows, its digest
        with path.open("rb") as file:
            start = file.read(4)
        if start == _OLD_EXCEL:
            message = _("{file} is a workbook of an old Excel (.xls): save it as .xlsx or CSV.")
            raise UsageError(message.format(file=path.name))
        if start == _ZIP:
            return WorkbookFile(path, form.sheet)
        return CsvFile(path, form.delimiter, encoding or form.encoding)
    except OSError as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=path, why=error.strerror or error)) from error
