"""Numbers as shops write them."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

import pytest

from wafa.jobs.imports.cells import Cache, Cell, folded, number, text


@pytest.mark.parametrize(
    ("written", "with_point", "with_comma"),
    [
        ("12", "12", "12"),
        ("-12", "-12", "-12"),
        ("−12", "-12", "-12"),
        ("+12", "12", "12"),
        (" 12\u00a0", "12", "12"),
        ("1.5", "1.5", None),
        ("1,5", None, "1.5"),
        ("1,234.50", "1234.50", None),
        ("1.234,50", None, "1234.50"),
        ("1 234 567", "1234567", "1234567"),
        ("1'234", "1234", "1234"),
        (".5", "0.5", None),
        ("١٢٫٥", "12.5", "12.5"),
        ("۱٬۲۳۴٫۵۰", "1234.50", "1234.50"),
        ("\u200f۱۲", "12", "12"),
        ("12,34,567", None, None),
        ("1,23", None, "1.23"),
        ("", None, None),
        (".", None, None),
        ("-", None, None),
        ("--5", None, None),
        ("5-", None, None),
        ("1e5", None, None),
        ("0x1F", None, None),
        ("NaN", None, None),
        ("Infinity", None, None),
        ("1_000", None, None),
        ("5 SR", None, None),
        ("½", None, None),
        ("9" * 16, None, None),
    ],
)
def test_number(written: str, with_point: str | None, with_comma: str | None) -> None:
    def exactly(found: str | None) -> Decimal | None:
        return None if found is None else Decimal(found)

    assert number(written, ".") == exactly(with_point)
    assert number(written, ",") == exactly(with_comma)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (6, "6"),
        (6.0, "6"),
        (2.55, "2.55"),
        (0.1 + 0.2, "0.3"),
        (True, None),
        (float("inf"), None),
        (float("nan"), None),
        (datetime(2026, 1, 1), None),  # noqa: DTZ001
    ],
)
def test_number_of_a_workbook(cell: Cell, found: str | None) -> None:
    assert number(cell, ",") == (None if found is None else Decimal(found))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("as it is ", "as it is "),
        (17850, "17850"),
        (17850.0, "17850"),
        (2.55, "2.55"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),  # noqa: DTZ001
        (time(3, 4), "03:04:00"),
    ],
)
def test_text_of_a_workbook(cell: Cell, said: str) -> None:
    assert text(cell) == said


def test_headings_are_the_same_whoever_typed_them() -> None:
    assert folded(" Receipt\u00a0No ") == folded("receipt no")
    assert folded("كد كالاي") == folded("کد کالای")


def test_a_cache_does_not_outgrow_its_bound() -> None:
    made = []
    cache: Cache[int, int] = Cache(lambda key: made.append(key) or -key, entries_max=2)

    assert [cache[key] for key in (1, 1, 2, 3, 1)] == [-1, -1, -2, -3, -1]
    assert made == [1, 2, 3, 1]
    assert len(cache) == 2
