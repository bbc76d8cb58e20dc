"""Caps: how many points a rule, or a whole programme, gives a member at most in a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from wafa.core.earning.facts import PERIODS
from wafa.core.earning.lists import each_if_any
from wafa.core.values.calendar import SPANS, Window, period_of
from wafa.core.values.calendars.gregorian import GREGORIAN
from wafa.core.values.fields import Fields

CAMPAIGN, LIFETIME = "campaign", "lifetime"
PER = (*PERIODS, CAMPAIGN, LIFETIME)
"""Over which a rule's cap counts: the periods, the days on which the rule holds, or the whole of a member's life."""
LIMITS_PER = (*PERIODS, LIFETIME)
"""The same of a programme, which has no days of its own."""

ALWAYS = Window()


def window_of(day: date, per: str, during: Window = ALWAYS) -> Window:
    """The days over which a cap counts for a purchase of that day; `per` is one of `PER`, a week is from Monday."""
    if per in SPANS:
        return period_of(day, per)
    match per:
        case "year":
            return Window(GREGORIAN.first_of_year(day), GREGORIAN.end_of_year(day))
        case "campaign":
            return during
        case "lifetime":
            return ALWAYS
    raise ValueError(f"no period is named {per}")


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `points` per member and period, counted by the day on which the purchases happened."""

    points: int
    per: str

    @classmethod
    def read(cls, fields: Fields, known: Sequence[str] = PER) -> Self:
        """{"points": 100, "per": "day"}"""
        cap = cls(fields.whole("points", least=1), fields.one_of("per", known) or known[0])
        fields.done()
        return cap

    def headroom(self, held: int) -> int:
        """Points that it leaves for a receipt, where earlier receipts of the period still hold so many of the rule.

        None where they hold more than the cap, as after a version that lowered it.
        """
        return max(0, self.points - held)

    def cut(self, points: int, headroom: int, figures: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The points down to the headroom; where that takes any, the figures say so.

        `uncut` is what the rule would give without any cap: a kind that has said so already is not overruled.
        """
        if points <= headroom:
            return points, figures
        return headroom, {"uncut": points} | figures | {"headroom": headroom, "per": self.per}


def read_caps(fields: Fields, known: Sequence[str] = PER) -> tuple[Cap, ...]:
    """ "caps": [{"points": 100, "per": "day"}, {"points": 1000, "per": "campaign"}]: one for each period."""
    seen: set[str] = set()

    def read(inner: Fields) -> Cap:
        cap = Cap.read(inner, known)
        if cap.per in seen:
            inner.problem("per", "per_used_twice")
        seen.add(cap.per)
        return cap

    return tuple(each_if_any(fields, "caps", read))


@dataclass(frozen=True, slots=True)
class Allowance:
    """A cap as facts speak of it: `Facts.headroom[key]` is what it leaves for a receipt.

    `rule` is the code of the rule whose points count; None: those of all rules that give points. `during` are the days
    of a campaign.
    """

    key: str
    rule: str | None
    cap: Cap
    during: Window = ALWAYS

    def window(self, day: date) -> Window:
        """The days whose points count, for a purchase of that day."""
        return window_of(day, self.cap.per, self.during)

    def headroom(self, held: int) -> int:
        """Points that it leaves, where earlier receipts of the window still hold so many."""
        return self.cap.headroom(held)
