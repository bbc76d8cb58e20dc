"""The kinds of fields that bodies are made of: read strictly, and cleaned where people write one thing in many ways."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from wafa.core.decide.shape import LARGEST_MILLI
from wafa.core.decide.texts import DESCRIPTION_LONGEST, NAME_LONGEST, PERIOD_LONGEST
from wafa.core.values.money import LARGEST_MINOR, LARGEST_POINTS
from wafa.wording.normalise import ascii_digits, clean_reference

NAME_OF_PERSON_LONGEST = 120


class Body(BaseModel):
    """What is sent: a field that is not known is refused, and no number is guessed from a text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def fault(code: str, **detail: Any) -> PydanticCustomError:
    """What is wrong with a field: the code has its sentences in wording/api.py."""
    return PydanticCustomError(code, "{code}", {"code": code, **detail})


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_QUANTITY = re.compile(r"\d{1,15}(\.\d{1,3})?")


def _instant(value: object) -> datetime:
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper())
        except (ValueError, OverflowError):
            pass
    raise fault("not_an_instant")


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise fault("not_a_day")


def _id(value: object) -> UUID:
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise fault("not_an_id")


def _quantity(value: object) -> int:
    """Thousandths: 6 is 6000, "0.25" is 250."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_MILLI // 1000:
        return value * 1000
    if isinstance(value, str):
        written = ascii_digits(value).replace("٫", ".")
        if _QUANTITY.fullmatch(written):
            try:
                milli = int(Decimal(written) * 1000)
            except InvalidOperation:
                raise fault("not_a_quantity") from None
            if milli <= LARGEST_MILLI:
                return milli
    raise fault("not_a_quantity")


def _cleaned(value: object) -> object:
    """A code or number as the tables hold it; half a character is none."""
    if isinstance(value, str):
        _whole(value)
        return clean_reference(value)
    return value


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise fault("not_an_email") from None
    return value


def _pin(value: object) -> str:
    if isinstance(value, str) and re.fullmatch("[0-9]{4,12}", digits := ascii_digits(value)):
        return digits
    raise fault("not_a_pin")


def _one_line(value: str) -> str:
    return " ".join(_whole(value).split())


def _whole(value: str) -> str:
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise fault("text_not_usable")
    return value


Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[UUID, BeforeValidator(_id), WithJsonSchema({"type": "string", "format": "uuid"})]
QuantityMilli = Annotated[
    int,
    BeforeValidator(_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": LARGEST_MILLI // 1000},
                {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"},
            ]
        }
    ),
]
Code = Annotated[str, BeforeValidator(_cleaned), Field(min_length=1, max_length=NAME_LONGEST)]
MaybeCode = Annotated[str, BeforeValidator(_cleaned), Field(max_length=NAME_LONGEST)]
ShortCode = Annotated[str, BeforeValidator(_cleaned), Field(max_length=PERIOD_LONGEST)]
Currency = Annotated[str, BeforeValidator(_cleaned), Field(pattern="^[A-Z]{3}$")]
Description = Annotated[str, AfterValidator(_whole), Field(max_length=DESCRIPTION_LONGEST)]
Name = Annotated[str, AfterValidator(_one_line), Field(max_length=NAME_OF_PERSON_LONGEST)]
Email = Annotated[str, AfterValidator(_whole), AfterValidator(_email), Field(max_length=254)]
Pin = Annotated[str, BeforeValidator(_pin), Field(min_length=4, max_length=12)]
Minor = Annotated[int, Field(ge=0, le=LARGEST_MINOR)]
PaidMinor = Annotated[int, Field(ge=-LARGEST_MINOR, le=LARGEST_MINOR)]
Points = Annotated[int, Field(ge=1, le=LARGEST_POINTS)]
Change = Annotated[int, Field(ge=-LARGEST_POINTS, le=LARGEST_POINTS)]
