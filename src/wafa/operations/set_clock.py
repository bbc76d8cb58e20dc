"""Setting a merchant's clock: to a fixed instant, or to the system's time (law 7)."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Max

from wafa.store.counting_lock import keep_batches_out
from wafa.store.models import Entry, Merchant


class ClockWouldGoBackError(ValueError):
    """Entries have been posted later than the instant: `latest` says when."""

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"entries were posted as late as {latest.isoformat()}")
        self.latest = latest


def set_clock(merchant: Merchant, at: datetime | None) -> None:
    """Let the merchant's clock stand at an instant, or (None) go with the system's.

    Never before the latest entry: what has been posted cannot lie in the future.
    """
    with transaction.atomic():
        keep_batches_out(merchant.id)
        locked = Merchant.objects.select_for_update().get(id=merchant.id)
        latest = Entry.objects.of(locked).aggregate(latest=Max("posted_at"))["latest"]
        if latest and (at or datetime.now(UTC)) < latest:
            raise ClockWouldGoBackError(latest)
        locked.clock_at = at
        locked.save(update_fields=["clock_at"])
    merchant.clock_at = at
