"""What is answered about members."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class Consent(BaseModel):
    """Whether the member agreed to be reached by a channel, and since when."""

    given: bool
    at: datetime


class Member(BaseModel):
    """A member. `merged_into` is there where the one asked for was merged: then all the rest is told of that one."""

    id: UUID
    merged_into: UUID | None
    external_id: str
    status: Literal["active", "blocked", "closed"]
    name: str
    phone: str | None
    email: str | None
    language: Literal["en", "ar", "fa"] | None
    born_on: date | None
    birth_calendar: Literal["gregorian", "jalali", "hijri"]
    tags: list[str]
    consents: dict[str, Consent]
    referrer: UUID | None
    cards: list[str]
    has_qr: bool
    has_pin: bool
    enrolled_at: datetime


class Members(BaseModel):
    """Those whom a name fits: several where they share a phone, none where nobody has it."""

    members: list[Member]


class QrToken(BaseModel):
    """What the member's phone shows from now on: told once, and not again under the same key."""

    member: UUID
    token: str | None = None
