"""CSV files and workbooks as tables."""

from __future__ import annotations

import gzip
import lzma
import os
import tracemalloc
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from wafa.jobs.commands.errors import UsageError
from wafa.jobs.imports.cells import Row
from wafa.jobs.imports.csv_file import CsvFile
from wafa.jobs.imports.mapping_file import load_mapping
from wafa.jobs.imports.opening import open_table
from wafa.jobs.imports.table_file import TableFile, UnreadableRow
from wafa.jobs.imports.workbook_file import WorkbookFile


def csv_file(path: Path, content: str | bytes, delimiter: str = ",", encoding: str | None = None) -> CsvFile:
    """A file with this content, opened."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CsvFile(path, delimiter, encoding)


def rows_of(table: TableFile) -> list[tuple[int, Row]]:
    """All rows with their lines."""
    with_lines = list(table.rows())
    table.close()
    return with_lines


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sales.csv"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(path: Path, end: str) -> None:
    table = csv_file(path, end.join(["a,b", "1,2", "", ",", '3,"x\ny"', "5,6"]))

    assert table.heading == ["a", "b"]
    assert [line for line, _row in rows_of(table)] == [2, 5, 7]


def test_marks_of_utf8_are_not_part_of_the_heading(path: Path) -> None:
    assert csv_file(path, "\ufeffa,b\n1,2\n").heading == ["a", "b"]
    assert csv_file(path, "\ufeffa,b\n1,2\n", encoding="cp1256").heading == ["a", "b"]


def test_other_encodings(path: Path) -> None:
    assert csv_file(path, "رقم,b\n1,2\n".encode("cp1256"), encoding="cp1256").heading == ["رقم", "b"]
    assert csv_file(path, "رقم,b\n1,2\n".encode("utf-16"), encoding="utf-16").heading == ["رقم", "b"]
    with pytest.raises(UsageError, match="add --encoding utf-16"):
        csv_file(path, "رقم,b\n1,2\n".encode("utf-16"))


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_files_are_known_by_their_content(path: Path, pack: object) -> None:
    assert callable(pack)
    table = csv_file(path, pack(b"a,b\n1,2\n"))

    assert rows_of(table) == [(2, ["1", "2"])]


def test_a_row_with_a_stray_quotation_mark_costs_that_row_alone(path: Path) -> None:
    table = csv_file(path, 'a,b\n1,2\n3,"4" inch\n5,6\n7,"8\n9,10\n11,12\n')

    found = rows_of(table)

    assert [(line, list(row)) for line, row in found] == [
        (2, ["1", "2"]),
        (3, ['3,"4" inch']),
        (4, ["5", "6"]),
        (5, ['7,"8']),
        (6, ["9", "10"]),
        (7, ["11", "12"]),
    ]
    assert [isinstance(row, UnreadableRow) for _line, row in found] == [False, True, False, True, False, False]


def test_a_mark_that_is_never_closed_does_not_swallow_a_long_file(path: Path) -> None:
    table = csv_file(path, 'a,b\n1,"2\n' + "3,4\n" * 100_000)

    assert sum(1 for _ in table.rows()) == 100_001


def test_a_file_without_lines_is_read_in_bounded_memory(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a,b\n" + b"x" * 60_000_000, 1))
    table = CsvFile(path, ",", None)
    tracemalloc.start()
    try:
        pieces = sum(1 for _ in table.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        table.close()

    assert pieces > 50
    assert peak < 20_000_000


def test_a_wrong_delimiter_is_guessed_at(path: Path) -> None:
    with pytest.raises(UsageError, match=r"parted by “;”: set “file\.delimiter”"):
        csv_file(path, "a;b\n1;2\n").check_columns(["a", "b"])


def test_a_column_that_stands_twice(path: Path) -> None:
    table = csv_file(path, "a,b,B \n1,2,3\n")

    table.check_columns(["a"])
    with pytest.raises(UsageError, match="more than one column “b”"):
        table.check_columns(["a", "b"])


def workbook(path: Path, *rows: list[object], sheet: str = "Sheet") -> Path:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_workbooks(tmp_path: Path) -> None:
    at = datetime(2026, 6, 1, 9, 30)  # noqa: DTZ001
    path = workbook(tmp_path / "sales.xlsx", ["a", "b", "c", None], [], [1, 2.5, at], [None, "x"], [1, 2, 3, 4, 5])

    table = WorkbookFile(path, None)

    assert table.heading == ["a", "b", "c"]
    assert rows_of(table) == [(3, [1, 2.5, at]), (4, ["", "x", ""]), (5, [1, 2, 3, 4, 5])]


def test_a_sheet_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sales.xlsx", ["a"], [1], sheet="مبيعات")

    assert rows_of(WorkbookFile(path, "مبيعات")) == [(2, [1])]
    with pytest.raises(UsageError, match=r"no sheet “Sales”\. Its sheets are: مبيعات"):
        WorkbookFile(path, "Sales")


def test_what_is_no_table_at_all(tmp_path: Path) -> None:
    mapping = load_mapping("online-retail")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and nothing else")
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    charts = openpyxl.Workbook()
    charts.create_chartsheet("Chart")
    charts.remove(charts.active)
    charts.save(tmp_path / "charts.xlsx")

    for path, complaint in (
        (pipe, "no regular file"),
        (tmp_path / "charts.xlsx", "is not a workbook"),
        (tmp_path / "none.csv", "cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory"),
        (broken, "is not a workbook"),
        (old, "old Excel"),
        (workbook(tmp_path / "empty.xlsx"), "is empty"),
    ):
        with pytest.raises(UsageError, match=complaint):
            open_table(path, mapping, None)
    with pytest.raises(UsageError, match="encoding “latin-99” is not known"):
        open_table(old, mapping, "latin-99")
