"""What slips are made of, and what is at hand to tell them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wafa.wording import dates
from wafa.wording.languages import isolated
from wafa.wording.measures import POINTS, Measure
from wafa.wording.names import Names

Explanation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One rule's share of the change, or one lot's. One that is not `signed` is no change: it is only put elsewhere."""

    label: str
    points: int
    reason: str = ""
    measure: Measure = POINTS
    signed: bool = True

    @property
    def figure(self) -> str:
        """As pages show it: +45"""
        return self.measure.change(self.points) if self.signed else self.measure.number(self.points)

    def __str__(self) -> str:
        """ "Gold, half as much again: 22." """
        label = _("%(label)s, %(reason)s") % {"label": self.label, "reason": self.reason} if self.reason else self.label
        points = self.measure.number(self.points) if self.points >= 0 else self.measure.change(self.points)
        return _("%(label)s: %(points)s.") % {"label": label, "points": points}


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one receipt; of the entry's own where no other is named."""

    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    receipt: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything that an entry has to say for itself."""

    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The slip in one breath, for the command line and messages."""
        said: list[str] = []
        for part in self.parts:
            if part.receipt:
                said.append(_("Receipt %(number)s.") % {"number": isolated(part.receipt)})
            said += [str(line) for line in part.lines]
            said += part.notes
        return " ".join([*said, *self.notes])


@dataclass(frozen=True, slots=True)
class Telling:
    """By which names and in which terms an entry is told.

    `points` is the entry's own change, `of_at` when the entry happened that it answers (the hold it captures, the
    redemption it cancels); `zone` is the merchant's.
    """

    names: Names
    version: UUID | None
    currency: str
    measure: Measure = POINTS
    points: int = 0
    zone: tzinfo = UTC
    of_at: datetime | None = None

    def moment(self, at: datetime) -> str:
        """An instant by the merchant's clock."""
        return dates.moment(at, self.zone)


def last_day(lot: Explanation) -> str:
    """When a lot of an explanation runs out, as a clause."""
    day = lot.get("expires_on")
    return _("last day %(day)s") % {"day": dates.day(date.fromisoformat(day))} if day else _("without expiry")


def by_lot(lots: list[Explanation], label: str, telling: Telling, sign: int = 1, *, signed: bool = True) -> list[Part]:
    """A part for each lot that gave or got something, with the receipt that it came from."""
    return [
        Part(
            (Line(label, sign * int(lot["points"]), last_day(lot), telling.measure, signed),),
            (),
            str(lot.get("number") or ""),
            str(lot.get("document") or ""),
        )
        for lot in lots
    ]
