"""Clauses of when something was bought: days of the week, hours, days, seasons."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wafa.core.earning.conditions.times import WEEKDAYS
from wafa.wording import dates
from wafa.wording.figures import decimal
from wafa.wording.rules.months import day_of_month, month
from wafa.wording.rules.series import together
from wafa.wording.rules.terms import Body, Terms


def weekday(when: Body, terms: Terms) -> str:
    """On Fridays and Saturdays."""
    named = [_(_EACH_WEEK[day]) for day in WEEKDAYS if day in when["of"]]
    return _("on %(days)s") % {"days": together(named)}


def hours(when: Body, terms: Terms) -> str:
    """From 16:00 to 18:00."""
    return _("from %(start)s to %(end)s") % {"start": decimal(when["from"]), "end": decimal(when["to"])}


def days_between(when: Body, terms: Terms) -> str:
    """From one day to another; either may be open. Empty where both are."""
    first, last = _day(when.get("from")), _day(when.get("to"))
    if first and last:
        return _on(first) if first == last else _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s on") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else ""


def season(when: Body, terms: Terms) -> str:
    """In Ramadan every year."""
    calendar, (first_month, first_day), (last_month, last_day) = when["calendar"], when["from"], when["to"]
    if first_month == last_month and first_day == 1 and last_day >= _WHOLE[calendar][first_month - 1]:
        return _("in %(month)s every year") % {"month": month(calendar, first_month)}
    first, last = day_of_month(calendar, first_month, first_day), day_of_month(calendar, last_month, last_day)
    if first == last:
        return _("on %(day)s every year") % {"day": first}
    return _("from %(first)s to %(last)s every year") % {"first": first, "last": last}


def clock(minute: int) -> str:
    """A time of the day, from the minutes since midnight: 16:05."""
    return decimal(written(minute))


def written(minute: int) -> str:
    """The same as JSON has it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def a_weekday(day: str) -> str:
    """A day of the week by itself: Friday."""
    return _(_ONCE[day])


def _on(day: str) -> str:
    return _("on %(day)s") % {"day": day}


def _day(text: str | None) -> str:
    return dates.day(date.fromisoformat(text)) if text else ""


_EACH_WEEK = {
    "monday": gettext_noop("Mondays"),
    "tuesday": gettext_noop("Tuesdays"),
    "wednesday": gettext_noop("Wednesdays"),
    "thursday": gettext_noop("Thursdays"),
    "friday": gettext_noop("Fridays"),
    "saturday": gettext_noop("Saturdays"),
    "sunday": gettext_noop("Sundays"),
}
_ONCE = {
    "monday": gettext_noop("Monday"),
    "tuesday": gettext_noop("Tuesday"),
    "wednesday": gettext_noop("Wednesday"),
    "thursday": gettext_noop("Thursday"),
    "friday": gettext_noop("Friday"),
    "saturday": gettext_noop("Saturday"),
    "sunday": gettext_noop("Sunday"),
}
_WHOLE = {
    "gregorian": (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31),
    "jalali": (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29),
    "hijri": (29,) * 12,
}
"""The days that each month always has: who names them all, and perhaps one more, means the month.

A Hijri season that ends with the 29th is told as the month; where the 30th is left out on purpose, that is not seen.
"""
