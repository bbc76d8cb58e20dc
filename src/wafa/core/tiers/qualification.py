"""Qualification: what climbs the ladder, over which time, and how a tier is lost again (law 9)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from wafa.core.tiers.window import CalendarYear, Lifetime, QualifyingWindow, RollingMonths
from wafa.core.values.calendars import CALENDARS
from wafa.core.values.fields import Fields


class Measure(StrEnum):
    """What counts: qualifying points, eligible spend in minor units, or visits (receipts with an eligible amount)."""

    POINTS = "points"
    SPEND = "spend"
    VISITS = "visits"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the ladder. `threshold` in units of the programme's measure; names by language."""

    code: str
    threshold: int
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Qualification:
    """How tiers are reached and lost.

    A tier that is no longer supported is kept for `grace_days`; with `soft_landing` it falls by one step at a time.
    """

    measure: Measure
    window: QualifyingWindow
    grace_days: int
    soft_landing: bool

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"measure": "spend", "window": {"kind": "rolling_months", "months": 12}, "grace_days": 30}; reads it all."""
        measure = fields.one_of("measure", tuple(Measure))
        window = _window(fields.inner("window"))
        grace_days = fields.whole("grace_days", most=3650) if fields.has("grace_days") else 0
        soft_landing = fields.flag("soft_landing", False)
        fields.done()
        return cls(Measure(measure or Measure.POINTS), window, grace_days, soft_landing)


LIFETIME_POINTS = Qualification(Measure.POINTS, Lifetime(), grace_days=0, soft_landing=False)
"""What a programme means that does not speak of qualification."""


def _window(fields: Fields) -> QualifyingWindow:
    kind = fields.one_of("kind", ("lifetime", "calendar_year", "rolling_months"))
    window: QualifyingWindow = Lifetime()
    if kind == "calendar_year":
        window = CalendarYear(fields.one_of("calendar", CALENDARS) or CALENDARS[0])
    elif kind == "rolling_months":
        window = RollingMonths(fields.whole("months", least=1, most=120))
    if kind:
        fields.done()
    return window
