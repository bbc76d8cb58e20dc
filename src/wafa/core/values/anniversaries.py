"""Days that come round: which days of earlier years have their anniversary on a day."""

from datetime import date

from wafa.core.values.calendars import Calendar, day_at

YEARS_BACK = 130
"""Nobody is older."""


def days_that_come_round(calendar: Calendar, day: date) -> list[date]:
    """The days, one year back and more, whose anniversary the day is, by the calendar.

    Who was born on a day that the month does not have this year (29 February) has it on the month's last day, as
    `Calendar.months_later` has it.
    """
    month = calendar.month_of(day)
    of_month = day.toordinal() - calendar.begins(month) + 1
    is_last = calendar.begins(month + 1) == day.toordinal() + 1
    found = []
    for years in range(1, YEARS_BACK + 1):
        earlier = month - 12 * years
        length = calendar.begins(earlier + 1) - calendar.begins(earlier)
        through = length if is_last else min(of_month, length)
        found += [day_at(calendar.begins(earlier) + each - 1) for each in range(of_month, through + 1)]
    return found
