"""Publishing a programme version: read whole, validated, and from then on immutable."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest

from wafa.core.programme import Programme
from wafa.store.counting_lock import keep_batches_out
from wafa.store.models import Entry, Merchant, ProgrammeVersion, VersionState


class StartsTooEarlyError(ValueError):
    """A version starts after the one before it, and after all that has been counted: that stays as it was."""

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"it must start after {latest.isoformat()}")
        self.latest = latest


def publish_programme(merchant: Merchant, body: dict[str, Any], starts_at: datetime) -> ProgrammeVersion:
    """Put a version in force from an instant on. Raises ProgrammeInvalidError with each problem's path and code."""
    Programme.read(body)
    with transaction.atomic():
        keep_batches_out(merchant.id)
        latest = ProgrammeVersion.objects.of(merchant).aggregate(number=Max("number"), starts_at=Max("starts_at"))
        if latest["starts_at"] and starts_at <= latest["starts_at"]:
            raise StartsTooEarlyError(latest["starts_at"])
        counted = Entry.objects.of(merchant).aggregate(latest=Greatest(Max("occurred_at"), Max("posted_at")))["latest"]
        if counted and starts_at <= counted:
            raise StartsTooEarlyError(counted)
        return ProgrammeVersion.objects.create(
            merchant=merchant,
            number=(latest["number"] or 0) + 1,
            state=VersionState.LIVE,
            starts_at=starts_at,
            body=body,
        )
