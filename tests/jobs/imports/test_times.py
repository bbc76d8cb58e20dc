"""Moments as shops write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from wafa.jobs.imports.cells import Cell
from wafa.jobs.imports.times import GREGORIAN, ISO, JALALI, Moments, gives_a_date

LONDON = ZoneInfo("Europe/London")
TEHRAN = ZoneInfo("Asia/Tehran")


def london(*cells: Cell, formats: tuple[str, ...] = ("%Y-%m-%d %H:%M:%S",)) -> str | None:
    """A moment in London, read, as UTC."""
    found = Moments(formats, LONDON, GREGORIAN).read(cells)
    return None if found is None else f"{found:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2010-12-01 08:26:00", "2010-12-01 08:26:00"),
        ("2011-06-01 08:26:00", "2011-06-01 07:26:00"),
        ("۲۰۱۱-۰۶-۰۱ ۰۸:۲۶:۰۰", "2011-06-01 07:26:00"),
        (" 2011-06-01  08:26:00 ", "2011-06-01 07:26:00"),
        ("2011-10-30 00:59:59", "2011-10-29 23:59:59"),
        ("2011-10-30 01:30:00", "2011-10-30 00:30:00"),  # twice that night: the first
        ("2011-10-30 02:00:00", "2011-10-30 02:00:00"),
        ("2011-03-27 00:59:59", "2011-03-27 00:59:59"),
        ("2011-03-27 01:30:00", "2011-03-27 01:30:00"),  # never that night: as though the clock had gone on
        ("2011-03-27 02:00:00", "2011-03-27 01:00:00"),
        ("2011-02-29 08:26:00", None),
        ("01/12/2010 08:26", None),
        ("2010-12-01", None),
        ("", None),
        ("1066-10-14 09:00:00", None),
        ("9999-12-31 23:59:59", None),
    ],
)
def test_a_text_in_a_zone(written: str, utc: str | None) -> None:
    assert london(written) == utc


def test_several_forms_are_tried_in_order() -> None:
    formats = ("%d/%m/%Y", "%m/%d/%Y %H:%M")

    assert london("01/02/2011", formats=formats) == "2011-02-01 00:00:00"
    assert london("01/02/2011 09:00", formats=formats) == "2011-01-02 09:00:00"


def test_date_and_time_in_two_columns() -> None:
    assert london("2011-01-02", "09:00:00") == "2011-01-02 09:00:00"


def test_iso_with_an_offset_needs_no_zone() -> None:
    assert london("2011-06-01T08:00:00+03:00", formats=(ISO,)) == "2011-06-01 05:00:00"
    assert london("2011-06-01T08:00", formats=(ISO,)) == "2011-06-01 07:00:00"


@pytest.mark.parametrize(
    ("cells", "utc"),
    [
        ((datetime(2011, 6, 1, 8, 26),), "2011-06-01 07:26:00"),  # noqa: DTZ001
        ((datetime(2011, 6, 1), time(8, 26)), "2011-06-01 07:26:00"),  # noqa: DTZ001
        ((date(2011, 6, 1), timedelta(hours=8)), "2011-06-01 07:00:00"),
        ((datetime(2011, 6, 1), ""), "2011-05-31 23:00:00"),  # noqa: DTZ001
        ((datetime(2011, 6, 1), "soon"), None),  # noqa: DTZ001
        ((40695.5,), None),
    ],
)
def test_a_workbooks_own_dates(cells: tuple[Cell, ...], utc: str | None) -> None:
    assert london(*cells) == utc


@pytest.mark.parametrize(
    ("form", "written"),
    [("%Y/%m/%d %H:%M", "۱۴۰۴/۰۲/۱۵ ۱۴:۳۰"), (ISO, "1404-02-15 14:30"), ("%d.%m.%y %H:%M", "15.02.04 14:30")],
)
def test_the_jalali_calendar(form: str, written: str) -> None:
    found = Moments((form,), TEHRAN, JALALI).read((written,))

    assert found == datetime(2025, 5, 5, 11, 0, tzinfo=UTC)


def test_no_day_of_the_jalali_calendar() -> None:
    moments = Moments(("%Y/%m/%d",), TEHRAN, JALALI)

    assert moments.read(("1403/12/30",)) is not None
    assert moments.read(("1404/12/30",)) is None
    assert moments.read(("1404/13/01",)) is None


@pytest.mark.parametrize(
    ("form", "calendar", "whole"),
    [
        ("%Y-%m-%d %H:%M:%S", GREGORIAN, True),
        ("%d %B %Y", GREGORIAN, True),
        (ISO, JALALI, True),
        ("%Y/%m/%d", JALALI, True),
        ("%Y-%m", GREGORIAN, False),
        ("%H:%M", GREGORIAN, False),
        ("YYYY-MM-DD", GREGORIAN, False),
        ("%Y/%m", JALALI, False),
    ],
)
def test_whether_a_form_gives_a_date(form: str, calendar: str, whole: bool) -> None:
    assert gives_a_date(form, calendar) is whole
