"""What members show to be known by: cards are added and end, a QR token is made and ends the one before it."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wafa.store.identify import kept_of
from wafa.store.members import lock_member, with_absorbed
from wafa.store.models import MemberToken
from wafa.store.models.member_token import TokenKind

SECRET_BYTES = 24


class CardTakenError(ValueError):
    """A card with this number is another member's, or has ended."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def add_card(merchant_id: UUID, member_id: UUID, number: str) -> None:
    """From now on it is the member's; given again, it stays theirs. One that has ended is nobody's any more.

    Raises CardTakenError, MemberMissingError, MemberClosedError.
    """
    with transaction.atomic():
        member = lock_member(merchant_id, member_id)
        names = {"merchant_id": merchant_id, "kind": TokenKind.CARD, "value": number}
        MemberToken.objects.of(merchant_id).bulk_create(
            [MemberToken(member_id=member.id, **names)],
            ignore_conflicts=True,
        )
        card = MemberToken.objects.of(merchant_id).get(kind=TokenKind.CARD, value=number)
        if card.ended_at or card.member_id not in with_absorbed(merchant_id, member.id):
            raise CardTakenError(number)


def end_card(merchant_id: UUID, member_id: UUID, number: str) -> bool:
    """It opens nothing any more; False: the member has no such card. Raises MemberMissingError, MemberClosedError."""
    with transaction.atomic():
        member = lock_member(merchant_id, member_id)
        return _end(merchant_id, member.id, kind=TokenKind.CARD, value=number) > 0


def issue_qr(merchant_id: UUID, member_id: UUID) -> str:
    """A new QR token, told this once; any before it opens nothing. Raises MemberMissingError, MemberClosedError."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        member = lock_member(merchant_id, member_id)
        _end(merchant_id, member.id, kind=TokenKind.QR)
        MemberToken.objects.create(
            merchant_id=merchant_id, member_id=member.id, kind=TokenKind.QR, value=kept_of(token)
        )
    return token


def _end(merchant_id: UUID, member_id: UUID, **which: str) -> int:
    theirs = MemberToken.objects.of(merchant_id).filter(member_id__in=with_absorbed(merchant_id, member_id), **which)
    return theirs.filter(ended_at__isnull=True).update(ended_at=timezone.now())
