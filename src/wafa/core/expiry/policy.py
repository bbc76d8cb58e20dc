"""Expiry policies: the last day on which points of a purchase can be spent. A class a kind, all of one shape."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self, cast

from wafa.core.values.calendar import months_later
from wafa.core.values.calendars import ARITHMETIC, CALENDARS, PERIODS, Calendars, Period, day_at
from wafa.core.values.fields import Fields

MONTHS_MOST = 1200
DAYS_MOST = 36_500
"""A hundred years: who wants points to last longer says `never`."""


class ExpiryPolicy(ABC):
    """How long points last, counted from the day of the purchase that earned them."""

    __slots__ = ()

    kind: ClassVar[str]

    @property
    def idle_months(self) -> int | None:
        """After how many months without activity the points run out; None: activity does not matter."""
        return None

    @abstractmethod
    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date | None:
        """The last day for points of a purchase on that day; None: they never expire."""

    @classmethod
    @abstractmethod
    def of(cls, fields: Fields) -> Self:
        """This kind from its fields, the kind itself read already."""

    @staticmethod
    def read(fields: Fields) -> "ExpiryPolicy":
        """A policy from its JSON, {"kind": ...} and the kind's own fields; what is wrong is noted in `fields`."""
        kind = fields.one_of("kind", KINDS)
        if kind is None:
            return Never()
        policy = KINDS[kind].of(fields)
        fields.done()
        return policy


@dataclass(frozen=True, slots=True)
class AfterMonths(ExpiryPolicy):
    """So many Gregorian months after the purchase, that day included."""

    kind: ClassVar[str] = "months"
    months: int

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date:
        """See `ExpiryPolicy.last_day`."""
        return months_later(occurred_on, self.months)

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{"months": 6}"""
        return cls(fields.whole("months", least=1, most=MONTHS_MOST))


@dataclass(frozen=True, slots=True)
class AfterDays(ExpiryPolicy):
    """So many days after the purchase, the last one included."""

    kind: ClassVar[str] = "days"
    days: int

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date:
        """See `ExpiryPolicy.last_day`."""
        return day_at(occurred_on.toordinal() + self.days)

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{"days": 90}"""
        return cls(fields.whole("days", least=1, most=DAYS_MOST))


@dataclass(frozen=True, slots=True)
class EndOf(ExpiryPolicy):
    """The end of the month, quarter or year that holds the day so many months after the purchase, in one calendar."""

    kind: ClassVar[str] = "end_of"
    period: Period
    months: int
    calendar: str

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date:
        """See `ExpiryPolicy.last_day`."""
        calendar = calendars.named(self.calendar)
        return calendar.end_of(self.period, calendar.months_later(occurred_on, self.months))

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{"period": "year", "months": 12, "calendar": "jalali"}; 0 months: the period of the purchase itself"""
        period = fields.one_of("period", PERIODS) or "month"
        months = fields.whole("months", most=MONTHS_MOST)
        calendar = fields.one_of("calendar", CALENDARS) or "gregorian"
        return cls(cast(Period, period), months, calendar)


@dataclass(frozen=True, slots=True)
class Fixed(ExpiryPolicy):
    """One day for all points, whenever they were earned; those earned after it have lapsed at once."""

    kind: ClassVar[str] = "fixed"
    on: date

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date:
        """See `ExpiryPolicy.last_day`."""
        return self.on

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{"on": "2012-03-31"}"""
        if not fields.has("on"):
            fields.problem("on", "missing")
        return cls(fields.day("on") or date.max)


@dataclass(frozen=True, slots=True)
class Inactivity(ExpiryPolicy):
    """So many Gregorian months after the wallet's last activity: at first the purchase, then whatever moves the day."""

    kind: ClassVar[str] = "inactivity"
    months: int

    @property
    def idle_months(self) -> int:
        """See `ExpiryPolicy.idle_months`."""
        return self.months

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> date:
        """See `ExpiryPolicy.last_day`; the same months after a later activity are for the wallet to count."""
        return months_later(occurred_on, self.months)

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{"months": 12}"""
        return cls(fields.whole("months", least=1, most=MONTHS_MOST))


@dataclass(frozen=True, slots=True)
class Never(ExpiryPolicy):
    """Points that stay."""

    kind: ClassVar[str] = "never"

    def last_day(self, occurred_on: date, calendars: Calendars = ARITHMETIC) -> None:
        """See `ExpiryPolicy.last_day`."""
        return None

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """{}"""
        return cls()


KINDS: dict[str, type[ExpiryPolicy]] = {
    policy.kind: policy for policy in (AfterMonths, AfterDays, EndOf, Fixed, Inactivity, Never)
}
"""Every kind of policy, by the name that a programme calls it."""
