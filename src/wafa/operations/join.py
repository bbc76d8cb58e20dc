"""Joining: one member enrolled with all that is known of them, or changed later."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wafa.store import outbox
from wafa.store.copies import Copies
from wafa.store.identify import kept_of
from wafa.store.models import Member, MemberStatus, MemberToken, TokenKind
from wafa.store.newcomers import NewMember, make_newcomers

OWN_NUMBER_DIGITS = 12
"""Of a number that Wafa gives: so many that one cannot be guessed from another."""


class MemberExistsError(ValueError):
    """Somebody has this number already."""


class CardTakenError(ValueError):
    """The card is, or was, somebody's."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins. Without a number they get one; `profile` are columns of Member, `card` is the number on their card."""

    enrolled_at: datetime
    number: str = ""
    name: str = ""
    phone: str = ""
    profile: Mapping[str, Any] | None = None
    card: str = ""


def join(merchant_id: UUID, who: Joining) -> Member:
    """Enrol them, with their wallet and the event. Raises MemberExistsError or CardTakenError."""
    number = who.number or f"W{secrets.randbelow(10**OWN_NUMBER_DIGITS):0{OWN_NUMBER_DIGITS}}"
    with transaction.atomic():
        joined = make_newcomers(merchant_id, [NewMember(number, who.enrolled_at, who.name, who.phone)], {})
        if not joined:
            raise MemberExistsError(number)
        with Copies() as copies:
            outbox.append(copies, merchant_id, joined, ())
        if who.profile:
            Member.objects.of(merchant_id).filter(number=number).update(**who.profile)
        member = Member.objects.of(merchant_id).get(number=number)
        if who.card:
            give_card(merchant_id, member.id, who.card)
        return member


def change_member(merchant_id: UUID, member_id: UUID, changes: Mapping[str, Any]) -> None:
    """Only what is named changes. Consents are added to those that were given before."""
    with transaction.atomic():
        member = Member.objects.of(merchant_id).select_for_update(of=("self",)).get(id=member_id)
        for column, value in changes.items():
            setattr(member, column, member.consents | value if column == "consents" else value)
        member.save(update_fields=list(changes))


def set_blocked(merchant_id: UUID, member_id: UUID, blocked: bool) -> bool:
    """Block a member, or let them take part again; False: they have left."""
    status = MemberStatus.BLOCKED if blocked else MemberStatus.ACTIVE
    members = Member.objects.of(merchant_id).filter(id=member_id).exclude(status=MemberStatus.CLOSED)
    return bool(members.update(status=status))


def give_card(merchant_id: UUID, member_id: UUID, number: str) -> None:
    """From now on the card is theirs. Raises CardTakenError; a card that was lost once is nobody's again."""
    try:
        with transaction.atomic():
            MemberToken.objects.create(merchant_id=merchant_id, member_id=member_id, kind=TokenKind.CARD, value=number)
    except IntegrityError:
        theirs = MemberToken.objects.of(merchant_id).filter(
            kind=TokenKind.CARD, value=number, member_id=member_id, ended_at__isnull=True
        )
        if not theirs.exists():
            raise CardTakenError(number) from None


def end_card(merchant_id: UUID, member_id: UUID, number: str, at: datetime) -> bool:
    """The card was lost: it opens nothing any more. False: it is not theirs."""
    cards = MemberToken.objects.of(merchant_id).filter(kind=TokenKind.CARD, value=number, member_id=member_id)
    cards.filter(ended_at__isnull=True).update(ended_at=at)
    return cards.exists()


def issue_qr(merchant_id: UUID, member_id: UUID, at: datetime) -> str:
    """A fresh token for the member's phone; the one before it opens nothing any more."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        tokens = MemberToken.objects.of(merchant_id).filter(kind=TokenKind.QR, member_id=member_id)
        tokens.filter(ended_at__isnull=True).update(ended_at=at)
        MemberToken.objects.create(
            merchant_id=merchant_id, member_id=member_id, kind=TokenKind.QR, value=kept_of(token)
        )
    return token
