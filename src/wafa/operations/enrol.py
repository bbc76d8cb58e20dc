"""Enrolling members: each gets a wallet with the row, so that a wallet can always be locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from wafa.store import outbox
from wafa.store.ids import new_id
from wafa.store.outbox import Joined


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who joins: the number that the merchant's systems know them by, and when. Phone in E.164."""

    number: str
    enrolled_at: datetime
    name: str = ""
    phone: str = ""


def enrol(merchant_id: UUID, members: Sequence[NewMember]) -> int:
    """Enrol those who have not joined yet; answers how many did. Who is a member already stays as they are."""
    with transaction.atomic():
        joined = enrol_in_transaction(merchant_id, members)
        outbox.append(merchant_id, joined, ())
    return len(joined)


def enrol_in_transaction(merchant_id: UUID, members: Sequence[NewMember]) -> list[Joined]:
    """The same, as part of a larger transaction, which is to put those who joined into the outbox."""
    asked = {new_id(): member for member in sorted(members, key=lambda member: member.number)}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS (
                SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
                    AS asked (member_id, wallet_id, number, name, phone, enrolled_at)
            ), joined AS (
                INSERT INTO member (merchant_id, id, number, name, phone, status, enrolled_at)
                SELECT %s, member_id, number, name, phone, 'active', enrolled_at FROM asked ORDER BY number
                ON CONFLICT (merchant_id, number) DO NOTHING
                RETURNING id
            )
            INSERT INTO wallet (merchant_id, id, member_id, unit, available, pending, held, debt, qualifying,
                                eligible_purchases, tier, sequence)
            SELECT %s, wallet_id, member_id, 'points', 0, 0, 0, 0, 0, 0, '', 0
            FROM asked JOIN joined ON joined.id = asked.member_id
            RETURNING id, member_id
            """,
            [
                list(asked),
                [new_id() for _ in asked],
                [member.number for member in asked.values()],
                [member.name for member in asked.values()],
                [member.phone for member in asked.values()],
                [member.enrolled_at for member in asked.values()],
                merchant_id,
                merchant_id,
            ],
        )
        return [(wallet, member, asked[member].enrolled_at) for wallet, member in cursor.fetchall()]
