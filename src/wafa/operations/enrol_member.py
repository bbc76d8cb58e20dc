"""Enrolling one member with all that is known of them; whoever has no number is given one."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wafa.operations.change_member import agreed
from wafa.operations.member_tokens import add_card
from wafa.store import outbox
from wafa.store.copies import Copies
from wafa.store.models import BirthCalendar, Member
from wafa.store.newcomers import NewMember, make_newcomers

# Without those that are taken for each other when read aloud or off a slip.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 12
TRIES = 5


class NumberTakenError(ValueError):
    """Somebody is a member under this `number` already."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who joins. Without a number they are given one that nobody can guess. Phone in E.164, a card by its number."""

    number: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    born_on: date | None = None
    birth_calendar: str = BirthCalendar.GREGORIAN
    tags: tuple[str, ...] = ()
    consents: Mapping[str, bool] = field(default_factory=dict)
    card: str = ""


def enrol_member(merchant_id: UUID, enrolment: Enrolment, at: datetime) -> UUID:
    """Enrol them; answers the member's id. Raises NumberTakenError, CardTakenError."""
    numbers = [enrolment.number] if enrolment.number else [new_number() for _ in range(TRIES)]
    with transaction.atomic():
        for number in numbers:
            joined = make_newcomers(merchant_id, [NewMember(number, at, enrolment.name, enrolment.phone)], {})
            if joined:
                break
        else:
            raise NumberTakenError(numbers[-1])
        [(_, member_id, _)] = joined
        Member.objects.of(merchant_id).filter(id=member_id).update(
            email=enrolment.email,
            language=enrolment.language,
            born_on=enrolment.born_on,
            birth_calendar=enrolment.birth_calendar,
            tags=list(enrolment.tags),
            consents=agreed({}, enrolment.consents, at),
        )
        with Copies() as copies:
            outbox.append(copies, merchant_id, joined, ())
        if enrolment.card:
            add_card(merchant_id, member_id, enrolment.card)
    return member_id


def new_number() -> str:
    """60 bits of chance, nearly: no two alike, and nobody finds another member by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH))
