"""Drafts of a programme: kept while they are worked on, whether or not they could be published yet."""

from typing import Any

from django.db import connection, transaction

from wafa.operations.publish_programme import NoDraftError, next_number
from wafa.store.counting_lock import keep_batches_out
from wafa.store.models import Merchant, ProgrammeVersion, VersionState


def save_draft(merchant: Merchant, body: dict[str, Any], number: int | None = None) -> ProgrammeVersion:
    """Keep a draft under a new number, or (`number`) in place of what it said before. Raises NoDraftError."""
    with transaction.atomic():
        keep_batches_out(merchant.id)
        if number is None:
            return ProgrammeVersion.objects.create(
                merchant=merchant, number=next_number(merchant), starts_at=merchant.now(), body=body
            )
        draft = _draft(merchant, number)
        draft.body = body
        draft.save(update_fields=["body"])
    return draft


def discard_draft(merchant: Merchant, number: int) -> None:
    """It is not wanted any more. Raises NoDraftError."""
    with transaction.atomic():
        draft = _draft(merchant, number)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM programme_version WHERE merchant_id = %s AND id = %s", [merchant.id, draft.id])


def _draft(merchant: Merchant, number: int) -> ProgrammeVersion:
    drafts = ProgrammeVersion.objects.of(merchant).filter(state=VersionState.DRAFT).select_for_update()
    draft = drafts.filter(number=number).first()
    if draft is None:
        raise NoDraftError(number)
    return draft
