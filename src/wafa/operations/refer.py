"""Noting who brought whom along: before the friend buys anything, once, and nobody in a circle."""

from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from wafa.store.models import Member, MemberStatus


class ReferralFault(StrEnum):
    """Why nobody was brought along, in the order in which it is looked at."""

    FRIEND_UNKNOWN = "friend_unknown"
    REFERRER_UNKNOWN = "referrer_unknown"
    THE_SAME = "the_same"
    NOT_ACTIVE = "not_active"
    SHARED_PHONE = "shared_phone"
    REFERRED_ALREADY = "referred_already"
    HAS_BOUGHT = "has_bought"
    CIRCLE = "circle"


class ReferralRefusedError(ValueError):
    """Nothing was noted; `fault` says why."""

    def __init__(self, fault: ReferralFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def refer(merchant_id: UUID, friend: str, referrer: str) -> None:
    """Note that one member, by number, was brought along by another. Again the same is no fault.

    Raises ReferralRefusedError. Numbers of merged members stand for their survivors.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two who refer each other at once could close a circle that neither sees.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"referrals {merchant_id}"])
        one, other = _member(merchant_id, friend), _member(merchant_id, referrer)
        if one and other and one.referrer_id == other.id:
            return
        fault = _fault(merchant_id, one, other)
        if fault or one is None or other is None:
            raise ReferralRefusedError(fault or ReferralFault.FRIEND_UNKNOWN)
        one.referrer = other
        one.save(update_fields=["referrer"])


def _member(merchant_id: UUID, number: str) -> Member | None:
    member = Member.objects.of(merchant_id).filter(number=number).select_related("survivor").first()
    return member.survivor or member if member else None


def _fault(merchant_id: UUID, friend: Member | None, referrer: Member | None) -> ReferralFault | None:
    if friend is None:
        return ReferralFault.FRIEND_UNKNOWN
    if referrer is None:
        return ReferralFault.REFERRER_UNKNOWN
    if friend.id == referrer.id:
        return ReferralFault.THE_SAME
    if {friend.status, referrer.status} != {MemberStatus.ACTIVE}:
        return ReferralFault.NOT_ACTIVE
    if friend.phone and friend.phone == referrer.phone:
        return ReferralFault.SHARED_PHONE
    if friend.referrer_id:
        return ReferralFault.REFERRED_ALREADY
    return _in_the_books(merchant_id, friend, referrer)


def _in_the_books(merchant_id: UUID, friend: Member, referrer: Member) -> ReferralFault | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM document WHERE merchant_id = %s AND member_id = %s)", [merchant_id, friend.id]
        )
        if cursor.fetchall()[0][0]:
            return ReferralFault.HAS_BOUGHT
        cursor.execute(
            """
            WITH RECURSIVE above AS (
                SELECT id, referrer_id FROM member WHERE merchant_id = %s AND id = %s
                UNION
                SELECT m.id, m.referrer_id FROM above a
                JOIN member m ON m.merchant_id = %s AND m.id = a.referrer_id
            )
            SELECT EXISTS (SELECT FROM above WHERE id = %s)
            """,
            [merchant_id, referrer.id, merchant_id, friend.id],
        )
        return ReferralFault.CIRCLE if cursor.fetchall()[0][0] else None
