"""Publishing a programme version: read whole, validated, and from then on immutable."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest

from wafa.core.programme import Programme
from wafa.store.budgets import set_budgets
from wafa.store.counting_lock import keep_batches_out
from wafa.store.models import Entry, Merchant, ProgrammeVersion, VersionState


class NoDraftError(ValueError):
    """The version has been published, or is not there any more."""


class StartsTooEarlyError(ValueError):
    """A version starts after the one before it, and after all that has been counted: that stays as it was."""

    def __init__(self, latest: datetime) -> None:
        super().__init__(f"it must start after {latest.isoformat()}")
        self.latest = latest


def publish_programme(
    merchant: Merchant, body: dict[str, Any], starts_at: datetime, *, draft: ProgrammeVersion | None = None
) -> ProgrammeVersion:
    """Put a version in force from an instant on; a draft that it was made from becomes it, and keeps its number.

    Raises ProgrammeInvalidError with each problem's path and code, StartsTooEarlyError, or NoDraftError.
    """
    Programme.read(body)
    with transaction.atomic():
        keep_batches_out(merchant.id)
        if draft and not ProgrammeVersion.objects.of(merchant).filter(id=draft.id, state=VersionState.DRAFT).exists():
            raise NoDraftError(draft.number)
        published = ProgrammeVersion.objects.of(merchant).exclude(state=VersionState.DRAFT)
        latest = published.aggregate(starts_at=Max("starts_at"))["starts_at"]
        if latest and starts_at <= latest:
            raise StartsTooEarlyError(latest)
        counted = Entry.objects.of(merchant).aggregate(latest=Greatest(Max("occurred_at"), Max("posted_at")))["latest"]
        if counted and starts_at <= counted:
            raise StartsTooEarlyError(counted)
        version = draft or ProgrammeVersion(merchant=merchant, number=next_number(merchant))
        version.state, version.body, version.starts_at = VersionState.LIVE, body, starts_at
        version.save()
        set_budgets(merchant.id)
    return version


def next_number(merchant: Merchant) -> int:
    """The one after the highest, drafts included."""
    highest = ProgrammeVersion.objects.of(merchant).aggregate(number=Max("number"))["number"]
    return (highest or 0) + 1
