"""Who is meant: members named by their number, id, phone, e-mail, card or QR token, as their number."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from wafa.store.rows import text_array

NUMBER, ID, PHONE, EMAIL, CARD, QR = "external_id", "id", "phone", "email", "card", "qr"


@dataclass(frozen=True, slots=True)
class MemberName:
    """One way to name a member: `kind` is one of the above; a phone is in E.164, an id a UUID's text."""

    kind: str
    value: str


Found = dict[MemberName, list[str]]
"""The numbers of those whom a name fits: of a shared phone there are several."""


class NotOneMemberError(ValueError):
    """A name fits nobody, or (`several`) more than one: which of them is meant cannot be told."""

    def __init__(self, name: MemberName, several: bool) -> None:
        super().__init__(f"{'several' if several else 'nobody'} by {name.kind}")
        self.name, self.several = name, several


_FOUND = """
    WITH asked AS MATERIALIZED (
        SELECT %s::uuid AS merchant_id, kind, value FROM unnest(%s::text[], %s::text[]) AS asked (kind, value)
    )
    SELECT a.kind, a.value, m.number FROM asked a
    JOIN member m ON m.merchant_id = a.merchant_id AND m.id = CASE a.kind WHEN 'id' THEN a.value::uuid END
    UNION
    SELECT a.kind, a.value, m.number FROM asked a
    JOIN member m ON m.merchant_id = a.merchant_id AND m.phone = a.value AND m.phone <> '' AND m.survivor_id IS NULL
     AND m.status <> 'closed' WHERE a.kind = 'phone'
    UNION
    SELECT a.kind, a.value, m.number FROM asked a
    JOIN member m ON m.merchant_id = a.merchant_id AND lower(m.email) = lower(a.value) AND m.email <> ''
     AND m.survivor_id IS NULL AND m.status <> 'closed' WHERE a.kind = 'email'
    UNION
    SELECT a.kind, a.value, m.number FROM asked a
    JOIN member_token t ON t.merchant_id = a.merchant_id AND t.kind = a.kind AND t.ended_at IS NULL
     AND t.value = CASE a.kind WHEN 'qr' THEN encode(sha256(convert_to(a.value, 'UTF8')), 'hex') ELSE a.value END
    JOIN member m ON m.merchant_id = t.merchant_id AND m.id = t.member_id WHERE a.kind IN ('card', 'qr')
    ORDER BY 3
"""


def identify(merchant_id: UUID, names: Collection[MemberName]) -> Found:
    """The numbers by each name; who is named by their number is taken at their word, and not looked up."""
    found: Found = {name: [name.value] if name.kind == NUMBER else [] for name in names}
    asked = [name for name in names if name.kind != NUMBER]
    if asked:
        kinds, values = text_array(name.kind for name in asked), text_array(name.value for name in asked)
        with connection.cursor() as cursor:
            cursor.execute(_FOUND, [merchant_id, kinds, values])
            for kind, value, number in cursor.fetchall():
                found[MemberName(kind, value)].append(number)
    return found


def the_one(found: Found, name: MemberName) -> str:
    """The number of whom a name means. Raises NotOneMemberError."""
    numbers = found[name]
    if len(numbers) != 1:
        raise NotOneMemberError(name, several=len(numbers) > 1)
    return numbers[0]


def kept_of(secret: str) -> str:
    """What is kept of a QR token."""
    return hashlib.sha256(secret.encode()).hexdigest()
