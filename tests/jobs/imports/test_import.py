"""Importing as of now: what is counted, what is rejected and why, and that nothing counts twice."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.jobs.imports.shop import Shop
from wafa.jobs.commands.errors import UsageError
from wafa.store.models import Branch, ImportRun

pytestmark = pytest.mark.django_db(transaction=True)

BREAD = "1001,2026-06-01 09:00,BRD,Bread,2,3.50,77,Olaya"
MILK = "1001,2026-06-01 09:00,MLK,Milk,1,6.00,77,Olaya"
DATES = "1002,2026-06-01 10:00,DAT,Dates,0.750,40,,Olaya"
BREAD_BACK = "R1,2026-06-02 09:00,BRD,Bread,-1,3.50,77,Olaya"


def test_documents_are_made_of_rows(shop: Shop) -> None:
    summary = shop.take(BREAD, DATES, MILK, BREAD_BACK)

    assert shop.documents() == ["1001", "1002", "R1"]
    assert shop.lines("1001") == [("BRD", 2000, 700), ("MLK", 1000, 600)]
    assert shop.lines("1002") == [("DAT", 750, 3000)]
    assert shop.lines("R1") == [("BRD", 1000, 350)]
    assert shop.document("1001").occurred_at == datetime(2026, 6, 1, 6, tzinfo=UTC)
    assert shop.document("1001").posted_at == shop.merchant.clock_at
    assert shop.document("1002").member_id is None
    assert shop.document("R1").kind == "return"
    assert shop.points("77") == 13 - 4
    assert list(Branch.objects.of(shop.merchant).values_list("code", "name")) == [("Olaya", "Olaya")]
    assert (summary.rows_read, summary.counted, summary.anonymous, summary.rows_rejected) == (4, 3, 1, 0)
    assert summary.rejects is None
    assert not shop.rejects.exists()


def test_again_counts_nothing(shop: Shop) -> None:
    shop.take(BREAD, MILK, DATES, BREAD_BACK)
    before = shop.entries()

    summary = shop.take(BREAD, MILK, DATES, BREAD_BACK)

    assert (summary.counted, summary.counted_before, summary.refused) == (0, 3, 0)
    assert shop.entries() == before


def test_a_longer_file_counts_what_is_new(shop: Shop) -> None:
    shop.take(BREAD, MILK)

    summary = shop.take(DATES, BREAD, BREAD_BACK, MILK)

    assert (summary.counted, summary.counted_before) == (2, 1)
    assert shop.documents() == ["1001", "1002", "R1"]


def test_a_number_reused_with_other_content_is_refused(shop: Shop) -> None:
    shop.take(BREAD, MILK, DATES)
    before = shop.entries()

    summary = shop.take(BREAD, MILK.replace("6.00", "60.00"), DATES)

    assert (summary.counted, summary.counted_before, summary.refused) == (0, 1, 1)
    assert shop.entries() == before
    reason = "a receipt with this number has been counted already, and its content was another"
    assert shop.rejected() == [(2, reason), (3, reason)]


def test_rows_that_cannot_be_used_are_rejected_and_the_rest_goes_on(shop: Shop) -> None:
    summary = shop.take(
        BREAD,
        MILK.replace(",1,6.00", ",one,6.00"),
        MILK.replace(",1,6.00", ",1,6.00 SR"),
        MILK.replace(",1,6.00", ",,6.00"),
        MILK.replace(",1,6.00", ",0,6.00"),
        MILK.replace(",1,6.00", ",1,-6.00"),
        MILK.replace(",1,6.00", ",1.2345,6.00"),
        MILK.replace("2026-06-01 09:00", "1 June 2026"),
        MILK.replace("2026-06-01 09:00", ""),
        MILK.replace("MLK", ""),
        MILK.replace("1001", " "),
        MILK.replace("Olaya", ""),
        BREAD_BACK.replace("-1", "1"),
        "1003,2026-06-01 09:00,MLK",
        "1004,2026-06-01 09:00,MLK,Milk, large,1,6.00,77,Olaya",
        MILK.replace("MLK", "M" * 61),
        DATES,
    )

    assert shop.documents() == ["1001", "1002"]
    assert shop.lines("1001") == [("BRD", 2000, 700)]
    assert shop.rejected() == [
        (3, "the quantity “one” is not a number"),
        (4, "the price “6.00 SR” is not a number"),
        (5, "the quantity is missing"),
        (6, "in a sale the quantity must be above zero, and is 0"),
        (7, "the price is below zero: -6.00"),
        (8, "the quantity 1.2345 has more than three decimals"),
        (9, "the date “1 June 2026” cannot be read; it should look like “2011-03-09 01:04”"),
        (10, "there is no date"),
        (11, "there is no item code"),
        (12, "there is no receipt number"),
        (13, "there is no branch"),
        (14, "in a return the quantity must be below zero, and is 1"),
        (15, "it has 3 cells, but the heading has 8"),
        (16, "it has 9 cells, but the heading has 8"),
        (17, "the item code is longer than 60 characters"),
    ]
    assert (summary.rows_read, summary.rows_rejected, summary.counted) == (17, 15, 2)
    assert shop.rejected_rows()[0]["Item"] == "MLK"
    assert shop.rejected_rows()[0]["number"] == "1001"


def test_a_document_takes_the_earliest_time_of_all_its_rows(shop: Shop) -> None:
    shop.take(
        BREAD.replace("09:00", "09:02"),
        MILK.replace("09:00", "09:01"),
        MILK.replace("09:00", "08:59").replace(",1,6.00", ",none,6.00"),
    )

    assert shop.document("1001").occurred_at == datetime(2026, 6, 1, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("77", "78"), "rows with this receipt number name different members"),
        (("77", ""), "rows with this receipt number name different members"),
        (("Olaya", "Malaz"), "rows with this receipt number name different branches"),
    ],
)
def test_a_document_at_odds_with_itself_is_refused_whole(shop: Shop, change: tuple[str, str], reason: str) -> None:
    summary = shop.take(BREAD, DATES, MILK.replace(*change))

    assert shop.documents() == ["1002"]
    assert shop.rejected() == [(2, reason), (4, reason)]
    assert (summary.refused, summary.rows_rejected, summary.counted) == (1, 0, 1)


def test_member_numbers_are_normalised(shop: Shop) -> None:
    shop.take(
        "1,2026-06-01 09:00,MLK,Milk,1,10,  77 ,Olaya",
        "2,2026-06-01 10:00,MLK,Milk,1,10,۷۷,Olaya",
        "3,2026-06-01 11:00,MLK,Milk,1,10,٧٧\u200f,Olaya",
        "٤,2026-06-01 12:00,MLK,Milk,۲,۱۰٫۵۰,77,Olaya",
    )

    assert shop.documents() == ["1", "2", "3", "4"]
    assert shop.lines("4") == [("MLK", 2000, 2100)]
    assert shop.points("77") == 30 + 21


def test_more_back_than_was_bought_is_noted(shop: Shop) -> None:
    summary = shop.take(BREAD, MILK, BREAD_BACK.replace("-1", "-5"))

    assert (summary.counted, summary.refused, summary.unmatched) == (2, 0, 1)
    assert shop.points("77") == 6
    assert shop.rejected() == []


def test_more_back_than_a_named_receipt_holds_is_refused(shop: Shop, mapping_file: Callable[..., Path]) -> None:
    mapping = mapping_file(('branch = "Branch"', 'branch = "Branch"\nreceipt = "Of"'))
    heading = "Receipt,Time,Item,Name,Qty,Price,Card,Branch,Of"
    path = shop.file(
        f"{BREAD},",
        f"{BREAD_BACK.replace('-1', '-3')},1001",
        f"{BREAD_BACK.replace('R1', 'R2')},1001",
        f"{BREAD_BACK.replace('R1', 'R3')},9999",
        heading=heading,
    )

    summary = shop.take(path, mapping=mapping)

    # The last one waits for its receipt.
    assert shop.documents() == ["1001", "R2", "R3"]
    assert (summary.counted, summary.refused) == (3, 1)
    assert shop.rejected() == [(3, "3 of “BRD” came back, but only 2 can: that is what the receipt still holds")]


def test_a_document_from_the_future_is_refused(shop: Shop) -> None:
    summary = shop.take(BREAD, DATES.replace("2026-06-01", "2026-08-01"))

    assert (summary.counted, summary.refused) == (1, 1)
    assert shop.rejected() == [(3, "its date lies in the future")]


def test_unknown_members_and_branches_are_refused_unless_the_mapping_says_otherwise(
    shop: Shop, mapping_file: Callable[..., Path]
) -> None:
    strict = mapping_file(("enrol_unknown_members = true", ""))
    stricter = strict.with_name("stricter.toml")
    stricter.write_text(strict.read_text("utf-8").replace("open_unknown = true", ""), "utf-8")

    assert shop.take(BREAD, DATES, mapping=strict).counted == 1
    assert shop.rejected() == [(2, "there is no member with the number “77”")]
    shop.take(DATES.replace("1002", "1003").replace("Olaya", "Malaz"), mapping=stricter)
    assert shop.rejected() == [(2, "there is no branch “Malaz”")]
    assert shop.documents() == ["1002"]


def test_a_refused_document_can_be_imported_once_it_is_right(shop: Shop, mapping_file: Callable[..., Path]) -> None:
    strict = mapping_file(("enrol_unknown_members = true", ""))
    shop.take(BREAD, mapping=strict)

    summary = shop.take(BREAD)

    assert (summary.counted, summary.rejects) == (1, None)
    assert not shop.rejects.exists()


def test_the_rejects_file_is_safe_in_a_spreadsheet_and_can_be_imported_again(shop: Shop) -> None:
    shop.take(
        BREAD.replace("Bread", "=HYPERLINK(1)").replace("77", "@77"),
        MILK.replace("Milk", "-2+3").replace("77", "78"),
        DATES.replace(",0.750,", ",-0.750,"),
    )

    assert [row["Name"] for row in shop.rejected_rows()] == ["'=HYPERLINK(1)", "'-2+3", "Dates"]
    assert [row["Card"] for row in shop.rejected_rows()] == ["'@77", "78", ""]
    assert shop.rejected_rows()[2]["Qty"] == "-0.750"

    corrected = shop.folder / "corrected.csv"
    corrected.write_text(shop.rejects.read_text("utf-8-sig").replace(",78,", ",'@77,"), "utf-8-sig")
    summary = shop.take(corrected)

    assert (summary.counted, summary.rows_rejected) == (1, 1)
    assert shop.points("@77") == 13
    assert shop.lines("1001") == [("BRD", 2000, 700), ("MLK", 1000, 600)]


@pytest.mark.parametrize("packed", [gzip.compress, lzma.compress])
def test_packed_files(shop: Shop, packed: Callable[[bytes], bytes]) -> None:
    path = shop.file(BREAD, MILK)
    path.write_bytes(packed(path.read_bytes()))

    assert shop.take(path).counted == 1


def test_a_file_that_breaks_off_writes_nothing(shop: Shop) -> None:
    path = shop.file(BREAD, MILK)
    path.write_bytes(gzip.compress(path.read_bytes())[:-12])

    with pytest.raises(UsageError, match="damaged"):
        shop.take(path)
    assert shop.has_nothing()


def test_another_encoding_is_named_and_can_be_given(shop: Shop) -> None:
    path = shop.file(BREAD.replace("Bread", "خبز"), encoding="cp1256")

    with pytest.raises(UsageError, match="--encoding cp1256"):
        shop.take(path)
    assert shop.has_nothing()
    assert shop.take(path, encoding="cp1256").counted == 1


def test_an_encoding_error_far_down_writes_nothing(shop: Shop) -> None:
    path = shop.file(*(BREAD.replace("1001", str(number)) for number in range(5000)))
    with path.open("ab") as file:
        file.write(b"9999,2026-06-01 09:00,BRD,\xc8\xd1\xcf,1,1,77,Olaya\n")

    with pytest.raises(UsageError, match=r"not UTF-8 \(near line"):
        shop.take(path)
    assert shop.has_nothing()


def test_a_missing_column_is_named(shop: Shop) -> None:
    path = shop.file(BREAD, heading="Receipt,Time,Item,Name,Quantity,Cost,Card,Branch")

    with pytest.raises(UsageError, match=r"no column “Qty”, “Price”\. Its columns are: “Receipt”, “Time”"):
        shop.take(path)
    assert shop.has_nothing()


def test_an_empty_file_is_refused_and_one_without_rows_is_not(shop: Shop) -> None:
    empty = shop.folder / "empty.csv"
    empty.touch()

    with pytest.raises(UsageError, match=r"empty\.csv is empty"):
        shop.take(empty)
    assert shop.has_nothing()
    assert shop.take(shop.file()).rows_read == 0


def test_a_run_is_on_record(shop: Shop) -> None:
    shop.take(BREAD, MILK, DATES, "x")

    run = ImportRun.objects.of(shop.merchant).get()
    assert (run.file_name, run.mapping, run.source, run.replay) == ("till.csv", "shop", "till", False)
    assert (run.rows_read, run.rows_rejected, run.documents_read) == (4, 1, 2)
    assert (run.counted, run.anonymous, run.refused) == (2, 1, 0)
    assert run.finished_at is not None


def test_a_place_where_no_rejects_file_can_be_is_refused_first(shop: Shop) -> None:
    with pytest.raises(UsageError, match="rejects"):
        shop.take(BREAD, rejects=shop.folder / "nowhere" / "rejects.csv")
    with pytest.raises(UsageError, match="rejects"):
        shop.take(BREAD, rejects=shop.folder / "till.csv")
    assert shop.has_nothing()
