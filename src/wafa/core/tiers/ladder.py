"""The ladder: the tiers of a programme, and which of them progress supports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wafa.core.tiers.qualification import Qualification, Tier
from wafa.core.values.calendar import Window
from wafa.core.values.calendars import Calendars

ByDay = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A tier not reached yet, and what is missing of it in the measure's units."""

    tier: Tier
    missing: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers in ascending order, at least one and the first from 0, and how members climb them.

    Progress is given as its lifetime total and by the merchant's day of the receipt, from `days_needed` on. A return
    takes it back with its receipt's day, not with its own.
    """

    tiers: tuple[Tier, ...]
    qualification: Qualification

    def supported(self, lifetime: int, by_day: ByDay, today: date, calendars: Calendars) -> Tier:
        """The highest tier that the progress supports today."""
        best = max(self._progress(lifetime, by_day, today, calendars))
        return next((tier for tier in reversed(self.tiers) if best >= tier.threshold), self.tiers[0])

    def next(self, lifetime: int, by_day: ByDay, today: date, calendars: Calendars) -> Ahead | None:
        """The nearest tier not supported yet; None at the top.

        What is missing is counted from the span that still grows: last year's points keep a tier, but reach no new one.
        """
        spans = self._progress(lifetime, by_day, today, calendars)
        tier = next((tier for tier in self.tiers[1:] if tier.threshold > max(spans)), None)
        return Ahead(tier, tier.threshold - spans[-1]) if tier else None

    def days_needed(self, today: date, calendars: Calendars) -> date | None:
        """The earliest day whose progress counts today; None: the lifetime total says it all."""
        return self.qualification.window.spans(today, calendars)[0].first

    def rank(self, code: str) -> int:
        """Place on the ladder; a code that this ladder does not know stands below it, as does none at all."""
        return next((rank for rank, tier in enumerate(self.tiers) if tier.code == code), -1)

    def _progress(self, lifetime: int, by_day: ByDay, today: date, calendars: Calendars) -> list[int]:
        """What each span holds, oldest first."""
        spans = self.qualification.window.spans(today, calendars)
        return [_within(span, by_day) if span.first or span.last else lifetime for span in spans]


def _within(span: Window, by_day: ByDay) -> int:
    return sum(units for day, units in by_day.items() if span.holds(day))
