"""Keeping what is known of members besides their purchases: birthdays, and the tags that put them into segments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from wafa.store.models import BirthCalendar
from wafa.store.rows import array, text_array


class MemberUnknownError(ValueError):
    """There are no members with these `numbers`."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(f"unknown: {', '.join(numbers)}")
        self.numbers = tuple(numbers)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """What is known of the member with a number; `birth_calendar` is the one in which they have their birthday."""

    member: str
    born_on: date | None = None
    birth_calendar: str = BirthCalendar.GREGORIAN
    tags: tuple[str, ...] = ()


def set_profiles(merchant_id: UUID, rows: Sequence[ProfileRow]) -> None:
    """All of them or none; of a number twice the last holds. Raises MemberUnknownError.

    A number of somebody who was merged stands for the survivor. Receipts of before keep what rules read then.
    """
    by_number = {row.member: row for row in rows}
    profiles = by_number.values()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS (
                SELECT * FROM unnest(%s::text[], %s::date[], %s::text[], %s::text[])
                    AS asked (number, born, kept_in, tags)
            ), changed AS (
                UPDATE member m SET born_on = a.born, birth_calendar = a.kept_in, tags = a.tags::text[]
                FROM asked a JOIN member named ON named.merchant_id = %s AND named.number = a.number
                WHERE m.merchant_id = %s AND m.id = coalesce(named.survivor_id, named.id)
            )
            SELECT a.number FROM asked a
            WHERE NOT EXISTS (SELECT FROM member m WHERE m.merchant_id = %s AND m.number = a.number) ORDER BY 1
            """,
            [
                text_array(by_number),
                array(row.born_on for row in profiles),
                text_array(row.birth_calendar for row in profiles),
                text_array(text_array(row.tags) for row in profiles),
                *[merchant_id] * 3,
            ],
        )
        unknown = [number for (number,) in cursor.fetchall()]
        if unknown:
            raise MemberUnknownError(unknown)
