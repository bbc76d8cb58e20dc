"""Newcomers: members with their wallets, and branches, made where they are missing, all in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from wafa.store.ids import new_id
from wafa.store.outbox import Joined


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who joins: the number that the merchant's systems know them by, and when. Phone in E.164."""

    number: str
    enrolled_at: datetime
    name: str = ""
    phone: str = ""


def make_newcomers(merchant_id: UUID, members: Sequence[NewMember], branches: Mapping[str, str]) -> list[Joined]:
    """Make the members and branches (code -> name) that are missing, each member with a wallet; answers who joined.

    Whoever is there already stays as they are. Part of a transaction, which puts those who joined into the outbox.
    """
    opened = sorted(branches.items())
    asked = {new_id(): member for member in sorted(members, key=lambda member: member.number)}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS (
                SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
                    AS asked (member_id, wallet_id, number, name, phone, enrolled_at)
            ), opened AS (
                INSERT INTO branch (merchant_id, id, code, name)
                SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::text[])
                ON CONFLICT (merchant_id, code) DO NOTHING
            ), joined AS (
                INSERT INTO member (merchant_id, id, number, name, phone, status, enrolled_at)
                SELECT %s, member_id, number, name, phone, 'active', enrolled_at FROM asked ORDER BY number
                ON CONFLICT (merchant_id, number) DO NOTHING
                RETURNING id
            )
            INSERT INTO wallet (merchant_id, id, member_id, unit, available, pending, held, debt, qualifying,
                                eligible_purchases, tier, sequence, status)
            SELECT %s, wallet_id, member_id, 'points', 0, 0, 0, 0, 0, 0, '', 0, 'open'
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
                [new_id() for _ in opened],
                [code for code, _ in opened],
                [name for _, name in opened],
                merchant_id,
                merchant_id,
            ],
        )
        return [(wallet, member, asked[member].enrolled_at) for wallet, member in cursor.fetchall()]
