"""What the member bought before: how often, how much, how long ago.

This purchase counts as one of them where it has an eligible amount above zero, as everywhere.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from wafa.core.earning import facts
from wafa.core.earning.conditions.base import Lacking, Leaf
from wafa.core.earning.reading import Reading
from wafa.core.values.fields import Fields

COUNT_MOST, DAYS_MOST = 10_000, 36_500


@dataclass(frozen=True, slots=True)
class NthPurchase(Leaf):
    """It is the n-th purchase of the member's life, or every so manieth."""

    kind: ClassVar[str] = "nth_purchase"
    n: int | None
    every: int | None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"n": 3} or {"every": 5}"""
        if fields.has("every"):
            return cls(None, fields.whole("every", least=2, most=COUNT_MOST))
        return cls(fields.whole("n", least=1, most=COUNT_MOST), None)

    def holds(self, reading: Reading) -> bool:
        """Where this one counts."""
        number = reading.facts.earlier_purchases + 1
        return reading.eligible_minor > 0 and (number % self.every == 0 if self.every else number == self.n)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """Which one is wanted, and which one it is."""
        return {"n": self.n, "every": self.every, "number": reading.facts.earlier_purchases + 1}

    def lacks(self, reading: Reading) -> Lacking | None:
        """How many more purchases."""
        number = reading.facts.earlier_purchases + int(reading.eligible_minor > 0)
        missing = self.every - number % self.every if self.every else (self.n or 0) - number
        return Lacking("nth_purchase", missing) if missing > 0 and not self.holds(reading) else None


@dataclass(frozen=True, slots=True)
class FirstAtBranch(Leaf):
    """The member has not bought at this branch before."""

    kind: ClassVar[str] = "first_at_branch"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{}"""
        return cls()

    def holds(self, reading: Reading) -> bool:
        """Where this one counts."""
        return reading.eligible_minor > 0 and reading.facts.more[facts.AT_BRANCH] == 0

    def miss(self, reading: Reading) -> dict[str, Any]:
        """How often before."""
        return {"before": reading.facts.more[facts.AT_BRANCH]}

    def facts_read(self) -> frozenset[str]:
        """Earlier purchases at the branch."""
        return frozenset({facts.AT_BRANCH})


@dataclass(frozen=True, slots=True)
class NotSeen(Leaf):
    """The member's last purchase was at least so many days ago; there must have been one."""

    kind: ClassVar[str] = "not_seen"
    days: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"days": 60}"""
        return cls(fields.whole("days", least=1, most=DAYS_MOST))

    def holds(self, reading: Reading) -> bool:
        """On the day itself too."""
        since = reading.facts.more[facts.SINCE_LAST]
        return since is not None and since >= self.days

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The days wanted, and those that there are."""
        return {"days": self.days, "since": reading.facts.more[facts.SINCE_LAST]}

    def facts_read(self) -> frozenset[str]:
        """Days since the last purchase."""
        return frozenset({facts.SINCE_LAST})


@dataclass(frozen=True, slots=True)
class NewMember(Leaf):
    """The member enrolled at most so many days ago."""

    kind: ClassVar[str] = "new_member"
    days: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"days": 30}"""
        return cls(fields.whole("days", most=DAYS_MOST))

    def holds(self, reading: Reading) -> bool:
        """On the last day too."""
        since = reading.facts.more[facts.ENROLLED_DAYS]
        return since is not None and since <= self.days

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The days within which, and those that there are."""
        return {"days": self.days, "since": reading.facts.more[facts.ENROLLED_DAYS]}

    def facts_read(self) -> frozenset[str]:
        """Days since enrolment."""
        return frozenset({facts.ENROLLED_DAYS})


@dataclass(frozen=True, slots=True)
class Visits(Leaf):
    """It is the n-th purchase of the period, or one from the n-th on."""

    kind: ClassVar[str] = "visits"
    per: str
    n: int
    or_more: bool

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"per": "month", "n": 3} or {"per": "month", "at_least": 3}"""
        per = fields.one_of("per", facts.PERIODS) or facts.PERIODS[0]
        or_more = fields.has("at_least")
        return cls(per, fields.whole("at_least" if or_more else "n", least=1, most=COUNT_MOST), or_more)

    def holds(self, reading: Reading) -> bool:
        """Where this one counts."""
        number = self._before(reading) + 1
        return reading.eligible_minor > 0 and (number >= self.n if self.or_more else number == self.n)

    def miss(self, reading: Reading) -> dict[str, Any]:
        """Which one is wanted, and which one it is."""
        return {"per": self.per, "n": self.n, "or_more": self.or_more, "number": self._before(reading) + 1}

    def lacks(self, reading: Reading) -> Lacking | None:
        """How many more purchases in the period."""
        missing = self.n - self._before(reading) - int(reading.eligible_minor > 0)
        return Lacking("visits", missing) if missing > 0 else None

    def facts_read(self) -> frozenset[str]:
        """Earlier purchases in the period."""
        return frozenset({facts.visits(self.per)})

    def _before(self, reading: Reading) -> int:
        before: int = reading.facts.more[facts.visits(self.per)]
        return before


@dataclass(frozen=True, slots=True)
class Spent(Leaf):
    """The member's earlier purchases of the period come to at least so much."""

    kind: ClassVar[str] = "spent"
    per: str
    at_least_minor: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"per": "month", "at_least_minor": 100000}"""
        per = fields.one_of("per", facts.PERIODS) or facts.PERIODS[0]
        return cls(per, fields.whole("at_least_minor", least=1))

    def holds(self, reading: Reading) -> bool:
        """Without this one."""
        return reading.facts.spent[self.per] >= self.at_least_minor

    def miss(self, reading: Reading) -> dict[str, Any]:
        """The amount wanted, and what was spent before."""
        return {"per": self.per, "at_least_minor": self.at_least_minor, "spent_minor": reading.facts.spent[self.per]}

    def lacks(self, reading: Reading) -> Lacking | None:
        """How much more has to be spent, this one counted, for the next one to have it."""
        missing = self.at_least_minor - reading.facts.spent[self.per] - reading.eligible_minor
        return Lacking("spent", missing) if missing > 0 else None

    def windows_read(self) -> frozenset[str]:
        """Its own."""
        return frozenset({self.per})


@dataclass(frozen=True, slots=True)
class Referred(Leaf):
    """It is the n-th purchase of a member whom another one brought."""

    kind: ClassVar[str] = "referred"
    n: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """{"n": 1}"""
        return cls(fields.whole("n", least=1, most=COUNT_MOST))

    def holds(self, reading: Reading) -> bool:
        """Where this one counts."""
        return reading.eligible_minor > 0 and reading.facts.more[facts.REFERRED_PURCHASE] == self.n

    def miss(self, reading: Reading) -> dict[str, Any]:
        """Which one is wanted, and which one it is; None: nobody brought the member."""
        return {"n": self.n, "number": reading.facts.more[facts.REFERRED_PURCHASE]}

    def facts_read(self) -> frozenset[str]:
        """Which purchase of a referred member it is."""
        return frozenset({facts.REFERRED_PURCHASE})
