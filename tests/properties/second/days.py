"""Days: the merchant's day at an instant, and the last day of points, by the programme's JSON."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from wafa.core.values.calendars import ARITHMETIC

Json = dict[str, Any]
QUARTER_HOUR = timedelta(minutes=15)


class Clock:
    """Instants and days of one time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self._begins: dict[date, datetime] = {}

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def begins(self, day: date) -> datetime:
        """The first quarter of an hour that the zone calls by that day: found by trying one after another."""
        if day not in self._begins:
            at = datetime.combine(day, time(), UTC) - timedelta(hours=15)
            while self.day(at) < day:
                at += QUARTER_HOUR
            self._begins[day] = at
        return self._begins[day]


def months_later(day: date, months: int) -> date:
    """That day of the month so many months on, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(expiry: Json, on: date) -> date | None:
    """The last day on which points of that day can be spent; None: there is none."""
    match expiry["kind"]:
        case "months" | "inactivity":
            return months_later(on, expiry["months"])
        case "days":
            return on + timedelta(expiry["days"])
        case "fixed":
            return date.fromisoformat(expiry["on"])
        case "end_of":
            return _end_of(expiry["period"], expiry["calendar"], on, expiry["months"])
    return None


def idle_months(expiry: Json) -> int | None:
    return expiry["months"] if expiry["kind"] == "inactivity" else None


def _end_of(period: str, calendar: str, on: date, months: int) -> date:
    if calendar != "gregorian":
        named = ARITHMETIC.named(calendar)
        return named.end_of(period, named.months_later(on, months))  # type: ignore[arg-type]
    day = months_later(on, months)
    length = {"month": 1, "quarter": 3, "year": 12}[period]
    last_month = (day.month + length - 1) // length * length
    return date(day.year, last_month, monthrange(day.year, last_month)[1])


def window(per: str, day: date) -> tuple[date, date]:
    """First and last day of the day, the week (from Monday) or the month around a day."""
    if per == "day":
        return day, day
    if per == "week":
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6)
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def qualifying_spans(window_json: Json, today: date) -> list[tuple[date, date]]:
    """The spans whose progress counts today; the best of them decides."""
    match window_json["kind"]:
        case "rolling_months":
            return [(months_later(today.replace(day=1), 1 - window_json["months"]), date.max)]
        case "calendar_year":
            first = _first_of_year(window_json["calendar"], today)
            before = first - timedelta(1)
            return [(_first_of_year(window_json["calendar"], before), before), (first, date.max)]
    return []


def _first_of_year(calendar: str, day: date) -> date:
    return day.replace(month=1, day=1) if calendar == "gregorian" else ARITHMETIC.named(calendar).first_of_year(day)
