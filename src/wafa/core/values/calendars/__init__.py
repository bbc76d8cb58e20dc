"""The calendars that rules may count in: Gregorian, Jalali (Solar Hijri) and Hijri, one shape for all."""

from dataclasses import dataclass

from wafa.core.values.calendars.base import PERIODS, Calendar, Period, day_at
from wafa.core.values.calendars.gregorian import GREGORIAN
from wafa.core.values.calendars.hijri import NO_TABLE, HijriCalendar, HijriTable
from wafa.core.values.calendars.jalali import JALALI

CALENDARS = ("gregorian", "jalali", "hijri")
"""The codes by which programmes name them."""


def calendar_named(code: str, hijri: HijriTable) -> Calendar:
    """The calendar of that code, the Hijri one by the table given; raises ValueError for a code that is none."""
    match code:
        case "gregorian":
            return GREGORIAN
        case "jalali":
            return JALALI
        case "hijri":
            return HijriCalendar(hijri)
    raise ValueError(f"no calendar is named {code}")


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars as a merchant has them: what is not arithmetic is held here."""

    hijri: HijriTable = NO_TABLE

    def named(self, code: str) -> Calendar:
        """The calendar of one of the codes in `CALENDARS`."""
        return calendar_named(code, self.hijri)


ARITHMETIC = Calendars()
"""All by arithmetic, the Hijri calendar too: for who has no table of it."""

__all__ = (
    "ARITHMETIC",
    "CALENDARS",
    "JALALI",
    "NO_TABLE",
    "PERIODS",
    "Calendar",
    "Calendars",
    "HijriTable",
    "Period",
    "calendar_named",
    "day_at",
)
