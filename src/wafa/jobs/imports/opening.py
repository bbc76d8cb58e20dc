"""Opening a file for what it is, whatever its name ends in."""

from __future__ import annotations

import errno
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.csv_file import CsvFile
from wafa.jobs.imports.mapping import Mapping
from wafa.jobs.imports.table_file import TableFile
from wafa.jobs.imports.workbook_file import WorkbookFile

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def open_table(path: Path, mapping: Mapping, encoding: str | None) -> TableFile:
    """The file as a table. `encoding` goes before the mapping's."""
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
            return WorkbookFile(path, mapping.sheet)
        return CsvFile(path, mapping.delimiter, encoding or mapping.encoding)
    except OSError as error:
        raise UsageError(_("{file} cannot be read: {why}.").format(file=path, why=error.strerror or error)) from error
