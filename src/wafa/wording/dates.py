"""Days, months and instants in the reader's habit: the Jalali calendar for Persian, Arabic month names for Arabic.

An instant is told in the zone it is given, the merchant's: a receipt of half past midnight in Riyadh was
not bought the day before, wherever the server stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import jdatetime

from wafa.wording.figures import decimal
from wafa.wording.languages import ARABIC, PERSIAN, chosen

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    ARABIC: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    PERSIAN: "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
}
_SHORT_MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split()


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of the reader's calendar."""

    year: int
    month: int

    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Month:
        """The month before it."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)


def _parts(value: date, reader: str) -> tuple[int, int, int]:
    if reader == PERSIAN:
        jalali = jdatetime.date.fromgregorian(year=value.year, month=value.month, day=value.day)
        return jalali.year, jalali.month, jalali.day
    return value.year, value.month, value.day


def day(value: date, language: str | None = None) -> str:
    """A day in full: 10 December 2011, ١٠ ديسمبر ٢٠١١, ۱۹ آذر ۱۳۹۰."""
    reader = chosen(language)
    year, month, of_month = _parts(value, reader)
    return f"{decimal(str(of_month), reader)} {_MONTHS[reader][month - 1]} {decimal(str(year), reader)}"


def short_day(value: date, language: str | None = None) -> str:
    """A day for narrow places: 10 Dec 2011. Arabic and Persian do not shorten their months."""
    reader = chosen(language)
    if reader != "en":
        return day(value, reader)
    return f"{value.day} {_SHORT_MONTHS[value.month - 1]} {value.year}"


def clock_time(value: datetime, zone: tzinfo, language: str | None = None) -> str:
    """The time of day, by the zone's clock: 14:05."""
    return decimal(f"{value.astimezone(zone):%H:%M}", language)


def local_day(value: datetime, zone: tzinfo) -> date:
    """The day an instant falls on in a zone."""
    return value.astimezone(zone).date()


def moment(value: datetime, zone: tzinfo, language: str | None = None) -> str:
    """An instant in full: 9 December 2011, 12:50."""
    reader = chosen(language)
    comma = "," if reader == "en" else "،"
    return f"{day(local_day(value, zone), reader)}{comma} {clock_time(value, zone, reader)}"


def month_of(value: date, language: str | None = None) -> Month:
    """The month of the reader's calendar that a day falls in."""
    year, month, _ = _parts(value, chosen(language))
    return Month(year, month)


def first_day(month: Month, language: str | None = None) -> date:
    """The day a month of the reader's calendar begins on."""
    if chosen(language) == PERSIAN:
        begins: date = jdatetime.date(month.year, month.month, 1).togregorian()
        return begins
    return date(month.year, month.month, 1)


def last_day(month: Month, language: str | None = None) -> date:
    """The day it ends on."""
    return first_day(month.next(), language) - timedelta(days=1)


def month_name(month: Month, language: str | None = None) -> str:
    """A month with its year: December 2011, آذر ۱۳۹۰."""
    reader = chosen(language)
    return f"{_MONTHS[reader][month.month - 1]} {decimal(str(month.year), reader)}"


def short_month_name(month: Month, language: str | None = None) -> str:
    """A month for the axis of a chart; its year is told beside it where the year begins."""
    reader = chosen(language)
    return (_SHORT_MONTHS if reader == "en" else _MONTHS[reader])[month.month - 1]


def year_name(year: int, language: str | None = None) -> str:
    """A year, without the comma that a number of that size would get."""
    return decimal(str(year), language)
