"""Expiry policies: the last day on which points of a purchase can be spent."""

from dataclasses import dataclass
from datetime import date

from wafa.core.values.calendar import months_later


@dataclass(frozen=True, slots=True)
class ExpiryPolicy:
    """So many calendar months after the purchase, that day included; None: never."""

    months: int | None

    def last_day(self, occurred_on: date) -> date | None:
        """The last day for points of a purchase on that day."""
        return None if self.months is None else months_later(occurred_on, self.months)
