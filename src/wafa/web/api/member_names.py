"""How a body names a member: in exactly one of several ways."""

from __future__ import annotations

from functools import cache
from typing import Self

import phonenumbers
from babel.core import get_global
from pydantic import Field, model_validator

from wafa.store.identify import MemberName
from wafa.store.models import Merchant
from wafa.web.api.fields import Body, Code, Id, fault
from wafa.web.api.problems import ProblemError
from wafa.wording.normalise import ascii_digits


class MemberRef(Body):
    """One way to name a member: the till uses what it has at hand."""

    id: Id | None = Field(None, description="Wafa's own id.")
    external_id: Code | None = Field(None, description="The member's number in your system, as it was enrolled.")
    phone: str | None = Field(None, max_length=40, description="As people write it, in any digits.")
    email: str | None = Field(None, max_length=254)
    card: Code | None = Field(None, description="The number on the card.")
    qr: str | None = Field(None, min_length=1, max_length=100, description="The token that the member's phone shows.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len([value for value in dict(self).values() if value is not None]) != 1:
            raise fault("one_way_only")
        return self

    def name(self, merchant: Merchant, path: str = "member") -> MemberName:
        """As it is looked up; raises ProblemError where it is no telephone number."""
        ((kind, value),) = [(kind, value) for kind, value in dict(self).items() if value is not None]
        if kind == "phone":
            return MemberName(kind, e164(value, merchant.time_zone, f"{path}.phone"))
        return MemberName(kind, str(value))


def e164(written: str, time_zone: str, path: str) -> str:
    """A telephone number as it is kept: +966501234567. One without a country code is of the merchant's country."""
    try:
        number = phonenumbers.parse(ascii_digits(written), _country(time_zone) or None)
    except phonenumbers.NumberParseException:
        raise not_a_phone(path) from None
    if not phonenumbers.is_possible_number(number):
        raise not_a_phone(path)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def not_a_phone(path: str) -> ProblemError:
    """The refusal of what is no telephone number."""
    return ProblemError(422, "body_not_valid", errors=[one_fault(path, "not_a_phone")])


def one_fault(path: str, code: str) -> dict[str, str]:
    """A fault of one field, with its sentence."""
    from wafa.wording.api import fault as sentence

    return {"path": path, "code": code, "detail": sentence(code, {})}


@cache
def _country(time_zone: str) -> str:
    return str(get_global("zone_territories").get(time_zone, ""))
