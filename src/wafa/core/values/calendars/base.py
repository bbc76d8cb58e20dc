"""What every calendar answers, worked out from one table or formula: on which day each month begins."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Literal

Period = Literal["month", "quarter", "year"]
PERIODS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}
"""The periods that a calendar can end, each with its number of months."""

_LAST_ORDINAL = date.max.toordinal()


def day_at(ordinal: int) -> date:
    """The day of a proleptic Gregorian ordinal; before year 1 and after 9999 the nearest day that there is."""
    return date.fromordinal(min(max(ordinal, 1), _LAST_ORDINAL))


class Calendar(ABC):
    """Twelve months a year. Days go in and come out as `date`; what is counted in between is the calendar's own.

    Inside, a month is one number: year x 12 + (month - 1); a day is its ordinal. So every sum is of whole numbers.
    """

    __slots__ = ()

    @abstractmethod
    def begins(self, month: int) -> int:
        """The ordinal of a month's first day; ascending with the month's number, over all numbers."""

    @abstractmethod
    def near(self, day: date) -> int:
        """A month that holds the day, or is close to the one that does."""

    def month_of(self, day: date) -> int:
        """The month that holds the day."""
        ordinal = day.toordinal()
        month = self.near(day)
        while self.begins(month) > ordinal:
            month -= 1
        while self.begins(month + 1) <= ordinal:
            month += 1
        return month

    def year_of(self, day: date) -> int:
        """The calendar's year that holds the day."""
        return self.month_of(day) // 12

    def months_later(self, day: date, months: int) -> date:
        """The day with the same number so many months on; that month's last day where it has no such number."""
        month = self.month_of(day)
        days_before = day.toordinal() - self.begins(month)
        then = month + months
        return day_at(min(self.begins(then) + days_before, self.begins(then + 1) - 1))

    def first_of_month(self, day: date) -> date:
        """The first day of the month that holds the day."""
        return day_at(self.begins(self.month_of(day)))

    def first_of_year(self, day: date) -> date:
        """The first day of the year that holds the day."""
        return day_at(self.begins(self.year_of(day) * 12))

    def end_of(self, period: Period, day: date) -> date:
        """The last day of the month, quarter or year that holds the day; quarters begin with months 1, 4, 7 and 10."""
        months = PERIODS[period]
        periods_before = self.month_of(day) // months
        return day_at(self.begins((periods_before + 1) * months) - 1)

    def end_of_month(self, day: date) -> date:
        """The last day of the month that holds the day."""
        return self.end_of("month", day)

    def end_of_quarter(self, day: date) -> date:
        """The last day of the quarter that holds the day."""
        return self.end_of("quarter", day)

    def end_of_year(self, day: date) -> date:
        """The last day of the year that holds the day."""
        return self.end_of("year", day)
