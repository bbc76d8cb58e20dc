"""When a document of an import is counted: now, or, in a replay, at its own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from wafa.store.models import Merchant


class Clock(Protocol):
    """What an import asks about time."""

    def posts_at(self, occurred_at: datetime) -> datetime:
        """When a document is counted; never earlier than the one before it."""

    def expiry_before(self, occurred_at: datetime) -> datetime | None:
        """The instant at which lots run out before this document, where it is the first of its day."""


class PresentClock:
    """Everything is counted when it is imported, by the merchant's clock."""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._latest = merchant.now()

    def posts_at(self, occurred_at: datetime) -> datetime:
        """See `Clock.posts_at`. Should the system's clock be put back meanwhile, this one waits."""
        self._latest = max(self._latest, self._merchant.now())
        return self._latest

    def expiry_before(self, occurred_at: datetime) -> datetime | None:
        """See `Clock.expiry_before`: an import leaves expiry to its own job."""
        return None


class VirtualClock:
    """Goes from document to document, and at the beginning of each day lets run out what has passed its last day.

    It never runs ahead of the real clocks: a document from the future is left to the engine, which refuses it.
    """

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._present = PresentClock(merchant)
        self._day: date | None = None

    def posts_at(self, occurred_at: datetime) -> datetime:
        """See `Clock.posts_at`."""
        return min(occurred_at, max(datetime.now(UTC), self._present.posts_at(occurred_at)))

    def expiry_before(self, occurred_at: datetime) -> datetime | None:
        """See `Clock.expiry_before`."""
        day = self.posts_at(occurred_at).astimezone(self._merchant.zone).date()
        if day == self._day:
            return None
        self._day = day
        return start_of(day, self._merchant)

    def end(self, last_at: datetime) -> datetime:
        """Where the clock stands after the last document: at the start of the day that follows."""
        day = self.posts_at(last_at).astimezone(self._merchant.zone).date()
        return start_of(day + timedelta(days=1), self._merchant)


def start_of(day: date, merchant: Merchant) -> datetime:
    """The first instant of a merchant's day."""
    return datetime.combine(day, time(), merchant.zone).astimezone(UTC)
