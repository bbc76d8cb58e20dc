"""CSV files: plain, gzip or xz; a row that cannot be taken apart costs that row alone."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import lzma
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.cells import Row
from wafa.jobs.imports.table_file import OWN_HEADINGS, TableFile, UnreadableRow, is_blank

LINE_LENGTH_MAX = 1 << 20
_XZ, _GZIP = b"\xfd7zXZ\x00", b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_DELIMITERS = (";", "\t", "|", ",")


class CsvFile(TableFile):
    """A CSV file. `encoding` None is UTF-8, with or without a mark of it at the beginning."""

    def __init__(self, path: Path, delimiter: str, encoding: str | None) -> None:
        self.path = path
        self._delimiter = delimiter
        self._size = path.stat().st_size
        self._raw = path.open("rb")
        self._line = 0
        self._record: list[str] = []  # the lines of the row being read
        self._again: deque[str] = deque()  # lines taken back, to be read once more
        self._text = self._decoded(encoding)
        self._reader = self._new_reader()
        self._own = 0
        with self._said_clearly():
            self.heading = next(([str(cell) for cell in row] for _line, row in self._records()), [])
        if not self.heading:
            raise UsageError(_("{file} is empty.").format(file=path.name))
        if self.heading[: len(OWN_HEADINGS)] == OWN_HEADINGS:
            self._own = len(OWN_HEADINGS)
            self.heading = self.heading[self._own :]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """See `TableFile.rows`."""
        with self._said_clearly():
            if not self._own:
                yield from self._records()
            for line, row in self._records():
                if isinstance(row, UnreadableRow):
                    yield line, row
                else:
                    yield line, [unguarded(str(cell)) for cell in row[self._own :]]

    def share_read(self) -> float | None:
        """See `TableFile.share_read`: by the bytes of the file as it is stored."""
        return self._raw.tell() / self._size if self._size else None

    def close(self) -> None:
        """See `TableFile.close`."""
        self._text.close()
        self._raw.close()

    def _decoded(self, encoding: str | None) -> io.TextIOWrapper:
        start = self._raw.read(len(_XZ))
        self._raw.seek(0)
        buffered = self._raw
        if start.startswith(_XZ):
            buffered = io.BufferedReader(lzma.LZMAFile(self._raw))  # noqa: SIM115 - closed with the text
        elif start.startswith(_GZIP):
            buffered = io.BufferedReader(gzip.GzipFile(fileobj=self._raw))
        with self._said_clearly():
            marked = buffered.peek(len(codecs.BOM_UTF8)).startswith(codecs.BOM_UTF8)
        return io.TextIOWrapper(buffered, encoding="utf-8-sig" if marked else encoding or "utf-8", newline="")

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines(), delimiter=self._delimiter, strict=True)

    def _lines(self) -> Iterator[str]:
        readline, again, record = self._text.readline, self._again, self._record
        while line := again.popleft() if again else readline(LINE_LENGTH_MAX):
            record.append(line)
            yield line

    def _records(self) -> Iterator[tuple[int, Row]]:
        """Rows as they come. After one that cannot be read, reading goes on with the line below its first."""
        record = self._record
        while True:
            try:
                for row in self._reader:
                    line = self._line + 1
                    self._line += len(record)
                    record.clear()
                    if row and (row[0] or not is_blank(row)):  # type: ignore[arg-type]
                        yield line, row  # type: ignore[misc]
                return
            except csv.Error:
                reason = _('the quotation marks (") of this row are not in pairs')
                written = record[0].rstrip("\r\n")
                self._again.extendleft(reversed(record[1:]))
                self._line += 1
                record.clear()
                self._reader = self._new_reader()
                yield self._line, UnreadableRow(written, reason)

    @contextmanager
    def _said_clearly(self) -> Iterator[None]:
        """What the libraries say of a file that is not what it seems to be, in plain words."""
        try:
            yield
        except UnicodeDecodeError as error:
            raise UsageError(self._not_this_encoding(error)) from error
        except UnicodeError as error:  # UTF-16 without its mark
            raise UsageError(_("{file}: {why}.").format(file=self.path.name, why=error)) from error
        except (EOFError, lzma.LZMAError, gzip.BadGzipFile, zlib.error) as error:
            message = _("{file} is damaged or was not copied to its end: it cannot be unpacked.")
            raise UsageError(message.format(file=self.path.name)) from error

    def _not_this_encoding(self, error: UnicodeDecodeError) -> str:
        message = _("{file} is not {encoding} (near line {line}).").format(
            file=self.path.name, encoding=error.encoding.upper(), line=self._line + 1
        )
        if error.object[:2] in _UTF16:
            return f"{message} " + _("It looks like UTF-16: add --encoding utf-16.")
        return f"{message} " + _(
            "Files of older programs in Arabic or Persian are often Windows-1256: add --encoding cp1256. "
            "Or save the file as UTF-8."
        )

    def _hint(self) -> str:
        if len(self.heading) == 1:
            for other in _OTHER_DELIMITERS:
                if other != self._delimiter and other in self.heading[0]:
                    name = _("a tab") if other == "\t" else f"“{other}”"
                    return _("They seem to be parted by {delimiter}: set “file.delimiter” in the mapping.").format(
                        delimiter=name
                    )
        return ""


def unguarded(cell: str) -> str:
    """A cell of a rejects file without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r") else cell
