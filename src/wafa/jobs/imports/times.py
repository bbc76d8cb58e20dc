"""Moments as files write them, made into instants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jdatetime

from wafa.jobs.imports.cells import Cell, text
from wafa.wording.normalise import clean_reference

GREGORIAN = "gregorian"
JALALI = "jalali"
ISO = "iso"

YEAR_MIN, YEAR_MAX = 1900, 2200
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?")
_A_MOMENT = datetime(2011, 3, 9, 1, 4, 5)  # noqa: DTZ001 - a sample of how a local time is written


def parse(written: str, form: str, calendar: str) -> datetime | None:
    """A moment in a form of strptime's (or `iso`), in a calendar; None if the text is not of this form."""
    try:
        if calendar == GREGORIAN:
            return datetime.fromisoformat(written) if form == ISO else datetime.strptime(written, form)  # noqa: DTZ007
        if form != ISO:
            found = jdatetime.datetime.strptime(written, form)
        elif matched := _ISO_DAY.fullmatch(written):
            found = jdatetime.datetime(*(int(part or 0) for part in matched.groups()))
        else:
            return None
        gregorian: datetime = found.togregorian()
    except (ValueError, OverflowError):
        return None
    return gregorian


def gives_a_date(form: str, calendar: str) -> bool:
    """Whether a moment written in this form can be read again, at least to the day."""
    if form == ISO:
        return True
    sample = _A_MOMENT if calendar == GREGORIAN else jdatetime.datetime.fromgregorian(datetime=_A_MOMENT)
    found = parse(sample.strftime(form), form, calendar)
    return found is not None and found.date() == _A_MOMENT.date()


class Moments:
    """Reads the cells that say when something happened.

    A text without an offset is local time in `zone`. Where the clocks went back and an hour happened twice,
    it is the first of the two; a time that was skipped when they went forward counts on from the hour before.
    """

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo, calendar: str) -> None:
        self._formats = formats
        self._zone = zone
        self._calendar = calendar

    def read(self, cells: tuple[Cell, ...]) -> datetime | None:
        """The instant in UTC; None if it cannot be read, or lies in no plausible year."""
        local = _of_a_workbook(cells) or self._written(" ".join(clean_reference(text(cell)) for cell in cells).strip())
        if local is None or not YEAR_MIN <= local.year <= YEAR_MAX:
            return None
        return (local if local.tzinfo else local.replace(tzinfo=self._zone)).astimezone(UTC)

    @property
    def example(self) -> str:
        """How a moment should look, for whoever wrote it otherwise."""
        form = "%Y-%m-%d %H:%M:%S" if self._formats[0] == ISO else self._formats[0]
        if self._calendar == GREGORIAN:
            return _A_MOMENT.strftime(form)
        return str(jdatetime.datetime.fromgregorian(datetime=_A_MOMENT).strftime(form))

    def _written(self, written: str) -> datetime | None:
        found = (parse(written, form, self._calendar) for form in self._formats)
        return next((moment for moment in found if moment is not None), None)


def _of_a_workbook(cells: tuple[Cell, ...]) -> datetime | None:
    """A real date of a workbook, with a time of day in the next cell if it has one of its own."""
    first, *others = cells
    if not isinstance(first, date):
        return None
    moment = first if isinstance(first, datetime) else datetime.combine(first, time())
    for other in others:
        if isinstance(other, time):
            moment = datetime.combine(moment.date(), other)
        elif isinstance(other, timedelta):
            moment = datetime.combine(moment.date(), time()) + other
        elif text(other).strip():
            return None
    return moment
