"""Adjustments that wait for a second person: kept, approved by somebody else, or declined."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wafa.core.commands import Adjust, request_hash
from wafa.store.models import ApiKey, ApprovalState, Entry, WaitingAdjustment


class KeyOfAnotherError(ValueError):
    """The idempotency key is that of another request."""


class NothingWaitsError(LookupError):
    """There is no such adjustment."""


class SamePersonError(ValueError):
    """Who asks may not approve, nor may a key that was made in their key's place."""


class DecidedAlreadyError(ValueError):
    """It has been approved, or declined."""


def keep_waiting(merchant_id: UUID, asked: Adjust, by: ApiKey) -> WaitingAdjustment:
    """Keep it until somebody decides; the same asked again is the same. Raises KeyOfAnotherError."""
    content = request_hash(asked)
    if Entry.objects.of(merchant_id).filter(request_key=asked.key).exclude(request_hash=content).exists():
        raise KeyOfAnotherError
    try:
        with transaction.atomic():
            return WaitingAdjustment.objects.create(
                merchant_id=merchant_id,
                key=asked.key,
                content_hash=content,
                member_number=asked.member,
                unit=asked.unit,
                points=asked.points,
                reason=asked.reason,
                note=asked.note,
                branch_code=asked.branch,
                expires_on=asked.expires_on,
                asked_by=by,
                asked_at=asked.at,
            )
    except IntegrityError:
        row = WaitingAdjustment.objects.of(merchant_id).select_related("asked_by").get(key=asked.key)
        if bytes(row.content_hash) != content:
            raise KeyOfAnotherError from None
        return row


def take_for_approval(merchant_id: UUID, id: UUID, by: ApiKey) -> WaitingAdjustment:
    """Mark it as approved, to be posted under its own key at once: whoever is interrupted approves again, and it counts
    once. Raises NothingWaitsError, SamePersonError, or DecidedAlreadyError of a declined one."""
    return _decide(merchant_id, id, by, ApprovalState.APPROVED)


def decline(merchant_id: UUID, id: UUID, by: ApiKey) -> WaitingAdjustment:
    """It will not be posted. Raises NothingWaitsError, SamePersonError, or DecidedAlreadyError of an approved one."""
    return _decide(merchant_id, id, by, ApprovalState.DECLINED)


def _decide(merchant_id: UUID, id: UUID, by: ApiKey, state: ApprovalState) -> WaitingAdjustment:
    with transaction.atomic():
        rows = WaitingAdjustment.objects.of(merchant_id).select_for_update(of=("self",)).select_related("asked_by")
        row = rows.filter(id=id).first()
        if row is None:
            raise NothingWaitsError
        if row.asked_by_id in _line(merchant_id, by):
            raise SamePersonError
        if row.state == ApprovalState.WAITING:
            row.state, row.decided_by, row.decided_at = state, by.name, timezone.now()
            row.save(update_fields=["state", "decided_by", "decided_at"])
        elif row.state != state:
            raise DecidedAlreadyError
        return row


def _line(merchant_id: UUID, key: ApiKey) -> set[UUID]:
    """The key, those in whose place it was made, and those made in its own."""
    follows = dict(ApiKey.objects.of(merchant_id).values_list("id", "follows_id"))

    def root(id: UUID) -> UUID:
        while above := follows.get(id):
            id = above
        return id

    return {id for id in follows if root(id) == root(key.id)}
