"""Who bought: how old, and whether it is a day of theirs."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning.conditions.base import Leaf
from wafa.core.earning.conditions.bounds import Bounds, read_bounds
from wafa.core.earning.facts import AGE, BIRTHDAY_IN, ENROLMENT_IN, FIRST_PURCHASE_IN
from wafa.core.earning.reading import Reading
from wafa.core.values.fields import Fields

DAYS_MOST = 180
"""Around a day of every year: more would be the whole year."""


@dataclass(frozen=True, slots=True)
class Age(Leaf):
    """The member is so old in full years. Of an age that is unknown it does not hold."""

    kind: ClassVar[str] = "age"
    years: Bounds

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"at_least": 18, "at_most": 25}, either of them or both."""
        return cls(read_bounds(fields, "at_least", "at_most"))

    def holds(self, reading: Reading) -> bool:
        """Both bounds included."""
        age = reading.facts.more[AGE]
        return age is not None and self.years.hold(age)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The bounds, and the age."""
        return {"at_least": self.years.least, "at_most": self.years.most, "age": reading.facts.more[AGE]}

    def facts_read(self) -> frozenset[str]:
        """The age."""
        return frozenset({AGE})


@dataclass(frozen=True, slots=True)
class Around(Leaf):
    """It is so many days before a day of every year, to so many after it. Of an unknown day it does not hold."""

    days_before: int
    days_after: int

    def days_from(self, reading: Reading) -> int | None:
        """Days from the nearest such day, below 0 before it; None where there is none."""
        raise NotImplementedError

    def holds(self, reading: Reading) -> bool:
        """The ends included."""
        days = self.days_from(reading)
        return days is not None and -self.days_before <= days <= self.days_after

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The days around it, and how far away it is."""
        return {"days_before": self.days_before, "days_after": self.days_after, "days_from": self.days_from(reading)}


class Birthday(Around):
    """Around the member's birthday, in the calendar of the birth date."""

    __slots__ = ()
    kind: ClassVar[str] = "birthday"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"days_before": 3, "days_after": 3}; left out: the day itself."""
        return cls(*_days(fields))

    def days_from(self, reading: Reading) -> int | None:
        """From the nearest birthday."""
        days: int | None = reading.facts.more[BIRTHDAY_IN]
        return days

    def facts_read(self) -> frozenset[str]:
        """How far away the birthday is."""
        return frozenset({BIRTHDAY_IN})


@dataclass(frozen=True, slots=True)
class Anniversary(Around):
    """Around the day of the year on which the member enrolled, or bought for the first time."""

    kind: ClassVar[str] = "anniversary"
    of: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"of": "enrolment", "days_before": 0, "days_after": 7}; or of "first_purchase"."""
        of = fields.one_of("of", _ANNIVERSARIES) or "enrolment"
        return cls(*_days(fields), of)

    def days_from(self, reading: Reading) -> int | None:
        """From the nearest anniversary."""
        days: int | None = reading.facts.more[_ANNIVERSARIES[self.of]]
        return days

    def miss(self, reading: Reading) -> dict[str, Any]:
        """Of what, the days around it, and how far away it is."""
        return {"of": self.of} | Around.miss(self, reading)

    def facts_read(self) -> frozenset[str]:
        """How far away it is."""
        return frozenset({_ANNIVERSARIES[self.of]})


_ANNIVERSARIES = {"enrolment": ENROLMENT_IN, "first_purchase": FIRST_PURCHASE_IN}


def _days(fields: Fields) -> tuple[int, int]:
    before = fields.whole("days_before", most=DAYS_MOST) if fields.has("days_before") else 0
    return before, fields.whole("days_after", most=DAYS_MOST) if fields.has("days_after") else 0
