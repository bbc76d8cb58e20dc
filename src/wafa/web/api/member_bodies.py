"""Members as programs send them: who joins, and what changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from wafa.operations.enrol_member import Enrolment
from wafa.store.models import Merchant
from wafa.web.api.bodies import Tags
from wafa.web.api.fields import Body, Code, Day, Description, Email, MaybeCode, Name
from wafa.web.api.member_names import MemberRef, e164, one_fault
from wafa.web.api.problems import ProblemError

PHONE_LONGEST = 40
Phone = Annotated[str, Field(max_length=PHONE_LONGEST, description="As people write it, in any digits.")]
Channel = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,29}$")]
Consents = Annotated[
    dict[Channel, bool],
    Field(max_length=20, description='By channel whether they agreed to it: {"sms": true, "email": false}.'),
]
Language = Literal["en", "ar", "fa"]
Calendar = Literal["gregorian", "jalali", "hijri"]


class EnrolIn(Body):
    """Somebody who joins. Whoever has no number of yours is given one."""

    external_id: MaybeCode = Field("", description="Their number in your system. Without it: one is made.")
    name: Name = ""
    phone: Phone | None = None
    email: Email | None = None
    language: Language | None = None
    born_on: Day | None = None
    birth_calendar: Calendar = Field("gregorian", description="The calendar in which they have their birthday.")
    tags: Tags = []
    consents: Consents = {}
    card: MaybeCode = Field("", description="The number on the card that they are given.")

    def enrolment(self, merchant: Merchant) -> Enrolment:
        """As the operation takes it; raises ProblemError."""
        return Enrolment(
            number=self.external_id,
            name=self.name,
            phone=phone_kept(self.phone, merchant),
            email=self.email or "",
            language=self.language or "",
            born_on=born(self.born_on, merchant),
            birth_calendar=self.birth_calendar,
            tags=tuple(tags_kept(self.tags)),
            consents=self.consents,
            card=self.card,
        )


class ChangeIn(Body):
    """What changes: a field that is not sent stays as it is, null empties one."""

    name: Name = ""
    phone: Phone | None = None
    email: Email | None = None
    language: Language | None = None
    born_on: Day | None = None
    birth_calendar: Calendar = "gregorian"
    tags: Tags = []
    consents: Consents = {}

    def changes(self, merchant: Merchant) -> dict[str, Any]:
        """Columns by name, of the fields that were sent but for the consents; raises ProblemError."""
        kept: dict[str, Any] = {
            "name": self.name,
            "phone": phone_kept(self.phone, merchant),
            "email": self.email or "",
            "language": self.language or "",
            "born_on": born(self.born_on, merchant),
            "birth_calendar": self.birth_calendar,
            "tags": tags_kept(self.tags),
        }
        return {name: value for name, value in kept.items() if name in self.model_fields_set}


class TagsIn(Body):
    """All tags that the member has from now on."""

    tags: Tags


class ReferrerIn(Body):
    """Who brought the member along."""

    referrer: MemberRef


class MergeIn(Body):
    """The member who stays."""

    into: MemberRef


class StatusIn(Body):
    """Why, in a few words; whoever follows the events is told."""

    reason: Description = ""


class CardIn(Body):
    """A card, by the number that is printed on it."""

    number: Code


def phone_kept(written: str | None, merchant: Merchant) -> str:
    """In E.164; empty: none."""
    return e164(written, merchant.time_zone, "phone") if written is not None else ""


def born(day: date | None, merchant: Merchant) -> date | None:
    """Nobody is born after today."""
    if day and day > merchant.now().astimezone(merchant.zone).date():
        raise ProblemError(422, "body_not_valid", path="born_on", errors=[one_fault("born_on", "in_the_future")])
    return day


def tags_kept(tags: list[str]) -> list[str]:
    """Each once, in the order in which they were sent."""
    return list(dict.fromkeys(tags))
