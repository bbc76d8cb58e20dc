"""Cells that would hurt a careless reader, and workbooks: they come through as they are."""

from __future__ import annotations

from datetime import UTC, datetime, time

import openpyxl
import pytest

from tests.jobs.imports.shop import HEADING, MAPPING, Shop
from wafa.store.models import DocumentLine

pytestmark = pytest.mark.django_db(transaction=True)


def test_characters_that_mean_something_to_the_database(shop: Shop) -> None:
    shop.take(
        r"1\t1,2026-06-01 09:00,M\N,\.,1,10,7\7,Ol\aya",
        '2,2026-06-01 09:00,"M\tK","two\nlines",1,10,77,"Ola,ya"',
        "3,2026-06-01 09:00,'; DROP TABLE member;--,%s\x1f {x} 🧀,1,10,77,Olaya",
        "4,2026-06-01 09:00,MLK,Mi\0lk,1,10,77,Olaya",
    )

    assert shop.documents() == ["1\\t1", "2", "3"]
    lines = DocumentLine.objects.of(shop.merchant).values_list("item", "description")
    assert sorted(lines) == sorted(
        [("M\\N", "\\."), ("M K", "two\nlines"), ("'; DROP TABLE member;--", "%s\x1f {x} 🧀")]
    )
    assert shop.points("7\\7") == 10
    assert shop.rejected() == [(6, "it holds a character that no text has (NUL)")]


def test_long_descriptions_are_cut(shop: Shop) -> None:
    shop.take(f"1,2026-06-01 09:00,MLK,  {'x' * 300},1,10,77,Olaya")

    assert DocumentLine.objects.of(shop.merchant).get().description == "x" * 200


def test_codes_are_case_sensitive(shop: Shop) -> None:
    shop.take("1,2026-06-01 09:00,85123a,,1,10,77,Olaya", "1,2026-06-01 09:00,85123A,,1,10,77,Olaya")

    assert shop.lines("1") == [("85123a", 1000, 1000), ("85123A", 1000, 1000)]


def test_documents_of_one_moment_go_by_the_code_points_of_their_numbers(shop: Shop) -> None:
    numbers = ["b", "B", "10", "9", "a", "٩٩", "é"]

    shop.take(*(f"{number},2026-06-01 09:00,MLK,,1,1,77,Olaya" for number in numbers))

    points = [entry[2] for entry in shop.entries()]
    assert points == [1] * 7
    from wafa.store.models import Entry

    posted = Entry.objects.of(shop.merchant).order_by("sequence").values_list("document__number", flat=True)
    assert list(posted) == ["10", "9", "99", "B", "a", "b", "é"]


def test_a_workbook_counts_like_its_csv(shop: Shop) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADING.split(","))
    sheet.append([1001, datetime(2026, 6, 1, 9), "BRD", "Bread", 2, 3.5, 77, "Olaya"])  # noqa: DTZ001
    sheet.append([1001, datetime(2026, 6, 1, 9), 4011, None, 0.75, 40, "77", "Olaya"])  # noqa: DTZ001
    sheet.append([1002, "2026-06-01 10:00", "BRD", "Bread", "two", 3.5, None, "Olaya"])
    sheet.append([None] * 8)
    sheet.append(["R1", datetime(2026, 6, 2, 9), "BRD", "=1+1", -1, 3.5, 77.0, "Olaya"])  # noqa: DTZ001
    path = shop.folder / "till.xlsx"
    book.save(path)

    summary = shop.take(path)

    assert shop.documents() == ["1001", "R1"]
    assert shop.lines("1001") == [("BRD", 2000, 700), ("4011", 750, 3000)]
    assert shop.document("1001").occurred_at == datetime(2026, 6, 1, 6, tzinfo=UTC)
    assert (summary.rows_read, summary.rows_rejected) == (4, 1)
    assert shop.rejected() == [(4, "the quantity “two” is not a number")]
    assert shop.rejected_rows()[0]["Receipt"] == "1002"
    again = ["1001,2026-06-01 09:00,BRD,Bread,2,3.50,77,Olaya", "1001,2026-06-01 09:00,4011,,0.750,40.00,77,Olaya"]
    assert shop.take(*again).counted_before == 1


def test_date_and_time_of_a_workbook_in_two_columns(shop: Shop) -> None:
    mapping = shop.folder / "two.toml"
    mapping.write_text(MAPPING.replace('time = "Time"', 'time = ["Date", "Time"]'), "utf-8")
    book = openpyxl.Workbook()
    book.active.append(["Receipt", "Date", *HEADING.split(",")[1:]])
    book.active.append([1, datetime(2026, 6, 1), time(9, 30), "BRD", "", 1, 1, "", "Olaya"])  # noqa: DTZ001
    book.save(shop.folder / "two.xlsx")

    shop.take(shop.folder / "two.xlsx", mapping=mapping)

    assert shop.document("1").occurred_at == datetime(2026, 6, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("-2,", "2,"), "some rows with this receipt number are sold goods, others returned ones"),
        (("SAR", "USD"), "rows with this receipt number are in different currencies"),
        (("web", "app"), "rows with this receipt number name different channels"),
        (("R-1", "R-2"), "rows with this receipt number say that goods came back to different receipts"),
    ],
)
def test_rows_of_a_document_that_disagree(shop: Shop, change: tuple[str, str], reason: str) -> None:
    mapping = shop.folder / "sign.toml"
    text = MAPPING.replace('branch = "Branch"', 'branch = "Branch"\ncurrency = "Cur"\nchannel = "Via"\nreceipt = "Of"')
    text = text.replace('told_by = "number_prefix"\nprefix = "R"\nquantities = "negative"', 'told_by = "sign"')
    mapping.write_text(text, "utf-8")
    row = "1,2026-06-01 09:00,MLK,,-2,1,77,Olaya,SAR,web,R-1"
    other = "2,2026-06-01 09:00,MLK,,1,1,77,Olaya,SAR,web,"

    summary = shop.take(shop.file(row, other, row.replace(*change), heading=f"{HEADING},Cur,Via,Of"), mapping=mapping)

    assert (summary.counted, summary.refused) == (1, 1)
    assert shop.rejected() == [(2, reason), (4, reason)]
