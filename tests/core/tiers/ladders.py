"""Ladders and progress for tests, as short as a cell of a table."""

from __future__ import annotations

from datetime import date

from wafa.core.tiers.ladder import Ladder
from wafa.core.tiers.qualification import Measure, Qualification, Tier
from wafa.core.tiers.window import CalendarYear, Lifetime, QualifyingWindow, RollingMonths
from wafa.core.values.calendars import Calendars, HijriTable

STEPS = "bronze 0, silver 100, gold 500"

# A published month may begin a day before or after the arithmetic one, and so the year. 1433 began on 26 November 2011
# in Umm al-Qura, where arithmetic says the 27th.
CALENDARS = Calendars(HijriTable(1433, 1, (date(2011, 11, 26), date(2011, 12, 26), date(2012, 1, 24))))


def ladder(window: str = "lifetime", grace_days: int = 0, soft: bool = False, steps: str = STEPS) -> Ladder:
    """`window` as `lifetime`, `12 months`, or `gregorian year`."""
    qualification = Qualification(Measure.POINTS, _window(window), grace_days, soft)
    return Ladder(tuple(_tier(step) for step in steps.split(", ")), qualification)


def progress(text: str) -> dict[date, int]:
    """`2011-12-20 450, 2012-01-05 60`; `-` is none."""
    parted = [day.split() for day in text.split(", ")] if text != "-" else []
    return {date.fromisoformat(day): int(units) for day, units in parted}


def _window(text: str) -> QualifyingWindow:
    first, _, last = text.partition(" ")
    if last == "months":
        return RollingMonths(int(first))
    return CalendarYear(first) if last == "year" else Lifetime()


def _tier(text: str) -> Tier:
    code, threshold = text.split()
    return Tier(code, int(threshold), {"en": code.title()})
